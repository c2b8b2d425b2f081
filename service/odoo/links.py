"""Where Odoo shows a record to people."""

from __future__ import annotations

from service.domain.records import RecordRef


def record_url(base: str, ref: RecordRef) -> str:
    """The address of the record's form below Odoo's own at ``base``."""
    return f"{base.rstrip('/')}/web#id={ref.id}&model={ref.model}&view_type=form"
