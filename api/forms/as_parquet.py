"""Parquet of any list: days as dates, instants as time stamps, structures as JSON text."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import orjson

from api.forms.column_types import DAY, FLAG, INSTANT, INTEGER, JSON, NUMBER, TEXT, kinds_of
from api.questions import loaded
from api.tables import value_at
from timeline.errors import ExtraMissing

if TYPE_CHECKING:
    from api.answers import Answer
    from api.forms.column_types import Kind
    from api.tables import Layout, Row


def parquet_of(answer: Answer, layout: Layout, *, explain: bool = False) -> bytes:
    """Return the rows of `answer` as a Parquet file.

    Its columns are the dotted paths of the CSV, typed as the shape of a row declares them: the same
    for no rows as for many. The clocks and the position it holds for are in its metadata.
    Raises ExtraMissing where pyarrow is not installed.
    """
    pa, pq = _library()
    paths = layout.paths(explain=explain)
    columns = dict(zip(paths, kinds_of(loaded(layout.shape), paths), strict=True))
    clocks = {name: str(value) for name, value in answer.asked.texts().items()}
    table = pa.table(
        [_array(pa, answer.items, path, kind) for path, kind in columns.items()],
        names=list(columns),
        metadata=clocks,
    )
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  # optional
        from pyarrow import parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing(
            "Parquet needs a package that is not installed; "
            "`pip install corporate-timeline[parquet]`, or ask for CSV"
        ) from error
    return pa, pq


def _array(pa: Any, rows: list[Row], path: str, kind: Kind) -> Any:
    return pa.array((_value(value_at(row, path), kind) for row in rows), _type(pa, kind))


def _type(pa: Any, kind: Kind) -> Any:
    name, many = kind
    one = {
        DAY: pa.date32(),
        INSTANT: pa.timestamp("us", "UTC"),
        INTEGER: pa.int64(),
        NUMBER: pa.float64(),
        FLAG: pa.bool_(),
    }.get(name, pa.string())
    return pa.list_(one) if many and name != JSON else one


def _value(value: Any, kind: Kind) -> Any:
    name, many = kind
    if value is None:
        return None
    return [_one(each, name) for each in value] if many and name != JSON else _one(value, name)


def _one(value: Any, name: str) -> Any:
    if name == DAY:
        return date.fromisoformat(value)
    if name == INSTANT:
        return datetime.fromisoformat(value)
    structure = name in {TEXT, JSON} and not isinstance(value, str)
    return orjson.dumps(value).decode() if structure else value
