"""Windows: the words of a release about time, read as calendar days under a named policy."""

from timeline.intake.windows.policy import Policy, policy
from timeline.intake.windows.read import read_phrase, read_windows
from timeline.intake.windows.reading import Reading

__all__ = ["Policy", "Reading", "policy", "read_phrase", "read_windows"]
