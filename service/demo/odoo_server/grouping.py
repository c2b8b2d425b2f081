"""Sums and counts of records by groups, as ``read_group`` answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.filters import ordered
from service.demo.odoo_server.schema import FieldSpec
from service.demo.odoo_server.values import JsonValue, decimal, row_to_client

_AGGREGATE = re.compile(r"^(\w+)(?::(\w+)(?:\((\w+)\))?)?$")
_NUMBERS = ("integer", "float", "monetary")


@dataclass(frozen=True, slots=True)
class _Aggregate:
    """``name`` in the answer, ``function`` over ``field``."""

    name: str
    function: str
    field: str


@dataclass(frozen=True, slots=True)
class _Grouping:
    """A field to group by; ``span`` is the length of a period of dates."""

    key: str
    field: FieldSpec
    span: str


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """What a client asks: ``lazy`` groups by the first field only, ``order`` names keys or sums of the answer."""

    domain: JsonValue
    fields: Sequence[str]
    groupby: Sequence[str]
    lazy: bool
    order: str


def read_groups(env: Environment, model: str, numbers: Iterable[int], question: GroupQuestion) -> list[JsonValue]:
    """The groups of the given records, by their fields' own order or the wanted one."""
    chosen = question.groupby[:1] if question.lazy else question.groupby
    groupings = [_grouping(env, model, key) for key in chosen]
    aggregates = [_aggregate(env, model, text) for text in question.fields if text.split(":")[0] not in chosen]
    groups: dict[tuple[JsonValue, ...], list[Record]] = {}
    for number in numbers:
        record = env.record(model, number)
        groups.setdefault(tuple(_group_value(record, grouping) for grouping in groupings), []).append(record)
    if not groupings:
        groups.setdefault((), [])
    count = f"{groupings[0].field.name}_count" if question.lazy and groupings else "__count"
    answers = []
    for values in _in_order(env, groupings, groups):
        answer: dict[str, JsonValue] = {g.key: _shown(env, g, v) for g, v in zip(groupings, values, strict=True)}
        answer[count] = len(groups[values])
        answer |= {a.name: _aggregated(env, model, a, groups[values]) for a in aggregates if a.name != "__count"}
        answer["__domain"] = _group_domain(question.domain, groupings, values)
        if len(chosen) < len(question.groupby):
            answer["__context"] = {"group_by": list[JsonValue](question.groupby[len(chosen) :])}
        answers.append(answer)
    _reorder(answers, question.order)
    return list[JsonValue](answers)


def _reorder(answers: list[dict[str, JsonValue]], order: str) -> None:
    for term in reversed([part.split() for part in order.split(",") if part.strip()]):
        descending = len(term) == 2 and term[1].lower() == "desc"
        answers.sort(key=lambda answer: _sortable(answer.get(term[0])), reverse=descending)


def _sortable(value: JsonValue) -> tuple[bool, float, str]:
    if isinstance(value, list):
        value = value[1]
    number = float(value) if isinstance(value, (int, float)) else 0.0
    return (value is False or value is None, number, value if isinstance(value, str) else "")


def _grouping(env: Environment, model: str, key: str) -> _Grouping:
    name, _, span = key.partition(":")
    field = env.models[model].spec.fields.get(name)
    if field is None:
        raise ValueError(f"Invalid field {name!r} on model {model!r}")
    return _Grouping(key, field, span or ("month" if field.type in ("date", "datetime") else ""))


def _aggregate(env: Environment, model: str, text: str) -> _Aggregate:
    found = _AGGREGATE.match(text)
    if not found:
        raise ValueError(f"Invalid field specification {text!r}.")
    name, function, source = found.groups()
    field = env.models[model].spec.fields.get(source or name)
    if field is None and name != "__count":
        raise ValueError(f"Invalid field {source or name!r} on model {model!r}")
    return _Aggregate(name, function or "sum", source or name)


def _group_value(record: Record, grouping: _Grouping) -> JsonValue:
    value = record.value(grouping.field.name)
    if grouping.span and isinstance(value, str):
        return _start(date.fromisoformat(value[:10]), grouping.span).isoformat()
    if isinstance(value, list):
        return value[0] if value else None
    return bool(value) if grouping.field.type == "boolean" else value


def _start(day: date, span: str) -> date:
    """The first day of the period that holds the day."""
    if span == "week":
        return day - timedelta(days=day.weekday())
    if span == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[span]


def _next_start(day: date, span: str) -> date:
    steps = {"day": 1, "week": 7, "month": 31, "quarter": 31 * 3, "year": 366}
    return _start(day + timedelta(days=steps[span]), span)


def _in_order(
    env: Environment, groupings: Sequence[_Grouping], groups: Mapping[tuple[JsonValue, ...], object]
) -> list[tuple[JsonValue, ...]]:
    """By each field's natural order: many2one by its model's order, empty last."""
    keys = [_rank(env, grouping.field) for grouping in groupings]
    return sorted(groups, key=lambda values: [key(value) for key, value in zip(keys, values, strict=True)])


def _rank(env: Environment, field: FieldSpec) -> Callable[[JsonValue], tuple[bool, object]]:
    if not field.relation:
        return lambda value: (value is None, 0 if value is None else value)
    order = env.models[field.relation].spec.order
    ranks = {n: rank for rank, n in enumerate(ordered(env, field.relation, env.store.rows(field.relation), order))}
    return lambda value: (value is None, ranks.get(value, 0) if isinstance(value, int) else 0)


_MONTHS = "January February March April May June July August September October November December".split()


def _shown(env: Environment, grouping: _Grouping, value: JsonValue) -> JsonValue:
    if value is None:
        return False
    if grouping.field.relation and isinstance(value, int):
        return [value, env.record(grouping.field.relation, value).display_name]
    if grouping.span and isinstance(value, str):
        return _period_name(date.fromisoformat(value), grouping.span)
    return row_to_client(grouping.field, value)


def _period_name(day: date, span: str) -> str:
    names = {
        "day": f"{day.day:02d} {_MONTHS[day.month - 1][:3]} {day.year}",
        "week": f"W{day.isocalendar().week} {day.isocalendar().year}",
        "month": f"{_MONTHS[day.month - 1]} {day.year}",
        "quarter": f"Q{(day.month - 1) // 3 + 1} {day.year}",
        "year": str(day.year),
    }
    return names[span]


def _group_domain(domain: JsonValue, groupings: Sequence[_Grouping], values: Sequence[JsonValue]) -> JsonValue:
    """The domain of the group's records: the given one and one condition a field."""
    conditions = [_condition(grouping, value) for grouping, value in zip(groupings, values, strict=True)]
    parts: list[list[JsonValue]] = [_normal(domain), *conditions] if domain else list(conditions)
    joined: list[JsonValue] = ["&"] * (len(parts) - 1)
    for part in parts:
        joined += part
    return joined


def _normal(domain: JsonValue) -> list[JsonValue]:
    terms = domain if isinstance(domain, list) else []
    operands = sum(1 if isinstance(term, list) else {"&": -1, "|": -1}.get(str(term), 0) for term in terms)
    return ["&"] * (operands - 1) + terms


def _condition(grouping: _Grouping, value: JsonValue) -> list[JsonValue]:
    name = grouping.field.name
    if not grouping.span or not isinstance(value, str):
        return [[name, "=", False if value is None else value]]
    first = date.fromisoformat(value)
    time = " 00:00:00" if grouping.field.type == "datetime" else ""
    after = _next_start(first, grouping.span)
    return ["&", [name, ">=", f"{first}{time}"], [name, "<", f"{after}{time}"]]


def _aggregated(env: Environment, model: str, aggregate: _Aggregate, records: Sequence[Record]) -> JsonValue:
    field = env.models[model].spec.fields[aggregate.field]
    values = [value for record in records if (value := record.value(field.name)) is not None]
    if aggregate.function == "count":
        return len(values)
    if aggregate.function == "count_distinct":
        return len({str(value) for value in values})
    if aggregate.function == "array_agg":
        return list[JsonValue](values)
    if field.type not in _NUMBERS:
        return _extreme(aggregate.function, values)
    numbers = [decimal(value) for value in values] or [Decimal(0)]
    functions = {"sum": sum(numbers), "max": max(numbers), "min": min(numbers), "avg": sum(numbers) / len(numbers)}
    result = functions[aggregate.function]
    return int(result) if field.type == "integer" and aggregate.function != "avg" else float(result)


def _extreme(function: str, values: Sequence[JsonValue]) -> JsonValue:
    texts = sorted(str(value) for value in values)
    if not texts or function not in ("min", "max"):
        return False
    return texts[0] if function == "min" else texts[-1]
