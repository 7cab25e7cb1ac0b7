"""Windows: the words of a release about time, read as calendar days under a named policy."""

from timeline.intake.windows.reading import Reading

__all__ = ["Reading"]
