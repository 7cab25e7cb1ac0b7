"""A form as a browser sends it: its fields, and the one file that may be among them."""

from __future__ import annotations

from collections.abc import AsyncGenerator  # noqa: TC003  # read at run time
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import Request  # noqa: TC002  # read at run time
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from api.routes.recording import media_type, sent_within
from api.routes.sent_documents import DOCUMENT_MAX
from timeline.errors import BadInput

_FORM = "multipart/form-data"
_FIELDS = 40
_TOO_LARGE = f"what was sent is over {DOCUMENT_MAX} bytes; `timeline check` reads more"


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody filled in, by the names of the fields; `file` is empty where none is."""

    fields: dict[str, str] = field(default_factory=dict)
    file: bytes = b""
    file_name: str = ""

    def __getitem__(self, name: str) -> str:
        """Return a field, without blanks around it; "" where it was left empty."""
        return self.fields.get(name, "").strip()

    @property
    def text(self) -> str:
        """The text that was pasted, its lines ended as everywhere but in forms."""
        return self.fields.get("text", "").replace("\r\n", "\n")


async def sent_form(request: Request) -> Form:
    """Read a form of the pages; raises BadInput, or 413 or 415 for what is none of them."""
    if media_type(request) != _FORM:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {_FORM}")
    body = await sent_within(request, DOCUMENT_MAX, _TOO_LARGE)
    parser = MultiPartParser(
        request.headers,
        _once(body),
        max_files=1,
        max_fields=_FIELDS,
        max_part_size=DOCUMENT_MAX,
    )
    parser.spool_max_size = DOCUMENT_MAX  # in memory: nothing of a draft goes to a disk
    try:
        told = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise BadInput("is no form that a page of ours sends", place="body") from error
    return await _form(told)


async def _form(told: FormData) -> Form:
    fields = {name: value for name, value in told.items() if isinstance(value, str)}
    if any("\0" in value for value in fields.values()):
        raise BadInput("holds a NUL character; leave it out", place="form")
    files = [value for value in told.values() if isinstance(value, UploadFile)]
    content = [(await one.read(), one.filename or "") for one in files]
    await told.close()
    return Form(fields, *(content[0] if content else ()))


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
