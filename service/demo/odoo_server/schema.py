"""Which models and fields exist: Odoo's own definitions, kept as data beside this module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("service.demo.odoo_server") / "data"
_DEFAULTS: dict[str, object] = {"company_dependent": False, "readonly": False, "required": False, "store": True}
_OURS = ("path", "search", "absent")  # keys that Odoo's fields_get does not have
_META = ("id", "display_name", "create_date", "create_uid", "write_date", "write_uid")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. ``path`` leads to the value of a field that only mirrors another one; ``search`` marks a field
    without a column that Odoo can search nevertheless; ``attributes`` is what ``fields_get`` tells.
    """

    name: str
    type: str
    string: str
    required: bool
    readonly: bool
    store: bool
    relation: str
    relation_field: str
    selection: tuple[tuple[str, str], ...]
    path: str
    search: bool
    company_dependent: bool
    attributes: Mapping[str, Any] = field(repr=False)

    @property
    def in_row(self) -> bool:
        """Whether rows hold its value themselves."""
        return (self.store or self.company_dependent) and self.type != "one2many" and not self.path


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model: its words, its default order, the fields that its name is made of and searched by, its fields."""

    name: str
    description: str
    order: str
    rec_name: str
    names: tuple[str, ...]
    transient: bool
    fields: Mapping[str, FieldSpec] = field(repr=False)


@cache
def load_schema() -> Mapping[str, ModelSpec]:
    """All models by name: the described ones, and a bare one (id and name) for every other model they point to."""
    described = json.loads((_DATA / "models.json").read_text("utf-8"))
    specs = {name: _model(name, facts, _fields(name)) for name, facts in described.items()}
    targets = {spec.relation for model in specs.values() for spec in model.fields.values() if spec.relation}
    for name in sorted(targets - specs.keys()):
        facts = {"description": name, "order": "id", "rec_name": "name"}
        specs[name] = _model(name, facts, _bare_fields())
    return specs


def _model(name: str, facts: Mapping[str, Any], fields: Mapping[str, FieldSpec]) -> ModelSpec:
    rec_name = facts["rec_name"] or ""
    names = tuple(facts.get("names") or ([rec_name] if rec_name else []))
    return ModelSpec(name, facts["description"], facts["order"], rec_name, names, facts.get("transient", False), fields)


def _fields(model: str) -> Mapping[str, FieldSpec]:
    raw = json.loads((_DATA / "fields" / f"{model}.json").read_text("utf-8"))
    return {name: _field(name, compact) for name, compact in raw.items()}


@cache
def _bare_fields() -> Mapping[str, FieldSpec]:
    known = _fields("uom.category")
    return {name: known[name] for name in (*_META, "name")}


def _field(name: str, compact: Mapping[str, Any]) -> FieldSpec:
    absent = compact.get("absent", ())
    defaults = {key: value for key, value in _DEFAULTS.items() if key not in absent}
    attributes = {**defaults, **{key: value for key, value in compact.items() if key not in _OURS}}
    return FieldSpec(
        name=name,
        type=compact["type"],
        string=compact["string"],
        required=bool(attributes.get("required")),
        readonly=bool(attributes.get("readonly")),
        store=bool(attributes.get("store", True)),
        relation=compact.get("relation", ""),
        relation_field=compact.get("relation_field", ""),
        selection=tuple((str(key), str(label)) for key, label in compact.get("selection", ())),
        path=compact.get("path", ""),
        search=bool(compact.get("search")),
        company_dependent=bool(attributes.get("company_dependent")),
        attributes=attributes,
    )


def load_access() -> Mapping[str, Any]:
    """``groups`` (id → name, implied groups) and ``access`` (model → group → letters of r, w, c, d)."""
    return json.loads((_DATA / "access.json").read_text("utf-8"))  # type: ignore[no-any-return]
