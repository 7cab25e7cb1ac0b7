"""Limits: how much of a document is read, far above what an annual report needs."""

from __future__ import annotations

# The largest filings with pictures in them are smaller.
MOST_BYTES = 20_000_000
# Code points of text: an annual report has about a million.
MOST_TEXT = 5_000_000
# What one compressed stream of a PDF may grow to; a page of text takes some 10,000 bytes.
MOST_INFLATED = 50_000_000
MOST_PAGES = 1_000
# The process that reads a PDF may take this many seconds and bytes of memory.
PDF_SECONDS = 30
PDF_MEMORY = 1_000_000_000
# Tags times the depth they stand at: what a parser of HTML does at worst. 20,000 elements in one
# another take half a second, 100,000 a quarter of a minute.
MOST_NESTING = 300_000_000
