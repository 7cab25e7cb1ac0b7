"""Live, rebuilt and re-imported stores answer the same, and as the independent checker does."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import Timeline
from tests.acceptance.answers_compared import expected, told
from tests.acceptance.bundle_checker import check
from tests.property.bundles import asked_days, bundles
from timeline.bundle import bundle_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTIONS = ("programs", "documents", "events", "expectations", "adjudications", "corrections")
BOUNDED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def _store(template: Path) -> Iterator[Timeline]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "timeline.db"
        shutil.copyfile(template, copy)
        with Timeline(f"sqlite:///{copy}") as timeline:
            yield timeline


def _pieces(bundle: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The bundle as far as it goes after each of its items."""
    grown = {k: v for k, v in bundle.items() if k not in SECTIONS}
    for section in SECTIONS:
        for number in range(len(bundle[section])):
            grown = grown | {section: bundle[section][: number + 1]}
            yield grown


@BOUNDED
@given(bundle=bundles(), as_of=asked_days, known_at=asked_days, data=st.data())
def test_a_store_answers_as_the_checker(
    sqlite_template: Path, bundle: dict[str, Any], as_of: Any, known_at: Any, data: st.DataObject
) -> None:
    with _store(sqlite_template) as timeline:
        head = timeline.import_bundle(bundle_of(bundle)).position
        as_at = data.draw(st.integers(1, head))
        answer = timeline.milestones(
            "acme", as_of=as_of, known_at=known_at, as_at=f"position:{as_at}"
        )
        checked = check(bundle, as_of=as_of, known_at=known_at, as_at=as_at)
        assert told(answer.items) == expected(checked, bundle)


@BOUNDED
@given(bundle=bundles(), as_of=asked_days, known_at=asked_days)
def test_pieces_rebuild_and_reimport_change_nothing(
    sqlite_template: Path, bundle: dict[str, Any], as_of: Any, known_at: Any
) -> None:
    with _store(sqlite_template) as whole, _store(sqlite_template) as pieces:
        whole.import_bundle(bundle_of(bundle))
        for piece in _pieces(bundle):
            pieces.import_bundle(bundle_of(piece))
        assert pieces.rebuild().differences == ()
        assert not whole.import_bundle(bundle_of(bundle)).added
        for question in ("milestones", "statements", "programs", "facts"):
            asked = {"as_of": as_of, "known_at": known_at}
            first = getattr(whole, question)("acme", **asked).items
            assert first == getattr(pieces, question)("acme", **asked).items


def test_the_random_bundles_are_worth_asking() -> None:
    """Small random numbers make empty bundles, about which everything agrees."""
    seen: Counter[str] = Counter()

    @settings(max_examples=800, derandomize=True, database=None)
    @given(bundle=bundles(), as_of=asked_days, known_at=asked_days)
    def count(bundle: dict[str, Any], as_of: Any, known_at: Any) -> None:
        told = check(bundle, as_of=as_of, known_at=known_at).statements.values()
        seen.update({"asked": 1, "several statements": len(told) > 1})
        seen.update(answer.verdict for answer in told)

    count()
    assert seen["several statements"] > seen["asked"] // 4
    assert len(seen) >= 2 + 10  # at least ten of the eleven verdicts
