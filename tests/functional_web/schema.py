"""Checks values against the part of JSON Schema that the API's description uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
_KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "anyOf", "$ref",
    "pattern", "minimum", "maximum", "format", "minLength", "maxLength", "title", "description", "default",
    "contentMediaType", "const",
}  # fmt: skip


def complaints(value: Any, schema: dict[str, Any], root: dict[str, Any], where: str = "$") -> Iterator[str]:
    """What is wrong with ``value``, a line each; nothing where it fits."""
    unknown = set(schema) - _KNOWN
    assert not unknown, f"the checker doesn't know {unknown}"
    if "$ref" in schema:
        yield from complaints(value, resolve(schema["$ref"], root), root, where)
    if "anyOf" in schema:
        found = [list(complaints(value, option, root, where)) for option in schema["anyOf"]]
        if all(found):
            yield f"{where}: fits no option: {found}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is none of {schema['enum']}"
    yield from _of_type(value, schema, root, where)


def resolve(reference: str, root: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference names; KeyError where there is none."""
    node: Any = root
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    assert isinstance(node, dict)
    return node


def _of_type(value: Any, schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    kind = schema.get("type")
    if kind is None:
        return
    if not isinstance(value, _TYPES[kind]) or (kind in ("integer", "number") and isinstance(value, bool)):
        yield f"{where}: {value!r} is no {kind}"
    elif kind in _CHECKS:
        yield from _CHECKS[kind](value, schema, root, where)


def _of_array(value: list[Any], schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{where}: {len(value)} items"
    for place, entry in enumerate(value):
        yield from complaints(entry, schema.get("items", {}), root, f"{where}[{place}]")


def _of_string(value: str, schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    if not re.search(schema.get("pattern", ""), value):
        yield f"{where}: {value!r} doesn't match {schema['pattern']}"


def _of_number(value: float, schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{where}: {value} is out of bounds"


def _of_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], where: str) -> Iterator[str]:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where}: {name} is missing"
    for name, entry in value.items():
        if name in properties:
            yield from complaints(entry, properties[name], root, f"{where}.{name}")
        elif more is False:
            yield f"{where}: {name} is not described"
        elif isinstance(more, dict):
            yield from complaints(entry, more, root, f"{where}.{name}")


_CHECKS: dict[str, Callable[[Any, dict[str, Any], dict[str, Any], str], Iterator[str]]] = {
    "object": _of_object,
    "array": _of_array,
    "string": _of_string,
    "integer": _of_number,
    "number": _of_number,
}
