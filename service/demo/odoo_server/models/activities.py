"""Things that people are asked to do about a record, and the record's own side of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import post_note
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of


class Activity(RemoteModel):
    """One thing to do; done, it leaves a note behind and goes."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"automated": False}
    computed: ClassVar[Mapping[str, Compute]] = {
        "state": lambda activity: _state(activity),
        "can_write": lambda _activity: True,
    }

    def display_name(self, record: Record) -> str:
        """The summary, else the kind."""
        kind = record.one("activity_type_id")
        return record.text("summary") or (kind.text("name") if kind else "")

    def defaults(self, env: Environment, values: Row) -> Row:
        """Today, for the caller; the record's model and name."""
        number = values.get("res_model_id")
        system = env.as_system()
        model = system.record("ir.model", number).text("model") if isinstance(number, int) else ""
        found: Row = {"user_id": env.user_id, "date_deadline": env.today.isoformat(), "res_model": model or None}
        target = values.get("res_id")
        if model in env.models and isinstance(target, int):
            found["res_name"] = system.record(model, target).display_name
        return found

    def after_create(self, record: Record, _values: Row) -> None:
        """Whoever plans something about a record must be allowed to change it."""
        env, model = record.env, record.text("res_model")
        if model in env.models and record.integer("res_id"):
            access.check_model(env, model, "w")
            access.check_records([env.record(model, record.integer("res_id"))], "w")

    def remote_action_feedback(
        self, env: Environment, ids: Sequence[int], feedback: JsonValue = False, attachment_ids: JsonValue = None
    ) -> JsonValue:
        """Done: a message on the record, whose id is the answer; the activity goes."""
        activities = self.records(env, ids)
        self.check_existing(activities)
        notes = [_done(activity, str(feedback or ""), ids_of(attachment_ids)) for activity in activities]
        self.unlink_all(activities)
        return next((note.id for note in notes if note), False)

    def remote_action_done(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Done, without a word."""
        return self.remote_action_feedback(env, ids)


def _state(activity: Record) -> str:
    due = activity.day("date_deadline") or activity.env.today
    today = activity.env.today
    return "today" if due == today else "overdue" if due < today else "planned"


def _done(activity: Record, feedback: str, files: list[int]) -> Record | None:
    env, model = activity.env, activity.text("res_model")
    kind, target = activity.one("activity_type_id"), env.record(model, activity.integer("res_id"))
    if model not in env.models or not target.exists:
        return None
    parts = [f"<p><span>{escape(kind.text('name') if kind else '')}</span> done</p>"]
    if activity.text("summary"):
        parts.append(f"<p>{escape(activity.text('summary'))}</p>")
    if feedback:
        parts.append(f"<div>{escape(feedback)}</div>")
    note = post_note(target, f"<div>{''.join(parts)}</div>")
    subtype = next((row.id for row in env.all("mail.message.subtype") if row.text("name") == "Activities"), None)
    note.set(
        subtype_id=subtype,
        mail_activity_type_id=kind.id if kind else None,
        attachment_ids=list[JsonValue](files),
    )
    return note
