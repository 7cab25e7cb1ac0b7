"""Windows: the words of a release about time, read as calendar days under a named policy."""

from timeline.intake.windows.policy import Policy, policy
from timeline.intake.windows.read import Told, read_phrase, read_windows, told_in
from timeline.intake.windows.reading import Reading

__all__ = ["Policy", "Reading", "Told", "policy", "read_phrase", "read_windows", "told_in"]
