"""Plans activities on records by the name that Odoo gives a kind of activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.values import JsonValue, Row

_KINDS = {
    "mail.mail_activity_data_email": "Email",
    "mail.mail_activity_data_call": "Call",
    "mail.mail_activity_data_meeting": "Meeting",
    "mail.mail_activity_data_todo": "To-Do",
    "mail.mail_activity_data_upload_document": "Upload Document",
    "mail.mail_activity_data_warning": "Exception",
}


def schedule(records: Sequence[Record], kind: str, day: JsonValue, given: Mapping[str, JsonValue]) -> str:
    """An activity on each of the records, of the kind with that external id (else a to-do). The answer is the text
    that Odoo's records turn into.
    """
    env = records[0].env
    shared: Row = {
        "res_model_id": model_id(env, records[0].model),
        "activity_type_id": _kind(env, _KINDS.get(kind, "To-Do")),
        "automated": True,
        "date_deadline": str(day) if day else env.today.isoformat(),
        **{name: value for name, value in given.items() if value},
    }
    activities = env.models["mail.activity"]
    made = [activities.create_one(env, {**shared, "res_id": record.id}) for record in records]
    return f"mail.activity({', '.join(str(activity.id) for activity in made)}{',' if len(made) == 1 else ''})"


def model_id(env: Environment, model: str) -> JsonValue:
    """The id under which the database knows a model."""
    return next((row.id for row in env.all("ir.model") if row.text("model") == model), None)


def _kind(env: Environment, name: str) -> JsonValue:
    return next((kind.id for kind in env.all("mail.activity.type") if kind.text("name") == name), None)
