"""Logging questions: every public question of `Timeline` passes here, whoever asks it.

With the log off, a question costs one look at a flag. With it on, the question, its clocks and the
digest of its answer are written before the answer is given; if they cannot be, it is not given.
"""

from __future__ import annotations

import hashlib
import inspect
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, wraps
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from api.questions import question_of
from timeline.bitemporal import format_instant
from timeline.canonical import canonical_json
from timeline.recorder import AskedQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.answers import Answer
    from timeline.packs import Vocabulary
    from timeline.recorder import QuestionLog

P = ParamSpec("P")
DISTRIBUTION = "corporate-timeline"
_PINNED = ("as_of", "known_at", "as_at")
_BY_NAME = "ask"
_OF_CURSORS = "question"
_SIDES = ("from", "to")
# Set while one question is answered by asking others, and while one is asked again.
_quiet: ContextVar[bool] = ContextVar("_quiet", default=False)


class Logging(Protocol):
    """What a question needs of the store it is asked of."""

    recorded_by: str
    vocabulary: Vocabulary
    _questions: QuestionLog
    _logs_questions: bool


Self = TypeVar("Self")


def logged(
    question: Callable[Concatenate[Self, P], Answer],
) -> Callable[Concatenate[Self, P], Answer]:
    """Make `question`, a method of `Timeline`, one that is logged where the log is on.

    The entry has the method's name, or of `ask` the name of what is asked. A question that is
    refused has no answer and is not logged.
    """
    signature = inspect.signature(question)

    @wraps(question)
    def ask(self: Self, *args: P.args, **kwargs: P.kwargs) -> Answer:
        store = cast("Logging", self)
        if not store._logs_questions or _quiet.get():  # noqa: SLF001  # a method of it, wrapped
            return question(self, *args, **kwargs)
        with quietly():
            answer = question(self, *args, **kwargs)
        bound = signature.bind(self, *args, **kwargs)
        bound.apply_defaults()
        store._questions.keep(  # noqa: SLF001
            _asked(store, question.__name__, dict(bound.arguments), answer)
        )
        return answer

    return cast("Callable[Concatenate[Self, P], Answer]", ask)


@contextmanager
def quietly() -> Iterator[None]:
    """Ask within without logging."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def pins_of(answer: Answer) -> dict[str, Any]:
    """Return the clocks to ask at for this answer again, on whatever day; `as_at` is a position.

    Clocks that the question sets itself, or that do not matter to it, are left out; dates it goes
    from and to on the clock of the system are positions, too.
    """
    asked = answer.asked
    told = {"as_of": asked.as_of, "known_at": asked.known_at, "as_at": _at(asked.position)}
    pins = {name: told[name] for name in _PINNED if name not in answer.moving}
    if answer.more.get("clock") == "as_at":
        since, to = (answer.more[side]["position"] for side in _SIDES)
        pins |= {"since": _at(since), "to": _at(to)}
    return pins


def digest_of(answer: Answer) -> str:
    """Return the SHA-256 of the whole answer's canonical JSON, at the clocks it is pinned to.

    All of it counts, whichever page was told; how `as_at` was stated does not. What is sealed
    counts as it is stored: so an erasure changes no digest, and none can confirm a guess.
    """
    items, sealed = answer.sealed or (answer.items, {})
    more = {name: _pinned_side(name, told) for name, told in (answer.more | sealed).items()}
    told = {"clocks": pins_of(answer), "items": items, "more": more}
    return hashlib.sha256(canonical_json(told)).hexdigest()


def _pinned_side(name: str, told: Any) -> Any:
    return told | {"as_at": _at(told["position"])} if name in _SIDES else told


def _at(position: int) -> str:
    return f"position:{position}"


def _asked(store: Logging, name: str, given: dict[str, Any], answer: Answer) -> AskedQuestion:
    given.pop("self")
    stated = {clock: _plain(at) for clock, at in given.pop("clocks", {}).items() if at is not None}
    asked_for = given.pop(_OF_CURSORS, "")
    return AskedQuestion(
        asked_by=store.recorded_by,
        question=question_of(asked_for).name if name == _BY_NAME else name,
        arguments={key: _plain(value) for key, value in given.items()},
        stated=stated,
        pinned=pins_of(answer),
        position=answer.asked.position,
        digest=digest_of(answer),
        release={"version": _version(), "packs": dict(store.vocabulary.packs)},
    )


def _plain(value: Any) -> Any:
    """Return `value` as JSON says it: dates as texts."""
    if isinstance(value, datetime):
        return format_instant(value)
    return value.isoformat() if isinstance(value, date) else value


@cache
def _version() -> str:
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # run from a tree that nobody installed
        return "unknown"
