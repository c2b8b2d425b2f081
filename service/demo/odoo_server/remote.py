"""The methods that clients may call on every model; each is named ``remote_`` and the name that Odoo gives it."""

from __future__ import annotations

from collections.abc import Sequence

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import AccessError
from service.demo.odoo_server.filters import matching, named, ordered
from service.demo.odoo_server.grouping import GroupQuestion, read_groups
from service.demo.odoo_server.model import Model
from service.demo.odoo_server.schema import FieldSpec
from service.demo.odoo_server.values import TO_MANY, JsonValue, Row, ids_of, row_to_client, texts_of

# These are called on the model itself; all others take the ids of records as their first argument.
ON_MODEL = frozenset(
    "search search_read search_count read_group create fields_get name_search default_get check_access_rights"
    " context_get has_group get_param".split()
)

_NAMED = "_classic_read"  # the way of reading that gives a many2one its name; any other gives the bare id


class RemoteModel(Model):
    """A model as clients see it."""

    def remote_search(
        self, env: Environment, domain: JsonValue, offset: int = 0, limit: int | None = None, order: str | None = None
    ) -> JsonValue:
        """Ids of the records that match."""
        return list[JsonValue](self.found(env, domain, offset, limit, order))

    def remote_search_count(self, env: Environment, domain: JsonValue, limit: int | None = None) -> JsonValue:
        """How many match."""
        access.check_model(env, self.name, "r")
        count = len(self._visible(env, domain))
        return min(count, limit) if limit else count

    def remote_search_read(
        self,
        env: Environment,
        domain: JsonValue = None,
        fields: JsonValue = None,
        offset: int = 0,
        limit: int | None = None,
        order: str | None = None,
        load: str | None = _NAMED,
    ) -> JsonValue:
        """Search and read in one call."""
        numbers = self.found(env, domain, offset, limit, order)
        return self.remote_read(env, numbers, fields, load)

    def remote_read(
        self, env: Environment, ids: Sequence[int], fields: JsonValue = None, load: str | None = _NAMED
    ) -> JsonValue:
        """The records' values in the order of the ids; those that don't exist are left out."""
        access.check_model(env, self.name, "r")
        specs = self._wanted(fields)
        records = [record for record in self.records(env, ids) if record.exists]
        access.check_records(records, "r")
        system = env.as_system()
        links: dict[tuple[str, int], str] = {}
        return [
            self._client_row(system.record(self.name, record.id), specs, links, load == _NAMED) for record in records
        ]

    def remote_read_group(
        self,
        env: Environment,
        domain: JsonValue,
        fields: JsonValue,
        groupby: JsonValue,
        offset: int = 0,
        limit: int | None = None,
        orderby: str | None = None,
        lazy: bool = True,
    ) -> JsonValue:
        """Sums and counts by groups."""
        access.check_model(env, self.name, "r")
        numbers = self._visible(env, domain)
        question = GroupQuestion(domain, texts_of(fields), texts_of(groupby), lazy, orderby or "")
        groups = read_groups(env.as_system(), self.name, numbers, question)
        return groups[offset : offset + limit if limit else None]

    def remote_create(self, env: Environment, vals_list: JsonValue) -> JsonValue:
        """A record (or a list of them) from its values; the id (or ids)."""
        access.check_model(env, self.name, "c")
        rows = vals_list if isinstance(vals_list, list) else [vals_list]
        records = [self.create_one(env, dict(row) if isinstance(row, dict) else {}) for row in rows]
        env.settle()
        access.check_records(records, "c")
        numbers = list[JsonValue](record.id for record in records)
        return numbers if isinstance(vals_list, list) else numbers[0]

    def remote_write(self, env: Environment, ids: Sequence[int], vals: Row) -> JsonValue:
        """Change records."""
        access.check_model(env, self.name, "w")
        records = self.records(env, ids)
        self.check_existing(records)
        access.check_records(records, "w")
        self.write_all(records, dict(vals))
        return True

    def remote_unlink(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Delete records."""
        access.check_model(env, self.name, "d")
        records = self.records(env, ids)
        access.check_records(records, "d")
        self.unlink_all([record for record in records if record.exists])
        return True

    def remote_exists(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Those of the ids that exist."""
        return [record.id for record in self.records(env, ids) if record.exists]

    def remote_fields_get(
        self, _env: Environment, allfields: JsonValue = None, attributes: JsonValue = None
    ) -> JsonValue:
        """The definitions of the fields, which need no right on the model."""
        names, wanted = texts_of(allfields), texts_of(attributes)
        return {
            name: {key: value for key, value in _definition(field).items() if not wanted or key in wanted}
            for name, field in self.spec.fields.items()
            if not names or name in names
        }

    def remote_name_search(
        self,
        env: Environment,
        name: str = "",
        args: JsonValue = None,
        operator: str = "ilike",
        limit: int | None = 100,
    ) -> JsonValue:
        """[id, display name] of the records found by name."""
        access.check_model(env, self.name, "r")
        found = set(named(env, self.name, name, operator))
        numbers = [number for number in self._visible(env, args) if number in found]
        numbers = ordered(env, self.name, numbers, self.spec.order)[: limit or None]
        return [[number, env.as_system().record(self.name, number).display_name] for number in numbers]

    def remote_name_get(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """[id, display name] of the records."""
        access.check_model(env, self.name, "r")
        return [[record.id, record.display_name] for record in self.records(env.as_system(), ids) if record.exists]

    def remote_default_get(self, env: Environment, fields_list: JsonValue) -> JsonValue:
        """The values that a new record would have by itself."""
        values = {**self.initial, **self.defaults(env, {})}
        return {name: values[name] for name in texts_of(fields_list) if values.get(name) is not None}

    def remote_check_access_rights(self, env: Environment, operation: str, raise_exception: bool = True) -> JsonValue:
        """Whether the caller has the right on the model."""
        mode = {"read": "r", "write": "w", "create": "c", "unlink": "d"}[operation]
        try:
            access.check_model(env, self.name, mode)
        except AccessError:
            if raise_exception:
                raise
            return False
        return True

    def remote_toggle_active(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Archive what is active, bring back what is archived."""
        for record in self.records(env, ids):
            self.remote_write(env, [record.id], {"active": not record.flag("active")})
        return None

    def remote_action_archive(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Archive."""
        return self.remote_write(env, ids, {"active": False})

    def remote_action_unarchive(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Bring back from the archive."""
        return self.remote_write(env, ids, {"active": True})

    # -- parts ---------------------------------------------------------------------------------------------------

    def records(self, env: Environment, ids: Sequence[int] | int) -> list[Record]:
        """Records by ids; a single id is a list of one."""
        return [env.record(self.name, number) for number in ([ids] if isinstance(ids, int) else ids)]

    def found(
        self, env: Environment, domain: JsonValue, offset: int, limit: int | None, order: str | None
    ) -> list[int]:
        """Ids of the records that match and that the caller may see, in order."""
        access.check_model(env, self.name, "r")
        numbers = ordered(env, self.name, self._visible(env, domain), order or self.spec.order)
        return numbers[offset or 0 :][: limit or None]

    def _visible(self, env: Environment, domain: JsonValue) -> list[int]:
        return access.permitted(env, self.name, matching(env, self.name, domain), "r")

    def all_fields(self) -> Sequence[str]:
        """What a read without a list of fields gives."""
        return list(self.spec.fields)

    def _wanted(self, fields: JsonValue) -> list[FieldSpec]:
        names = texts_of(fields) or self.all_fields()
        for name in names:
            if name not in self.spec.fields:
                raise ValueError(f"Invalid field {name!r} on model {self.name!r}")
        return [self.spec.fields[name] for name in names if name != "id"]

    def _client_row(
        self, record: Record, specs: Sequence[FieldSpec], links: dict[tuple[str, int], str], named_links: bool
    ) -> dict[str, JsonValue]:
        answer: dict[str, JsonValue] = {"id": record.id}
        for field in specs:
            value = self.value(record, field.name)
            if field.type in TO_MANY:
                answer[field.name] = list[JsonValue](ids_of(value))
            elif field.type == "many2one":
                answer[field.name] = _link(record.env, field, value, links, named_links)
            else:
                answer[field.name] = row_to_client(field, value)
        return answer


def _link(
    env: Environment, field: FieldSpec, value: JsonValue, links: dict[tuple[str, int], str], named_links: bool
) -> JsonValue:
    """[id, display name], worked out once a record and call; false where empty or gone."""
    if not isinstance(value, int) or value not in env.store.rows(field.relation):
        return False
    if not named_links:
        return value
    key = (field.relation, value)
    if key not in links:
        links[key] = env.record(*key).display_name
    return [value, links[key] or False]


def _definition(field: FieldSpec) -> dict[str, JsonValue]:
    searchable = field.store or field.search or bool(field.path)
    extra: dict[str, JsonValue] = {"name": field.name, "searchable": searchable, "sortable": field.store}
    return {**extra, **field.attributes}
