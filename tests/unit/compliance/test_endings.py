"""Every rule can end in what it says that it ends in, and in nothing else."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from projections.compliance import versions
from tests.unit.compliance.drafts import rows
from tests.unit.compliance.holding import record, store
from tests.unit.compliance.test_recorded_rules import CASES as RECORDED
from tests.unit.compliance.test_text_rules import CASES as READ
from tests.unit.compliance.test_text_rules import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = [rule for known in versions().values() for rule in known]


@cache
def _reached() -> dict[tuple[str, int], set[str]]:
    """Return how each version ended in all the cases there are."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in _rows():
        if not row["why"].startswith("not in force"):
            found[row["rule"], row["version"]].add(row["result"])
    return found


def _rows() -> Iterator[dict[str, Any]]:
    for rule, _, items, _, asked in RECORDED:
        yield from (
            store().findings(record(*items), rules=(rule,), **{"as_of": "2011-06-01"} | asked).items
        )
    for rule, _, text, items, _ in READ:
        yield from rows(rule, text, *items)
    for rule, text, items, how in ENDINGS:
        yield from rows(rule, text, *items, **how)
    for rule in {name for name, *_ in READ}:
        yield from store().findings(record(), rules=(rule,), as_of="2011-06-01").items


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}/{rule.version}")
def test_a_rule_ends_in_all_it_says_and_in_nothing_else(rule: Any) -> None:
    assert _reached()[rule.id, rule.version] == rule.ends
