"""What a column holds, read from the shape that the answer's rows declare."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    Schema = dict[str, Any]

DAY, INSTANT, TEXT, INTEGER, NUMBER, FLAG = "day", "instant", "text", "integer", "number", "flag"
JSON = "json"
_OF_STRINGS = {"date": DAY, "date-time": INSTANT}
_OF_TYPES = {"integer": INTEGER, "number": NUMBER, "boolean": FLAG}


class Kind(NamedTuple):
    """What a column holds: one of the names above, or `many`, a list of such."""

    name: str
    many: bool


def kinds_of(shape: type, paths: tuple[str, ...]) -> list[Kind]:
    """Return what stands under each dotted path of a row, which `shape` declares.

    What is neither of one simple kind nor a list of such is JSON.
    """
    whole = _schema_of(shape)
    return [_kind(_Within(whole).under(path.split("."))) for path in paths]


@cache
def _schema_of(shape: type) -> Schema:
    return TypeAdapter(shape).json_schema()


class _Within:
    """The alternatives that a JSON Schema allows at one place, references followed."""

    def __init__(self, whole: Schema) -> None:
        self._whole = whole

    def under(self, keys: list[str]) -> list[Schema]:
        """Return what may stand where `keys` lead, without null."""
        found = list(self._alternatives(self._whole))
        for key in keys:
            below = [one["properties"].get(key, {}) for one in found if "properties" in one]
            found = [deeper for one in below for deeper in self._alternatives(one)]
        return [self._listed(one) for one in found if one.get("type") != "null"]

    def _alternatives(self, schema: Schema) -> Iterator[Schema]:
        if "$ref" in schema:
            yield from self._alternatives(self._whole["$defs"][schema["$ref"].rpartition("/")[2]])
        elif "anyOf" in schema:
            for one in schema["anyOf"]:
                yield from self._alternatives(one)
        else:
            yield schema

    def _listed(self, schema: Schema) -> Schema:
        """Return an array with its items resolved, and anything else as it is."""
        if schema.get("type") != "array":
            return schema
        items = schema.get("prefixItems") or [schema.get("items", {})]
        return {"type": "array", "of": [s for one in items for s in self._alternatives(one)]}


def _kind(found: list[Schema]) -> Kind:
    if [one.get("type") for one in found] == ["array"]:
        return Kind(_simple(found[0]["of"]), many=True)
    return Kind(_simple(found), many=False)


def _simple(found: list[Schema]) -> str:
    kinds = {_kind_of_one(one) for one in found}
    if kinds == {INTEGER, NUMBER}:
        return NUMBER
    return kinds.pop() if len(kinds) == 1 else JSON


def _kind_of_one(schema: Schema) -> str:
    if schema.get("type") == "string" or isinstance(schema.get("const"), str):
        return _OF_STRINGS.get(schema.get("format", ""), TEXT)
    return _OF_TYPES.get(schema.get("type", ""), JSON)
