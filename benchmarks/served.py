"""One server on one core: a store, or a route that does nothing. Run by the HTTP benchmark."""

from __future__ import annotations

import os
import sys

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.serve import bound
from api.settings import Settings


def bare() -> FastAPI:
    """Return an application with one route of the same shape, which answers from nothing."""
    app = FastAPI()

    def program(issuer: str, program: str, as_of: str, known_at: str, as_at: str) -> dict[str, str]:
        return {"issuer": issuer, "program": program, "as_of": as_of, "known_at": known_at,
                "as_at": as_at}  # fmt: skip

    app.get("/v1/issuers/{issuer}/programs/{program}")(program)
    return app


def main(what: str) -> None:
    """Serve on any free port, and print which."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    app = bare() if what == "bare" else create_app(Settings(database_url=what))
    with bound("127.0.0.1", 0) as listening:
        print(listening.getsockname()[1], flush=True)  # noqa: T201
        config = uvicorn.Config(
            app, loop="uvloop", http="httptools", access_log=False, log_level="warning"
        )
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
