"""Names: which program, partner or issuer a text speaks of, and names made unreadable."""

from timeline.intake.names.guessing import guessed, names_completed, names_guessed
from timeline.intake.names.masking import masked
from timeline.intake.names.mention import Mention, Named, NameKind
from timeline.intake.names.names import Names
from timeline.intake.names.subjects import Subjects

__all__ = [
    "Mention",
    "NameKind",
    "Named",
    "Names",
    "Subjects",
    "guessed",
    "masked",
    "names_completed",
    "names_guessed",
]
