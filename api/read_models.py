"""Keeping the read models, as a Python library: rebuild them, follow the log, switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.followed import follow, keep_as, require_kept_as
from projections.rebuild import Rebuilt, rebuild
from projections.runner import Runner
from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.packs import Vocabulary
    from timeline.recorder import SqlRecorder

    Progress = Callable[[int, int], None]


class ReadModels:
    """The read models of an open store: how they are kept, and whether they are right."""

    if TYPE_CHECKING:  # what `Timeline` has
        recorder: SqlRecorder
        vocabulary: Vocabulary

        def close(self) -> None: ...

    def rebuild(self, progress: Progress = lambda _done, _of: None) -> Rebuilt:
        """Rebuild every read model from the log and put right what differs from the live one."""
        return rebuild(self.recorder, progress=progress, packs=self.vocabulary)

    def keep_up(
        self,
        *,
        idle: Callable[[], None] = lambda: None,
        progress: Progress = lambda _done, _of: None,
    ) -> None:
        """Apply the log to followed read models, and whatever is appended, until `idle` raises.

        Any number of processes may do so at once: each event is applied exactly once. Raises
        ReadModelsOtherwise where the read models are written inline.
        """
        follow(self.recorder, self._later, idle=idle, progress=progress)

    @property
    def _later(self) -> Runner:
        """What applies events that are in the log already."""
        return Runner(vocabulary=self.vocabulary, refuses=False)

    def _keep_as(self, read_models: str, *, create: bool) -> None:
        try:
            if create:
                keep_as(self.recorder, self._later, read_models)
            else:
                require_kept_as(self.recorder, read_models)
        except TimelineError:
            self.close()
            raise
