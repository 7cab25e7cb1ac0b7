#!/usr/bin/env python3
"""Write docs/compliance.md from the rules, and from how they end on the release of 8 July 2008.

    python scripts/make_compliance_page.py

A test compares the page with what this makes of the rules.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from projections.compliance import rules, versions
from projections.compliance.desk import desk_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from projections.compliance import Rule

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "compliance.md"
RELEASE = ROOT / "samples" / "desk" / "release-2008-07-08.json"

_HEAD = """\
# Rules

Made by `scripts/make_compliance_page.py` from `projections/compliance/rules.json`; change that.
What a rule comes to is a [finding](GLOSSARY.md): pass, fail, needs_review or not_applicable, with
the items that decided, where it stands and one line why. `timeline findings` asks them of what is
on record at any clocks, `timeline check` of a draft ([release-desk.md](release-desk.md)).

**What this tool does not decide.** It gives no legal advice and calls nothing a violation. `fail`
is kept for what a machine can prove: dates, missing documents, hashes that differ, a thing that
is missing with every word of it. What rests on a reading of words is never more than
needs_review. Whether something is material, whether a basis was reasonable, whether a caution is
meaningful in the eyes of a court, whether somebody knew, and what the law makes of any of it is
for people; a missed window is late, never unlawful. The rules are told in our own words and were
not reviewed by counsel. In `checked` stands how each source was looked at: "text seen" means that
its text, or a summary by a regulator or a law firm, was read; "from knowledge" that it was not.

- A rule on a document, or on its statements, is held against the day that came out, one on events
  against the day of each, any other one against the asked day: what it asks for is done later than
  what was said. Of several versions the one in force then decides. Outside of its time in force a
  rule is not_applicable, with the time in `why`. A guidance that came later is told, not applied.
- A text that says nothing of the future, in its body or in a list, is held against no rule on
  statements: they are not_applicable.
- A rule reads nothing that was not public at `known_at` and `as_of`, nor recorded at `as_at`:
  tests add later facts and hold that no finding moves. Internal events are read where a rule asks
  for them, and make no finding public.
- Findings look back 366 days: what is over longer is told while it still stands.
- Numbers that no rule fixes are ours, to be set with counsel
  (`projections/compliance/policy.py`): 30 days for an update, 10 for a correction, 90 of grace
  after a window, 10 for a Form 6-K, 31 by which one window may be narrower.
- A person waives or confirms a finding by `timeline review`, with a reason: an event, with who
  and when. A finding of a rule that asks for a second person counts as waived once two have
  waived it. The result itself never changes.
- *At the desk* says whether `timeline check` asks it of a draft.
"""

_RELEASE = """\
## On the release of 8 July 2008

How every rule was expected to end on the release that the sample is built around, when the rules
were drawn up, and how it ends: of many findings the hardest. It is read as a draft on its eve; what
is not asked of a draft is asked of the record as of its day. Its facts are in
[`samples/desk/`](../samples/desk/release-2008-07-08.json), and tests hold the whole table. No rule
fails on it.
"""

_DEFECTS = """\
The release has six defects of its own. Two are told: a pointer to a heading that has another name
(PC-07), and a program that the section about the company leaves out (PC-04). Four are out of
reach, for no rule asks for them:

- the issuer's name in two spellings: both are read as one name;
- one word in two spellings: both are read as one word;
- a backslash before a dollar sign, left from another format: the amounts are read all the same;
- a verb that does not agree with its subject: grammar is for an editor.
"""


def page() -> str:
    """Return the page as the rules are now."""
    asked = desk_rules()
    parts = [_HEAD, *_contents(), ""]
    for rule in rules().values():
        parts += [f"## {rule.id}\n"]
        for version in versions()[rule.id]:
            parts += [*_section(version, at_the_desk=rule.id in asked), ""]
    return "\n".join([*parts, *_on_the_release()])


def _on_the_release() -> Iterator[str]:
    yield _RELEASE
    yield "| rule | was expected to end in | ends in | where it differs |"
    yield "|---|---|---|---|"
    told: list[dict[str, Any]] = json.loads(RELEASE.read_text("utf-8"))["rules"]
    for one in told:
        link = f"[{one['rule']}](#{one['rule'].lower()})"
        expected = ": ".join(part for part in (one["expected"], one["told"]) if part)
        yield f"| {link} | {expected} | {one['ends']} | {one['differs'] or ''} |"
    yield ""
    yield _DEFECTS


def _contents() -> Iterator[str]:
    yield "| rule | what it asks | about | in force |"
    yield "|---|---|---|---|"
    for rule in rules().values():
        yield f"| [{rule.id}](#{rule.id.lower()}) | {rule.title} | {rule.about} | {_time(rule)} |"


def _section(rule: Rule, *, at_the_desk: bool) -> Iterator[str]:
    yield f"**{rule.title}.** {rule.requirement}\n"
    yield f"- source: {rule.source} ({rule.jurisdiction}; checked: {rule.checked})"
    yield f"- version {rule.version}, in force {_time(rule)}, severity {rule.severity}"
    desk = "yes" if at_the_desk else "no"
    yield f"- about: {rule.about}; at the desk: {desk}{_second(rule)}"
    yield f"- needs: {'; '.join(rule.needs)}"
    for result, when in rule.decides.items():
        yield f"- {result}: {when}"


def _second(rule: Rule) -> str:
    return "; a waiver asks for a second person" if rule.second_person else ""


def _time(rule: Rule) -> str:
    if rule.in_force_from is None:
        return "always"
    until = f" to {rule.in_force_to}" if rule.in_force_to else ""
    return f"from {rule.in_force_from}{until}"


if __name__ == "__main__":
    PAGE.write_text(page())
