"""Bundles: how whole histories come in, and the items they are made of."""

from timeline.bundle.importer import Imported, import_bundle
from timeline.bundle.reader import Bundle, bundle_of, parse_bundle, read_bundle
from timeline.bundle.strict_json import read_json
from timeline.items import schema

__all__ = [
    "Bundle",
    "Imported",
    "bundle_of",
    "import_bundle",
    "parse_bundle",
    "read_bundle",
    "read_json",
    "schema",
]
