"""The verbs that run until they are told to end: serve, follow, and the demo."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from api.cli.options import example
from api.settings import Settings

_SAMPLE = Path(__file__).parents[2] / "samples" / "migenix" / "bundle.json"


@click.command(
    "serve",
    short_help="Answer over HTTP, on loopback.",
    epilog=example("timeline serve --port 8000"),
)
@click.option("--host", help="The loopback address to listen on. [default: TIMELINE_HOST]")
@click.option(
    "--port", type=click.IntRange(0, 65_535), help="0 takes a free one. [default: TIMELINE_PORT]"
)
@click.option("--access-log", is_flag=True, help="Tell every request on stderr.")
def serve(*, host: str | None, port: int | None, access_log: bool) -> None:
    """Answer over HTTP until interrupted; the interface is described at /openapi.json.

    Every question takes the three clocks as_of (valid time), known_at (publication time) and as_at
    (transaction time). While there are no keys, only a loopback address is served.
    """
    settings = Settings.from_environment(os.environ)
    wanted = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    _serve(wanted, access_log=access_log)


@click.command(
    "demo",
    short_help="See the sample's story, on a store of its own.",
    epilog=example("timeline demo --no-serve"),
)
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Where the store goes.")
@click.option("--sample", type=click.Path(path_type=Path), default=_SAMPLE, help="Another bundle.")
@click.option("--no-serve", is_flag=True, help="Tell the story and end (as DEMO_SERVE=0 does).")
def demo(*, folder: Path | None, sample: Path, no_serve: bool) -> None:
    """Make a store of its own, import the sample, tell the Omigard read-out, and serve.

    The story is told at four dates, each time as the public knew it then: --as-of is valid time,
    --known-at (publication time) follows it, and --as-at (transaction time) is now.
    """
    from api.cli.demo import fresh_store, tell  # noqa: PLC0415

    settings = Settings.from_environment(os.environ)
    with fresh_store(folder) as url:
        mine = replace(settings, database_url=url, host="127.0.0.1", read_models=None)
        tell(mine, sample)
        if not no_serve and os.environ.get("DEMO_SERVE") != "0":
            _serve(mine, access_log=False)


@click.command(
    "follow",
    short_help="Keep the read models, where they are followed.",
    epilog=example("TIMELINE_READ_MODELS=followed timeline init", "timeline follow"),
)
@click.option("--once", is_flag=True, help="End when the head of the log is reached.")
def follow(*, once: bool) -> None:
    """Apply the log to the read models, and whatever is appended, until interrupted.

    For a store whose read models are followed; otherwise every write does it by itself. Any number
    of these may run at once, and be killed at any moment: each event is applied exactly once.
    """
    from api.cli.ending import ended_by_signals  # noqa: PLC0415
    from api.cli.opening import opened  # noqa: PLC0415
    from api.cli.progress import counted  # noqa: PLC0415

    def idle() -> None:
        if once:
            raise KeyboardInterrupt

    def step(reached: int, head: int) -> None:
        ending.heed()
        progress(reached, head)

    with ended_by_signals() as ending, opened() as timeline, counted("events") as progress:
        timeline.keep_up(idle=idle, progress=step)


def _serve(settings: Settings, *, access_log: bool) -> None:
    from api.serve import require_loopback  # noqa: PLC0415
    from api.serve import serve as serve_http  # noqa: PLC0415
    from api.timeline import Timeline  # noqa: PLC0415

    require_loopback(settings.host)
    Timeline(
        settings.database_url, packs=settings.packs, read_models=settings.read_models
    ).close()  # where there is no store, say so now
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that a demo's folder goes away
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a server is meant to end
        serve_http(settings, announce=_announce, access_log=access_log)


def _announce(url: str) -> None:
    click.echo(f"warning: there are no keys; whoever can reach {url} can ask and record", err=True)
    click.echo(f"serving on {url}, described at {url}/openapi.json; Ctrl-C ends")


VERBS = (serve, follow, demo)
