"""The glossary has every public word, one line each, and no word that nobody uses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tests.architecture.sources import PACKAGES
from tests.docs.pages import ROOT, page, pages
from timeline.bitemporal import OpenEnd
from timeline.expectations import Relation, Verdict

if TYPE_CHECKING:
    from pathlib import Path

# The words the design is written in.
PUBLIC = (
    *("issuer", "program", "document", "event", "milestone", "qualifier", "expectation"),
    *("outcome", "result", "verdict", "slip", "caution", "finding", "chain", "standing", "pack"),
    *("window", "condition", "relation", "adjudication", "correction", "retraction"),
    *("restatement", "withdrawal", "as_of", "known_at", "as_at", "position", "recorded_at"),
    *("occurred", "disclosed", "stretch", "log"),
)
_TERM = re.compile(r"^- \*\*(.+?)\*\*: (.+)$", re.MULTILINE)


def _parts() -> tuple[dict[str, str], dict[str, str]]:
    """Return the words in use, and those kept free."""
    used, kept = page("docs/GLOSSARY.md").text.split("## Kept free")
    return dict(_TERM.findall(used)), dict(_TERM.findall(kept))


def _code() -> str:
    files = (f for p in PACKAGES for s in ("*.py", "*.json") for f in (ROOT / p).rglob(s))
    return "\n".join(_names_in(file) for file in files)


def _names_in(file: Path) -> str:
    """Read a file; of a pack leave out the words looked for in texts: they name nothing of ours."""
    told = file.read_text()
    if file.suffix != ".json" or '"cues"' not in told:
        return told
    return json.dumps({key: value for key, value in json.loads(told).items() if key != "cues"})


def _speaks_of(text: str, term: str) -> bool:
    stem = re.escape(term.lower()).replace(r"\ ", r"[ _-]")
    return re.search(rf"(?<![a-z]){stem}", text.lower()) is not None


def test_every_public_word_is_there() -> None:
    used, kept = _parts()
    terms = used | kept
    wanted = {*PUBLIC, *Verdict, *Relation, *OpenEnd}
    assert sorted(str(word) for word in wanted if word not in terms) == []


def test_one_line_a_word_and_no_word_twice() -> None:
    lines = [line for line in page("docs/GLOSSARY.md").text.splitlines() if line.startswith("- ")]
    terms = [match[1] for line in lines if (match := _TERM.fullmatch(line))]
    assert len(terms) == len(lines)
    assert len(terms) == len(set(terms))
    assert not [line for line in page("docs/GLOSSARY.md").text.splitlines() if line[:1] == " "]


def test_every_word_is_used_in_code_or_on_another_page() -> None:
    told = _code() + "".join(p.text for p in pages() if p.path.name != "GLOSSARY.md")
    assert [term for term in _parts()[0] if not _speaks_of(told, term)] == []


def test_words_kept_free_are_not_used() -> None:
    _, kept = _parts()
    assert kept
    assert [term for term in kept if re.search(rf"\b{term}s?\b", _code())] == []
