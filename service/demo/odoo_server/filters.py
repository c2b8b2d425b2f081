"""Which records a domain matches, and in which order they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from service.demo.odoo_server.domain import (
    NEGATIVE,
    POSITIVE_OF,
    Both,
    Constant,
    Either,
    Leaf,
    Node,
    Not,
    fields_named,
    parse_domain,
    value_test,
)
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.schema import FieldSpec
from service.demo.odoo_server.values import TO_MANY, JsonValue, ids_of, texts_of

Predicate: TypeAlias = Callable[[int], bool]
_PARENTS = {"stock.location": "location_id"}  # every other model with a hierarchy calls it parent_id


def matching(env: Environment, model: str, domain: JsonValue) -> list[int]:
    """Ids, ascending, of the records that the domain matches; archived ones only where the context or the domain
    asks for them. Access rights are not looked at.
    """
    tree = parse_domain(domain)
    tests = [_predicate(env, model, tree)]
    active = env.models[model].spec.fields.get("active")
    if active and env.context.get("active_test", True) and "active" not in fields_named(tree):
        tests.append(_predicate(env, model, Leaf("active", "=", True)))
    return [number for number in sorted(env.store.rows(model)) if all(test(number) for test in tests)]


def _predicate(env: Environment, model: str, node: Node) -> Predicate:
    if isinstance(node, Constant):
        return lambda _number: node.holds
    if isinstance(node, Not):
        inner = _predicate(env, model, node.inner)
        return lambda number: not inner(number)
    if isinstance(node, Both):
        left, right = _predicate(env, model, node.left), _predicate(env, model, node.right)
        return lambda number: left(number) and right(number)
    if isinstance(node, Either):
        left, right = _predicate(env, model, node.left), _predicate(env, model, node.right)
        return lambda number: left(number) or right(number)
    return _leaf(env, model, node)


def _leaf(env: Environment, model: str, leaf: Leaf) -> Predicate:
    name, _, rest = leaf.path.partition(".")
    field = env.models[model].spec.fields.get(name)
    if field is None:
        raise ValueError(f"Invalid field {model}.{name} in leaf {leaf}")
    if field.path:
        return _leaf(env, model, replace(leaf, path=f"{field.path}.{rest}" if rest else field.path))
    if name == "display_name":
        wanted = set(named(env, model, leaf.value, leaf.operator))
        return wanted.__contains__
    if not field.store and not field.search:
        return lambda _number: True  # Odoo logs that it can't search the field, and drops the condition
    if rest:
        return _through(env, model, field, Leaf(rest, leaf.operator, leaf.value))
    if name == "id" and leaf.operator in ("child_of", "parent_of"):
        return set(_family(env, model, leaf)).__contains__
    if field.relation:
        return _relation(env, model, field, leaf)
    return _scalar(env, model, field, value_test(field, leaf.operator, leaf.value))


def _scalar(env: Environment, model: str, field: FieldSpec, test: Callable[[JsonValue], bool]) -> Predicate:
    rows, name = env.store.rows(model), field.name
    if name == "id":
        return test
    if field.in_row:
        return lambda number: test(rows[number].get(name))
    return lambda number: test(Record(env, model, number).value(name))


def _through(env: Environment, model: str, field: FieldSpec, leaf: Leaf) -> Predicate:
    """A path: the related records that match the rest, archived ones too behind a many2one."""
    if not field.relation:
        raise ValueError(f"Invalid field {model}.{field.name} in leaf {leaf}")
    inner = env.with_context(active_test=False) if field.type == "many2one" else env
    found = set(matching(inner, field.relation, [[leaf.path, leaf.operator, leaf.value]]))
    return _linked(env, model, field, found)


def _linked(env: Environment, model: str, field: FieldSpec, targets: set[int]) -> Predicate:
    """Whether a record's relation leads to one of the targets."""
    rows, name = env.store.rows(model), field.name
    if field.type == "many2one" and field.in_row:
        return lambda number: rows[number].get(name) in targets
    whole = env.with_context(active_test=False)
    if field.type == "many2one":
        return lambda number: Record(whole, model, number).value(name) in targets
    return lambda number: not targets.isdisjoint(Record(whole, model, number).ids(name))


def _relation(env: Environment, model: str, field: FieldSpec, leaf: Leaf) -> Predicate:
    operator, value = leaf.operator, leaf.value
    if operator in ("any", "not any"):
        found = set(matching(env.with_context(active_test=False), field.relation, value))
        return _negated(_linked(env, model, field, found), operator == "not any")
    if operator in ("child_of", "parent_of"):
        return _linked(env, model, field, set(_family(env, field.relation, leaf)))
    if value is True or value is False or value is None:
        filled = (operator in NEGATIVE) != bool(value)
        return lambda number: bool(Record(env, model, number).value(field.name)) == filled
    if texts_of(value):
        positive = POSITIVE_OF.get(operator, operator)
        found = set(named(env.with_context(active_test=False), field.relation, value, _by_name(positive, value)))
        return _negated(_linked(env, model, field, found), operator in NEGATIVE)
    if field.type in TO_MANY or operator in ("in", "not in", "=", "!="):
        return _membership(env, model, field, leaf)
    return _scalar(env, model, field, value_test(field, operator, value))


def _membership(env: Environment, model: str, field: FieldSpec, leaf: Leaf) -> Predicate:
    value = leaf.value
    inside = _linked(env, model, field, set(ids_of(value)))
    if isinstance(value, list) and field.type == "many2one" and (False in value or None in value):
        inside_or_empty = inside

        def inside(number: int) -> bool:
            return inside_or_empty(number) or Record(env, model, number).value(field.name) is None

    return _negated(inside, leaf.operator in NEGATIVE)


def _by_name(operator: str, value: JsonValue) -> str:
    """Odoo compares a many2one with names by name search: a list by equality, an order by "in"."""
    if isinstance(value, list) or operator in ("<", ">", "<=", ">="):
        return "in"
    return "=" if operator == "in" else operator


def _negated(test: Predicate, negative: bool) -> Predicate:
    return (lambda number: not test(number)) if negative else test


def _family(env: Environment, model: str, leaf: Leaf) -> set[int]:
    """The records named by the leaf with all below them (child_of) or above them (parent_of)."""
    whole = env.with_context(active_test=False)
    names = texts_of(leaf.value)
    wanted = [number for name in names for number in named(whole, model, name, "ilike")] or ids_of(leaf.value)
    parent = _PARENTS.get(model, "parent_id")
    found: set[int] = set()
    while wanted:
        found.update(wanted)
        if leaf.operator == "child_of":
            wanted = [child for number in wanted for child in env.store.pointing(model, parent, number)]
        else:
            above = [Record(env, model, number).value(parent) for number in wanted]
            wanted = [number for number in above if isinstance(number, int)]
        wanted = [number for number in wanted if number not in found]
    return found


def named(env: Environment, model: str, name: JsonValue, operator: str) -> list[int]:
    """Odoo's name search: the fields that records of this model are found by, any of them (negative: all)."""
    fields = env.models[model].spec.names
    if not fields or (name == "" and operator in ("like", "ilike")):
        return matching(env, model, [])
    joint = "&" if operator in NEGATIVE else "|"
    terms: list[JsonValue] = [[field, operator, name] for field in fields]
    joints: list[JsonValue] = [joint] * (len(fields) - 1)
    return matching(env, model, joints + terms)


def ordered(env: Environment, model: str, numbers: Iterable[int], order: str) -> list[int]:
    """The ids in the wanted order. As in PostgreSQL, empty values come last, or first when descending."""
    result = list(numbers)
    for term in reversed([part.split() for part in (order or "id").split(",")]):
        name, direction = (*term, "asc", "")[:2] if term else ("", "")
        if len(term) > 2 or direction.lower() not in ("asc", "desc"):
            raise UserError(
                f'Invalid "order" specified ({order}). A valid "order" specification is a comma-separated list of valid'
                " field names (optionally followed by asc/desc for the direction)"
            )
        field = env.models[model].spec.fields.get(name)
        if field is None:
            raise ValueError(f"Invalid field {name!r} on model {model!r}")
        result.sort(key=_sort_key(env, model, field), reverse=direction.lower() == "desc")
    return result


def _sort_key(env: Environment, model: str, field: FieldSpec) -> Callable[[int], tuple[bool, object]]:
    rows, name = env.store.rows(model), field.name
    if name == "id":
        return lambda number: (False, number)
    get: Callable[[int], JsonValue] = (
        (lambda number: rows[number].get(name))
        if field.in_row
        else (lambda number: Record(env, model, number).value(name))
    )
    if field.type == "many2one":
        related = env.store.rows(field.relation)
        order = env.models[field.relation].spec.order
        ranks = {number: rank for rank, number in enumerate(ordered(env, field.relation, related, order))}
        return lambda number: ((rank := ranks.get(_as_id(get(number)))) is None, rank)

    def key(number: int) -> tuple[bool, object]:
        value = get(number)
        return (value is None, 0 if value is None else value)

    return key


def _as_id(value: JsonValue) -> int:
    return value if isinstance(value, int) else 0
