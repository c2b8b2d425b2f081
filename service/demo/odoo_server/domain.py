"""Odoo's search domains as trees, and what a comparison means for a single stored value. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, Union

from service.demo.odoo_server.schema import FieldSpec
from service.demo.odoo_server.values import JsonValue, literal_to_comparable

OPERATORS = frozenset(
    "=|!=|<=|<|>|>=|=?|=like|=ilike|like|ilike|in|child_of|parent_of|any|not like|not ilike|not in|not any".split("|")
)
NEGATIVE = frozenset(("!=", "not like", "not ilike", "not in"))
POSITIVE_OF = {"!=": "=", "not like": "like", "not ilike": "ilike", "not in": "in"}
Test: TypeAlias = Callable[[JsonValue], bool]
Node: TypeAlias = Union["Leaf", "Not", "Both", "Either", "Constant"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition on a field, which may be a path through relations."""

    path: str
    operator: str
    value: JsonValue

    def __str__(self) -> str:
        return repr((self.path, self.operator, self.value))


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Both:
    """Conjunction."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Either:
    """Disjunction."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Constant:
    """Matches everything or nothing."""

    holds: bool


EVERYTHING = Constant(True)


def parse_domain(domain: JsonValue) -> Node:
    """The tree of a domain in prefix notation, terms without an operator joined by "and". ValueError as in Odoo."""
    if not domain:
        return EVERYTHING
    if not isinstance(domain, list):
        raise ValueError(f"Domain {domain!r} is syntactically not correct.")
    stack: list[Node] = []
    for item in reversed(domain):
        _push(stack, item, domain)
    tree = stack.pop()
    while stack:
        tree = Both(tree, stack.pop())
    return tree


def _push(stack: list[Node], item: JsonValue, domain: JsonValue) -> None:
    """Read from the end, so that an operator finds its operands on the stack."""
    try:
        if item == "!":
            stack.append(Not(stack.pop()))
        elif item == "&":
            stack.append(Both(stack.pop(), stack.pop()))
        elif item == "|":
            stack.append(Either(stack.pop(), stack.pop()))
        else:
            stack.append(_term(item))
    except IndexError:
        raise ValueError(f"Domain {domain} is syntactically not correct.") from None


def _term(item: JsonValue) -> Node:
    if not isinstance(item, list) or len(item) != 3:
        raise ValueError(f"Invalid leaf {item}")
    left, operator, right = item
    if operator == "=" and right == 1 and left in (0, 1) and not isinstance(left, bool):
        return Constant(left == 1)
    name = str(operator).lower()
    name = "!=" if name == "<>" else "=" if name == "==" else name
    if not isinstance(left, str) or not left or name not in OPERATORS:
        raise ValueError(f"Invalid leaf {tuple(item)}")
    return Leaf(left, _fitting(name, right), right)


def _fitting(operator: str, right: JsonValue) -> str:
    """Odoo forgives "=" with a list and "in" with a boolean."""
    if isinstance(right, list) and operator in ("=", "!="):
        return "in" if operator == "=" else "not in"
    if isinstance(right, bool) and operator in ("in", "not in"):
        return "=" if operator == "in" else "!="
    return operator


def fields_named(node: Node) -> set[str]:
    """The first step of every path in the tree."""
    if isinstance(node, Leaf):
        return {node.path.split(".")[0]}
    if isinstance(node, Not):
        return fields_named(node.inner)
    if isinstance(node, (Both, Either)):
        return fields_named(node.left) | fields_named(node.right)
    return set()


def value_test(field: FieldSpec, operator: str, right: JsonValue) -> Test:
    """The test that a stored value (None where empty) of that field must pass. SQL's NULL rules as Odoo bends them."""
    if operator == "=?":
        return (lambda _value: True) if right is None or right is False else value_test(field, "=", right)
    if operator in ("in", "not in"):
        return _membership(field, operator, right)
    if field.type == "boolean" and operator in ("=", "!=") and isinstance(right, (bool, int)):
        wanted = bool(right) == (operator == "=")
        return lambda value: bool(value) == wanted
    if operator in ("=", "!=") and (right is None or right is False):
        return lambda value: (value is None) == (operator == "=")
    if operator.endswith("like"):
        return _likeness(operator, right)
    return _order(field, operator, right)


def _membership(field: FieldSpec, operator: str, right: JsonValue) -> Test:
    items = right if isinstance(right, list) else [right]
    if field.type == "boolean":
        truths = {bool(item) for item in items}
        return lambda value: (bool(value) in truths) == (operator == "in")
    wanted = {_hashable(literal_to_comparable(field, item)) for item in items if item is not None and item is not False}
    with_empty = any(item is None or item is False for item in items)
    if operator == "in":
        return lambda value: with_empty if value is None else _hashable(value) in wanted
    return lambda value: not with_empty if value is None else _hashable(value) not in wanted


def _hashable(value: JsonValue) -> str | int | float | bool | None:
    return str(value) if isinstance(value, (list, dict)) else value


def _likeness(operator: str, right: JsonValue) -> Test:
    """like and ilike look for a part, =like and =ilike for the whole; % and _ are wild in all of them."""
    text = "" if right is None or right is False else str(right)
    pattern = text if operator.startswith("=") else f"%{text}%"
    compiled = _pattern(pattern, ignore_case=operator.endswith("ilike"))
    negative = operator in NEGATIVE
    empty_passes = (not text and not operator.startswith("=")) or (negative and bool(text))

    def test(value: JsonValue) -> bool:
        if value is None:
            return empty_passes
        return (compiled.fullmatch(_shown(value)) is not None) != negative

    return test


def _shown(value: JsonValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _pattern(pattern: str, *, ignore_case: bool) -> re.Pattern[str]:
    parts = []
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            parts.append(re.escape(next(characters, "\\")))
        else:
            parts.append({"%": ".*", "_": "."}.get(character) or re.escape(character))
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def _order(field: FieldSpec, operator: str, right: JsonValue) -> Test:
    if field.type == "datetime" and isinstance(right, str) and len(right) == 10:
        right += " 23:59:59" if operator in (">", "<=") else " 00:00:00"
    bound = literal_to_comparable(field, right)
    if operator == "=":
        return lambda value: value is not None and value == bound
    if operator == "!=":
        return lambda value: value is None or value != bound
    return _inequality(operator, bound)


def _inequality(operator: str, bound: JsonValue) -> Test:
    """An empty value is neither below nor above anything."""

    def sign(value: JsonValue) -> int:
        if isinstance(value, str) and isinstance(bound, str):
            return (value > bound) - (value < bound)
        if isinstance(value, (int, float)) and isinstance(bound, (int, float)):
            return (value > bound) - (value < bound)
        raise TypeError(f"operator does not exist: {type(value).__name__} {operator} {type(bound).__name__}")

    wanted = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}[operator]
    return lambda value: value is not None and sign(value) in wanted
