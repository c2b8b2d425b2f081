"""One transaction as a user sees it, and its records with typed access to their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from service.demo.odoo_server.errors import AccessError
from service.demo.odoo_server.store import Store
from service.demo.odoo_server.values import DATE_FORMAT, STORED_DATETIME_FORMAT, JsonValue, Row, decimal

if TYPE_CHECKING:
    from service.demo.odoo_server.model import Model

# What depends on the later ones in this list is brought up to date first.
_UPDATE_ORDER = (
    "res.partner",
    "account.move",
    "account.payment",
    "account.bank.statement.line",
    "stock.move",
    "stock.move.line",
    "stock.lot",
    "stock.picking",
    "purchase.order.line",
    "purchase.order",
    "sale.order.line",
    "sale.order",
)


@dataclass(slots=True)
class Environment:
    """``elevated`` skips access rights, as Odoo's own code does inside a permitted call. ``stale`` collects the
    records whose derived values have to be worked out again before the call ends.
    """

    store: Store
    models: Mapping[str, Model]
    user_id: int
    context: Mapping[str, JsonValue]
    now: datetime
    elevated: bool = False
    stale: dict[str, set[int]] = field(default_factory=dict)

    def with_context(self, **changes: JsonValue) -> Environment:
        """The same transaction with other context values."""
        return replace(self, context={**self.context, **changes})

    def as_system(self) -> Environment:
        """The same transaction and user without checks of rights."""
        return replace(self, elevated=True)

    @property
    def today(self) -> date:
        """The transaction's day, UTC."""
        return self.now.date()

    @property
    def user(self) -> Record:
        """Who calls."""
        return Record(self, "res.users", self.user_id)

    @property
    def timestamp(self) -> str:
        """The transaction's start as rows keep it."""
        return self.now.strftime(STORED_DATETIME_FORMAT)

    def own_companies(self) -> list[int]:
        """The user's companies, the current one first."""
        current, others = self.user.value("company_id"), self.user.ids("company_ids")
        first = [current] if isinstance(current, int) else []
        return first + [number for number in others if number not in first]

    def companies(self) -> list[int]:
        """The companies that the call may touch, the current one first. AccessError for one that isn't the user's."""
        own = self.own_companies()
        asked = self.context.get("allowed_company_ids")
        if not isinstance(asked, list) or not asked:
            return own
        wanted = [number for number in asked if isinstance(number, int)]
        if not self.elevated and set(wanted) - set(own):
            raise AccessError("Access to unauthorized or invalid companies.")
        return wanted

    @property
    def company(self) -> Record:
        """The current company."""
        return Record(self, "res.company", self.companies()[0])

    def record(self, model: str, number: int) -> Record:
        """One record, whether it exists or not."""
        return Record(self, model, number)

    def all(self, model: str) -> list[Record]:
        """Every record of a model, by id."""
        return [Record(self, model, number) for number in sorted(self.store.rows(model))]

    def pointing(self, model: str, field_name: str, target: int) -> list[Record]:
        """Records of ``model`` whose many2one is ``target``, by id."""
        return [Record(self, model, number) for number in sorted(self.store.pointing(model, field_name, target))]

    def create(self, model: str, values: Row) -> Record:
        """A new record through the model's own create, without checks of rights."""
        return self.models[model].create_one(self.as_system(), values)

    def mark_stale(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Remember records whose derived values may be out of date."""
        for model, number in pairs:
            self.stale.setdefault(model, set()).add(number)

    def settle(self) -> None:
        """Work out all derived values that are out of date."""
        system = self.as_system()
        while self.stale:
            model = next((name for name in _UPDATE_ORDER if name in self.stale), None) or next(iter(self.stale))
            for number in sorted(self.stale.pop(model)):
                if self.store.get(model, number) is not None:
                    self.models[model].refresh(system.record(model, number))


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A record of a model. Reading follows the schema: stored, mirrored, inverse or computed."""

    env: Environment
    model: str
    id: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and (self.model, self.id) == (other.model, other.id)

    def __hash__(self) -> int:
        return hash((self.model, self.id))

    @property
    def exists(self) -> bool:
        """Whether it is there."""
        return self.env.store.get(self.model, self.id) is not None

    @property
    def row(self) -> Row:
        """The stored values; empty where the record is gone."""
        return self.env.store.get(self.model, self.id) or {}

    def value(self, name: str) -> JsonValue:
        """The value of any field: None where empty, an id for many2one, a list of ids for relations to many."""
        return self.env.models[self.model].value(self, name)

    def text(self, name: str) -> str:
        """A text; empty where there is none."""
        value = self.value(name)
        return "" if value is None or value is False else str(value)

    def number(self, name: str) -> Decimal:
        """A number; zero where there is none."""
        return decimal(self.value(name))

    def integer(self, name: str) -> int:
        """A whole number; zero where there is none."""
        return int(self.number(name))

    def flag(self, name: str) -> bool:
        """A boolean; empty is false."""
        return bool(self.value(name))

    def day(self, name: str) -> date | None:
        """The day of a date or a datetime."""
        value = self.value(name)
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None

    def ids(self, name: str) -> list[int]:
        """The ids of a relation to many."""
        value = self.value(name)
        return [item for item in value if isinstance(item, int)] if isinstance(value, list) else []

    def one(self, name: str) -> Record | None:
        """The record that a many2one points to."""
        value = self.value(name)
        relation = self.env.models[self.model].spec.fields[name].relation
        return Record(self.env, relation, value) if isinstance(value, int) and not isinstance(value, bool) else None

    def many(self, name: str) -> list[Record]:
        """The records of a relation to many."""
        relation = self.env.models[self.model].spec.fields[name].relation
        return [Record(self.env, relation, number) for number in self.ids(name)]

    @property
    def display_name(self) -> str:
        """How the record is called in links to it."""
        return self.env.models[self.model].display_name(self)

    def set(self, **values: JsonValue) -> None:
        """Store values that differ, stamp the record, and mark what depends on them. No rights, no hooks."""
        row = self.row
        changed = {name: value for name, value in values.items() if row.get(name) != value}
        if changed:
            self.stamp(changed)

    def stamp(self, changed: Row) -> None:
        """Store ``changed`` (it may be empty) and move the record's ``write_date``."""
        before = self.row
        stamps: Row = {"write_date": self.env.timestamp, "write_uid": self.env.user_id}
        self.env.store.put(self.model, self.id, {**before, **changed, **stamps})
        self.env.mark_stale(self.env.models[self.model].dependents(self, before, changed.keys()))


def total(records: Sequence[Record], name: str) -> Decimal:
    """The sum of a number over records."""
    return sum((record.number(name) for record in records), Decimal(0))


def day_text(day: date | None) -> str | None:
    """A date as rows keep it."""
    return day.strftime(DATE_FORMAT) if day else None
