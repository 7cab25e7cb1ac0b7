"""An answer of the library, printed in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.cli.opening import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.answers import Answer
    from api.tables import Layout
    from api.timeline import Timeline

    Ask = Callable[[Timeline, Any], Answer]


def tell(
    layout: str | Layout,
    ask: Ask,
    options: dict[str, Any],
    *,
    one: bool = False,
    below: tuple[tuple[str, Layout], ...] = (),
) -> None:
    """Ask, and print the answer in the form `options` want; `one` thing is no list in JSON."""
    from api import tables  # noqa: PLC0415
    from api.cli.printing import Form, print_json  # noqa: PLC0415

    of: Layout = getattr(tables, layout) if isinstance(layout, str) else layout

    form = Form(options["as_json"], options["as_csv"], options["parquet"])
    with opened() as timeline:
        answer = ask(timeline, stated(options))
    if one and form.as_json:
        print_json(answer.only())
    else:
        form.show(answer, of, explain=options["explain"], below=below)


def stated(options: dict[str, Any]) -> dict[str, str]:
    """Keep the clocks that were stated; an empty text is stated too, and refused later."""
    named = {name: options[name] for name in ("as_of", "known_at", "as_at")}
    return {name: value for name, value in named.items() if value is not None}
