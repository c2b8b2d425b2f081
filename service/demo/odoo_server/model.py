"""What every model can do with its records, and the places where a model adds what is its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import ClassVar, TypeAlias

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import MissingError, ValidationError
from service.demo.odoo_server.filters import ordered
from service.demo.odoo_server.schema import FieldSpec, ModelSpec
from service.demo.odoo_server.values import TO_MANY, JsonValue, Row, client_to_row, ids_of

Compute: TypeAlias = Callable[[Record], JsonValue]
_STAMPS = frozenset(("id", "create_date", "create_uid", "write_date", "write_uid"))


class Model:
    """A model of the schema. Subclasses override the hooks below; the class itself serves every plain model.

    ``computed`` gives values that no row holds (or, for a stored field, the value of an empty one); ``narrowed``
    tells which of the records that point back belong to a one2many; ``initial`` are constant defaults.
    """

    computed: ClassVar[Mapping[str, Compute]] = {}
    narrowed: ClassVar[Mapping[str, Callable[[Record], bool]]] = {}
    initial: ClassVar[Mapping[str, JsonValue]] = {}
    delegates: ClassVar[Mapping[str, str]] = {}  # many2one field → model whose fields this model has as its own
    mirrors: ClassVar[Mapping[str, str]] = {}  # many2many field → the field on the other side of the same links

    def __init__(self, spec: ModelSpec) -> None:
        self.spec = spec
        self.name = spec.name
        self.names: tuple[str, ...] = spec.names

    # -- hooks ---------------------------------------------------------------------------------------------------

    def display_name(self, record: Record) -> str:
        """How links call the record."""
        field = self.spec.fields.get(self.spec.rec_name)
        if field is None:
            return f"{self.name},{record.id}"
        related = record.one(field.name) if field.type == "many2one" else None
        return related.display_name if related else record.text(field.name)

    def defaults(self, _env: Environment, _values: Row) -> Row:
        """Values for what the client left out; ``values`` are those that it gave, stored form and commands."""
        return {}

    def before_write(self, records: Sequence[Record], values: Row) -> None:
        """Refuse a change, or amend ``values``."""

    def after_create(self, record: Record, values: Row) -> None:
        """React to a new record; ``values`` as the client gave them."""

    def after_write(self, record: Record, values: Row) -> None:
        """React to a changed record."""

    def before_unlink(self, records: Sequence[Record]) -> None:
        """Refuse a deletion."""

    def dependents(self, _record: Record, _before: Row, _changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Records with derived values that a change of this one may touch. ``before`` is the row as it was."""
        return ()

    def refresh(self, record: Record) -> None:
        """Work out the record's derived stored values again."""

    # -- values --------------------------------------------------------------------------------------------------

    def value(self, record: Record, name: str) -> JsonValue:
        """The value of any field: None where empty, an id for many2one, ids for relations to many."""
        field = self.spec.fields.get(name)
        if field is None:
            raise ValueError(f"Invalid field {name!r} on model {self.name!r}")
        if name == "id":
            return record.id
        stored = record.row.get(name) if field.in_row else None
        if stored is not None:
            return self._living(record.env, field, stored) if field.type == "many2many" else stored
        return self._worked_out(record, field)

    def _worked_out(self, record: Record, field: FieldSpec) -> JsonValue:
        if field.name in self.computed:
            return self.computed[field.name](record)
        if field.name == "display_name":
            return self.display_name(record)
        if field.path:
            return _follow(record, field.path)
        if field.type == "one2many" and field.relation_field:
            return self._pointing_back(record, field)
        return [] if field.type in TO_MANY else None

    def _pointing_back(self, record: Record, field: FieldSpec) -> JsonValue:
        env = record.env
        if field.relation_field not in env.models[field.relation].spec.fields:
            return []
        found = env.store.pointing(field.relation, field.relation_field, record.id)
        narrow = self.narrowed.get(field.name)
        kept = [number for number in found if narrow is None or narrow(Record(env, field.relation, number))]
        return self._living(env, field, list[JsonValue](kept))

    def _living(self, env: Environment, field: FieldSpec, numbers: JsonValue) -> JsonValue:
        """Existing records in their model's order, archived ones only where the context wants them."""
        rows = env.store.rows(field.relation)
        kept = [number for number in ids_of(numbers) if number in rows]
        target = env.models[field.relation].spec
        if "active" in target.fields and env.context.get("active_test", True):
            kept = [number for number in kept if rows[number].get("active")]
        return list[JsonValue](ordered(env, field.relation, kept, target.order))

    # -- changes -------------------------------------------------------------------------------------------------

    def create_one(self, env: Environment, given: Row) -> Record:
        """A new record from a client's values."""
        values = self._accepted(given)
        self._check_links(env, values)
        values = {**self._context_defaults(env, values), **values}
        values = {**self.initial, **self.defaults(env, values), **values}
        if "active" in self.spec.fields:
            values.setdefault("active", True)
        values = self._with_delegates(env, values)
        record = env.record(self.name, env.store.next_number(self.name))
        self._insert(record, values)
        self._apply_commands(record, values)
        self._write_through(record, values)
        self.after_create(record, values)
        self.check_required(record)
        return record

    def _insert(self, record: Record, values: Row) -> None:
        env = record.env
        row: Row = {name: value for name, value in values.items() if self._is_plain(name)}
        for stamp in ("create", "write"):
            row |= {f"{stamp}_date": env.timestamp, f"{stamp}_uid": env.user_id}
        env.store.put(self.name, record.id, row)
        env.mark_stale([(self.name, record.id), *self.dependents(record, {}, row.keys())])

    def write_all(self, records: Sequence[Record], given: Row) -> None:
        """Change records by a client's values. MissingError where one doesn't exist."""
        self.check_existing(records)
        values = self._accepted(given)
        for record in records[:1]:
            self._check_links(record.env, values)
        self.before_write(records, values)
        plain: Row = {name: value for name, value in values.items() if self._is_plain(name)}
        for record in records:
            record.stamp(plain)
            record.env.mark_stale([(self.name, record.id)])
            self._apply_commands(record, values)
            self._write_through(record, values)
            self.after_write(record, values)
            self.check_required(record)

    def unlink_all(self, records: Sequence[Record]) -> None:
        """Delete records, with what can't be without them."""
        self.check_existing(records)
        self.before_unlink(records)
        for record in records:
            self._release(record)
            before = record.row
            record.env.store.delete(self.name, record.id)
            record.env.mark_stale(self.dependents(record, before, before.keys()))

    def check_existing(self, records: Sequence[Record]) -> None:
        """MissingError as soon as one is gone."""
        for record in records:
            if not record.exists:
                which = f"(Record: {self.name}({record.id},), User: {record.env.user_id})"
                raise MissingError(f"Record does not exist or has been deleted.\n{which}")

    def check_required(self, record: Record) -> None:
        """ValidationError for the first required field that is empty."""
        row = record.row
        for field in self.spec.fields.values():
            if field.required and field.store and field.in_row and row.get(field.name) is None:
                if field.type in ("boolean", "integer", "float", "monetary", "json") or field.name in self.computed:
                    continue
                raise ValidationError(
                    "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n"
                    "- Delete: another model requires the record being deleted. If possible, archive it instead.\n\n"
                    f"Model: {self.spec.description} ({self.name})\nField: {field.string} ({field.name})\n"
                )

    # -- parts ---------------------------------------------------------------------------------------------------

    def _is_plain(self, name: str) -> bool:
        field = self.spec.fields[name]
        return field.in_row and name not in _STAMPS

    def _accepted(self, given: Row) -> Row:
        """Client's values in stored form; commands of relations to many are left as they are."""
        values: Row = {}
        for name, value in given.items():
            field = self.spec.fields.get(name)
            if field is None:
                raise ValueError(f"Invalid field {name!r} on model {self.name!r}")
            values[name] = value if field.type in TO_MANY else client_to_row(self.name, field, value)
        return {name: value for name, value in values.items() if name not in _STAMPS}

    def _check_links(self, env: Environment, values: Row) -> None:
        """MissingError where a client points to a record that isn't there."""
        for name, value in values.items():
            field = self.spec.fields[name]
            if field.type == "many2one" and isinstance(value, int) and not env.elevated:
                env.models[field.relation].check_existing([env.record(field.relation, value)])

    def _context_defaults(self, env: Environment, values: Row) -> Row:
        found = {key[8:]: value for key, value in env.context.items() if key.startswith("default_")}
        return self._accepted({k: v for k, v in found.items() if k in self.spec.fields and k not in values})

    def _delegated(self) -> dict[str, str]:
        """Own field name → the many2one through which its value is reached, for fields of delegates."""
        heads = {name: field.path.partition(".") for name, field in self.spec.fields.items() if field.path}
        return {name: head for name, (head, _, rest) in heads.items() if head in self.delegates and rest == name}

    def _with_delegates(self, env: Environment, values: Row) -> Row:
        """Create the records that this one delegates to, from those of its values that belong there."""
        delegated = self._delegated()
        for link, model in self.delegates.items():
            if not values.get(link):
                theirs: Row = {name: value for name, value in values.items() if delegated.get(name) == link}
                made = env.models[model].create_one(env.with_context(delegating=True), theirs)
                values = {name: value for name, value in values.items() if name not in theirs} | {link: made.id}
        return values

    def _write_through(self, record: Record, values: Row) -> None:
        """Fields that mirror another record's are changed there."""
        delegated = self._delegated()
        for name, value in values.items():
            field = self.spec.fields[name]
            if field.path and (not field.readonly or name in delegated):
                head, _, last = field.path.rpartition(".")
                target = _follow_record(record, head) if head else record
                if target is not None:
                    target.env.models[target.model].write_all([target], {last: value})

    def _apply_commands(self, record: Record, values: Row) -> None:
        for name, value in values.items():
            field = self.spec.fields[name]
            if field.type == "many2many" and not field.path:
                if field.in_row:
                    self._relink(record, field, _many2many(record, field, value))
            elif field.type == "one2many" and not field.path and isinstance(value, list):
                for command in value:
                    self._one2many(record, field, command)

    def _relink(self, record: Record, field: FieldSpec, kept: JsonValue) -> None:
        """Store the ids of a many2many, on the other side as well where the links are seen from both."""
        before = set(ids_of(record.row.get(field.name)))
        record.set(**{field.name: kept})
        if field.name in self.mirrors:
            for number in ids_of(kept):
                _link_back(record.env.record(field.relation, number), self.mirrors[field.name], record.id, linked=True)
            for number in before.difference(ids_of(kept)):
                _link_back(record.env.record(field.relation, number), self.mirrors[field.name], record.id, linked=False)

    def _one2many(self, record: Record, field: FieldSpec, command: JsonValue) -> None:
        """(0, 0, values) creates, (1, id, values) writes, (2, id) deletes, (3, id) unlinks, (4, id) links."""
        if not isinstance(command, list) or not command:
            raise ValueError(f"Wrong value for {self.name}.{field.name}: {command!r}")
        env, model = record.env, record.env.models[field.relation]
        numbers = ids_of(command[1:2])
        if command[0] == 0:
            access.check_model(env, field.relation, "c")
            line = command[2] if isinstance(command[2], dict) else {}
            model.create_one(env, {**line, field.relation_field: record.id})
        elif command[0] == 1 and isinstance(command[2], dict):
            model.write_all([env.record(field.relation, numbers[0])], command[2])
        elif command[0] in (2, 3):
            model.unlink_all([env.record(field.relation, number) for number in numbers])
        elif command[0] == 4:
            model.write_all([env.record(field.relation, numbers[0])], {field.relation_field: record.id})
        elif command[0] in (5, 6):
            kept = ids_of(command[2]) if command[0] == 6 else []
            model.unlink_all([line for line in record.many(field.name) if line.id not in kept])

    def _release(self, record: Record) -> None:
        """Delete what belongs to the record, empty the links to it. ValidationError where a link must not be empty."""
        env = record.env
        owned = {(f.relation, f.relation_field) for f in self.spec.fields.values() if f.type == "one2many"}
        for model in env.models.values():
            for field in model.spec.fields.values():
                if field.type != "many2one" or field.relation != self.name or not field.in_row:
                    continue
                links = env.pointing(model.name, field.name, record.id)
                if not field.required:
                    for link in links:
                        link.set(**{field.name: None})
                elif (model.name, field.name) in owned:
                    model.unlink_all(links)
                elif links:
                    raise ValidationError(
                        "The operation cannot be completed: another model requires the record being deleted. If"
                        f" possible, archive it instead.\n\nModel: {model.spec.description} ({model.name})\n"
                        f"Constraint: {model.name.replace('.', '_')}_{field.name}_fkey\n"
                    )


def _follow(record: Record, path: str) -> JsonValue:
    """The value at the end of a path, by the first record where a step leads to several."""
    head, _, last = path.rpartition(".")
    target = _follow_record(record, head) if head else record
    return target.value(last) if target is not None else None


def _follow_record(record: Record, path: str) -> Record | None:
    target: Record | None = record
    for step in path.split("."):
        if target is None or not target.exists:
            return None
        field = target.env.models[target.model].spec.fields[step]
        target = target.one(step) if field.type == "many2one" else next(iter(target.many(step)), None)
    return target if target is not None and target.exists else None


def _link_back(other: Record, name: str, number: int, *, linked: bool) -> None:
    if other.exists:
        kept = [kept for kept in ids_of(other.row.get(name)) if kept != number]
        other.set(**{name: list[JsonValue]([*kept, number] if linked else kept)})


def _many2many(record: Record, field: FieldSpec, value: JsonValue) -> JsonValue:
    """The ids after a list of commands, or of plain ids."""
    kept = ids_of(record.row.get(field.name))
    for command in value if isinstance(value, list) else []:
        if isinstance(command, int):
            kept.append(command)
        elif isinstance(command, list):
            kept = _after_command(record, field, kept, command)
    return list[JsonValue](dict.fromkeys(kept))


def _after_command(record: Record, field: FieldSpec, kept: list[int], command: list[JsonValue]) -> list[int]:
    code, numbers = command[0], ids_of(command[1:2])
    if code == 0 and isinstance(command[2], dict):
        return [*kept, record.env.create(field.relation, command[2]).id]
    if code in (2, 3):
        return [number for number in kept if number not in numbers]
    if code == 4:
        return [*kept, *numbers]
    return ids_of(command[2]) if code == 6 else [] if code == 5 else kept
