"""Drafts kept: stored when a person says so, and decided on one by one.

`timeline.intake.drafts.proposing` reads them; it loads all that reading needs.
"""

from timeline.intake.drafts.deciding import Decided, decide_on
from timeline.intake.drafts.drafted import drafted, told
from timeline.intake.drafts.saving import Reading, Saved, save
from timeline.intake.drafts.steps import EDITABLE, Step

__all__ = [
    "EDITABLE",
    "Decided",
    "Reading",
    "Saved",
    "Step",
    "decide_on",
    "drafted",
    "save",
    "told",
]
