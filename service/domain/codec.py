"""Frozen values to JSON-ready data and back, by their type hints, for storage and for the reader process.

Decimals, dates and times become text; a value whose hint is a union of several types is tagged with its type,
so that "2026-01-31" as text and as a date stay apart.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = dict[str, Any] | list[Any] | str | int | float | bool | None
_TAGGED: dict[str, type] = {"decimal": Decimal, "datetime": datetime, "date": date}


def encode(value: Any, hint: Any = None) -> Json:
    """``value`` as JSON-ready data; ``hint`` is its declared type (its own class where None).

    Raises TypeError for a type that isn't part of the vocabulary.
    """
    hint = type(value) if hint is None else hint
    members = _members(hint)
    if len(members) > 1:
        return _encode_tagged(value)
    if members:
        hint = members[0]
    return _encode_plain(value, hint)


def _encode_plain(value: Any, hint: Any) -> Json:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {name: encode(getattr(value, name), kind) for name, kind in _hints(type(value), hint)}  # type: ignore[arg-type]
    return _encode_container(value, hint)


def _encode_container(value: Any, hint: Any) -> Json:
    arguments = get_args(hint)
    if isinstance(value, Mapping):
        item = arguments[1] if len(arguments) == 2 else None
        return {str(key): encode(entry, item) for key, entry in value.items()}
    if isinstance(value, tuple | frozenset):
        item = arguments[0] if arguments else None
        entries = sorted(value) if isinstance(value, frozenset) else value
        return [encode(entry, item) for entry in entries]
    raise TypeError(f"{type(value).__name__} is not part of the vocabulary")


def _encode_tagged(value: Any) -> Json:
    if value is None or isinstance(value, str):
        return value
    for tag, kind in _TAGGED.items():
        if isinstance(value, kind):
            return {tag: _encode_plain(value, kind)}
    return {type(value).__name__: _encode_plain(value, type(value))}


def decode(hint: type[T], data: Any) -> T:
    """The value of type ``hint`` that ``data`` stands for; ValueError or KeyError where it doesn't fit."""
    return typing.cast("T", _decode(hint, data))


def _decode(hint: Any, data: Any) -> Any:
    members = _members(hint)
    if len(members) > 1:
        return _decode_tagged(members, data)
    if members:
        if data is None:
            return None
        hint = members[0]
    origin = get_origin(hint) or hint
    if isinstance(origin, type) and is_dataclass(origin):
        return origin(**{name: _decode(kind, data[name]) for name, kind in _hints(origin, hint) if name in data})
    if origin in (tuple, frozenset):
        item = get_args(hint)[0]
        return _sequence(hint, origin, item, data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        item = get_args(hint)[1]
        return types.MappingProxyType({key: _decode(item, entry) for key, entry in data.items()})
    return _decode_scalar(origin, data)


def _sequence(hint: Any, origin: Any, item: Any, data: Any) -> Any:
    arguments = get_args(hint)
    if origin is tuple and len(arguments) > 1 and arguments[-1] is not Ellipsis:
        return tuple(_decode(kind, entry) for kind, entry in zip(arguments, data, strict=True))
    return origin(_decode(item, entry) for entry in data)


def _decode_scalar(kind: Any, data: Any) -> Any:
    if kind is Any:
        return data
    if kind in (datetime, date):
        return kind.fromisoformat(data)
    if kind in (bool, str) and not isinstance(data, kind):
        raise ValueError(f"{data!r} is not a {kind.__name__}")
    return kind(data)


def _decode_tagged(members: tuple[Any, ...], data: Any) -> Any:
    if data is None or isinstance(data, str):
        return data
    ((tag, inner),) = data.items()
    if tag in _TAGGED:
        return _decode_scalar(_TAGGED[tag], inner)
    kind = next(member for member in members if getattr(member, "__name__", "") == tag)
    return _decode(kind, inner)


@cache
def _members(hint: Any) -> tuple[Any, ...]:
    """The types of a union without None; empty where ``hint`` is no union."""
    if get_origin(hint) not in (Union, types.UnionType):
        return ()
    return tuple(member for member in get_args(hint) if member is not types.NoneType)


@cache
def _hints(kind: type, hint: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    bound = dict(zip(getattr(kind, "__parameters__", ()), get_args(hint), strict=False))
    return tuple((f.name, _bind(hints[f.name], bound)) for f in fields(kind))


def _bind(hint: Any, bound: Mapping[Any, Any]) -> Any:
    if isinstance(hint, TypeVar):
        return bound.get(hint, hint.__bound__)
    return hint
