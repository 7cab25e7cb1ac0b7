"""Questions compiled once for each database and asked through the driver.

Building, hashing and binding a statement costs SQLAlchemy several times what SQLite needs to answer
it. What is asked all the time is compiled the first time, and from then on handed to the driver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import Select
    from sqlalchemy.engine import Connection, Dialect

    Convert = Callable[[Any], Any]
    Row = tuple[Any, ...]

__all__ = ["Prepared"]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One statement as a driver takes it, and what is done to values on the way in and out."""

    sql: str
    names: tuple[str, ...] | None  # where parameters go by place
    fixed: Mapping[str, Any]
    bound: Mapping[str, Convert]
    converted: tuple[tuple[int, Convert], ...]

    def parameters(self, asked: Mapping[str, Any]) -> Any:
        told = {**self.fixed, **asked}
        for name, convert in self.bound.items():
            told[name] = convert(told[name])
        return told if self.names is None else [told[name] for name in self.names]

    def read(self, found: Iterable[Row]) -> list[Row]:
        if not self.converted:
            return [tuple(row) for row in found]
        rows = []
        for row in found:
            told = list(row)
            for at, convert in self.converted:
                told[at] = convert(told[at])
            rows.append(tuple(told))
        return rows


class Prepared:
    """A SELECT whose parameters are `bindparam`s, asked by their names; safe to share by threads.

    It reads in the transaction of the connection it is given, and begins one where there is none.
    """

    def __init__(self, query: Select[*tuple[Any, ...]]) -> None:
        self._query = query
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, **asked: Any) -> list[Row]:
        """Return the rows as tuples, in the order of the query's columns."""
        if not connection.in_transaction():
            connection.begin()
        compiled = self._of(connection.dialect)
        raw = connection.connection
        cursor = raw.cursor()
        try:
            cursor.execute(compiled.sql, compiled.parameters(asked))
            return compiled.read(cursor.fetchall())
        except connection.dialect.loaded_dbapi.Error as error:
            if connection.dialect.is_disconnect(error, raw, cursor):
                connection.execute(self._query, asked)  # which drops the pool's other dead ones too
            raise
        finally:
            cursor.close()

    def value(self, connection: Connection, **asked: Any) -> Any:
        """Return the one value of the one row."""
        return self.rows(connection, **asked)[0][0]

    def _of(self, dialect: Dialect) -> _Compiled:
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = _compile(self._query, dialect)
        return known


def _compile(query: Select[*tuple[Any, ...]], dialect: Dialect) -> _Compiled:
    compiled: Any = query.compile(dialect=dialect)
    bound, fixed = {}, {}
    for name, parameter in compiled.binds.items():
        convert = parameter.type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            bound[name] = convert
        if not parameter.required:
            fixed[name] = parameter.effective_value
    converted = [
        (at, convert)
        for at, column in enumerate(query.selected_columns)
        if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None))
    ]
    names = tuple(compiled.positiontup) if compiled.positional else None
    return _Compiled(str(compiled), names, fixed, bound, tuple(converted))
