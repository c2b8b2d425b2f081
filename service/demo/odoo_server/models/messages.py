"""Notes on records, and attachments."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.filters import ordered
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.planning import schedule
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of, text_to_html

_NOTE = "mail.mt_note"


class ThreadModel(RemoteModel):
    """A model whose records carry notes. ``may_note`` is the right on the record that leaving one takes."""

    may_note: ClassVar[str] = "w"

    def value(self, record: Record, name: str) -> JsonValue:
        """Notes point back by a model's name and an id, not by a many2one."""
        if name == "message_ids":
            return _pointing_at(record, "mail.message", "model")
        if name == "activity_ids" and name in self.spec.fields and not self.spec.fields[name].path:
            return _pointing_at(record, "mail.activity", "res_model")
        if name == "attachment_ids" and self.name == "account.move":
            return _pointing_at(record, "ir.attachment", "res_model")
        return super().value(record, name)

    def remote_message_post(
        self,
        env: Environment,
        ids: Sequence[int],
        body: str = "",
        subject: JsonValue = None,
        message_type: str = "notification",
        subtype_xmlid: JsonValue = None,
        attachment_ids: JsonValue = None,
        attachments: JsonValue = None,
        body_is_html: bool = False,
        **_other: JsonValue,
    ) -> JsonValue:
        """Put a note on a record; its id."""
        access.check_model(env, self.name, self.may_note)
        records = self.records(env, ids)
        self.check_existing(records)
        access.check_records(records, self.may_note)
        record = records[0]
        html = body if body_is_html else text_to_html(body)
        message = post_note(record, html, note=subtype_xmlid == _NOTE, kind=message_type, subject=subject)
        files = ids_of(attachment_ids) + _files_attached(record, attachments)
        if files:
            message.set(attachment_ids=list[JsonValue](files))
            for number in files:
                message.env.record("ir.attachment", number).set(res_model=self.name, res_id=record.id)
            self._set_main_attachment(record, files[0])
        return message.id

    def remote_activity_schedule(
        self,
        env: Environment,
        ids: Sequence[int],
        act_type_xmlid: str = "",
        date_deadline: JsonValue = None,
        summary: str = "",
        note: str = "",
        **act_values: JsonValue,
    ) -> JsonValue:
        """Plan something to do on each of the records."""
        records = self.records(env, ids)
        self.check_existing(records)
        return schedule(records, act_type_xmlid, date_deadline, {"summary": summary, "note": note, **act_values})

    def _set_main_attachment(self, record: Record, number: int) -> None:
        if "message_main_attachment_id" in self.spec.fields and record.value("message_main_attachment_id") is None:
            record.set(message_main_attachment_id=number)

    def unlink_all(self, records: Sequence[Record]) -> None:
        """Notes and attachments go with their record."""
        orphans = [(record, record.ids("message_ids")) for record in records if record.exists]
        super().unlink_all(records)
        for record, notes in orphans:
            for number in notes:
                record.env.store.delete("mail.message", number)


def post_note(
    record: Record, html: str, *, note: bool = True, kind: str = "notification", subject: JsonValue = None
) -> Record:
    """A message on the record by the caller. UserError where the caller has no e-mail address."""
    env = record.env
    author = env.user.one("partner_id")
    email = author.text("email") if author else ""
    if not email:
        raise UserError("Unable to send message, please configure the sender's email address.")
    sender = f'"{author.text("name") if author else ""}" <{email}>'
    values: Row = {
        "model": record.model,
        "res_id": record.id,
        "body": html,
        "subject": subject,
        "message_type": kind,
        "author_id": author.id if author else None,
        "email_from": sender,
        "reply_to": sender,
        "date": env.timestamp[:19],
        "is_internal": note,
        "subtype_id": _subtype(env, "Note" if note else "Discussions"),
        "record_name": record.env.as_system().record(record.model, record.id).display_name,
        "message_id": f"<{env.now.timestamp()}-openerp-{record.id}-{record.model}@demo>",
    }
    return env.create("mail.message", values)


def _subtype(env: Environment, name: str) -> JsonValue:
    return next((kind.id for kind in env.all("mail.message.subtype") if kind.text("name") == name), None)


def _pointing_at(record: Record, model: str, name_field: str) -> JsonValue:
    env = record.env
    rows = env.store.rows(model)
    found = [n for n in env.store.pointing(model, "res_id", record.id) if rows[n].get(name_field) == record.model]
    return list[JsonValue](ordered(env, model, found, env.models[model].spec.order))


def _files_attached(record: Record, attachments: JsonValue) -> list[int]:
    pairs = [pair for pair in attachments if isinstance(pair, list)] if isinstance(attachments, list) else []
    return [record.env.create("ir.attachment", {"name": name, "datas": datas}).id for name, datas in pairs]


class Attachment(RemoteModel):
    """Files; their bytes are stored once by their SHA-1."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"type": "binary", "public": False}
    computed: ClassVar[Mapping[str, Compute]] = {
        "datas": lambda record: base64.b64encode(_content(record)).decode() or None,
        "raw": lambda record: base64.b64encode(_content(record)).decode() or None,
    }

    def defaults(self, env: Environment, values: Row) -> Row:
        """Facts about the content."""
        facts: Row = {"company_id": env.company.id, "res_id": 0, "mimetype": _mimetype(values)}
        return facts | _stored(env, values)

    def after_create(self, record: Record, _values: Row) -> None:
        """Attaching to a record is changing it."""
        env, model = record.env, record.text("res_model")
        if model in env.models and record.integer("res_id"):
            access.check_model(env, model, "w")
            access.check_records([env.record(model, record.integer("res_id"))], "w")

    def before_write(self, records: Sequence[Record], values: Row) -> None:
        """New content, new facts."""
        values.update(_stored(records[0].env, values))


def _content(record: Record) -> bytes:
    return record.env.store.content(record.text("checksum"))


def _mimetype(values: Row) -> str:
    return mimetypes.guess_type(str(values.get("name")))[0] or "application/octet-stream"


def _stored(env: Environment, values: Row) -> Row:
    sent = values.get("datas") or values.get("raw")
    if not isinstance(sent, str):
        return {}
    content = base64.b64decode(sent)
    checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    env.store.put_content(checksum, content)
    return {"checksum": checksum, "file_size": len(content)}


class Message(RemoteModel):
    """A note by itself."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"message_type": "notification"}
