"""How Odoo writes values, turned into ours. All pure.

Odoo writes empty values as ``false``, times as text in UTC without a zone, numbers as floats, a link to one record
as ``[id, name]`` and links to several as a list of ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from service.domain.errors import OdooRefusedError
from service.domain.keys import account_key
from service.domain.records import RecordKind, RecordRef

Row = Mapping[str, Any]

_SCALE = Decimal("0.000001")  # beyond it a float's digits are noise
_TAG = re.compile(r"<[^>]*>")


def to_number(value: Any) -> Decimal:
    """A float of Odoo as the Decimal that it was meant to be."""
    number = Decimal(str(value or 0))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        return number.quantize(_SCALE)
    return number


def to_text(value: Any) -> str | None:
    """Text without blanks around it; None where Odoo has none."""
    return str(value).strip() or None if value else None


def to_plain_text(value: Any) -> str | None:
    """The words of a field that holds HTML."""
    return to_text(" ".join(unescape(_TAG.sub(" ", str(value))).split())) if value else None


def to_id(value: Any) -> int | None:
    """The id in a link to one record."""
    if isinstance(value, list | tuple):
        return int(value[0]) if value else None
    return int(value) if value else None


def to_ids(*values: Any) -> tuple[int, ...]:
    """The ids in links to several records, sorted, each once."""
    return tuple(sorted({int(number) for value in values for number in value or ()}))


def to_time(value: Any) -> datetime | None:
    """A time in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else None


def to_day(value: Any) -> date | None:
    """The day of a date, or of a time in UTC."""
    return date.fromisoformat(value[:10]) if value else None


def to_account(value: Any) -> str | None:
    """A VAT id or account number without the blanks and dots that people type."""
    return account_key(value) or None if value else None


def link_name(value: Any) -> str:
    """The name in a link to one record."""
    return str(value[1]) if isinstance(value, list | tuple) and len(value) > 1 else ""


def required_id(value: Any) -> int:
    """The id in a link that Odoo requires; OdooRefusedError where it is empty."""
    number = to_id(value)
    if number is None:
        raise OdooRefusedError("A link that Odoo requires is empty.", code="ODOO_RECORD")
    return number


def changed_at(*rows: Row) -> datetime:
    """The latest change of the rows; OdooRefusedError where one has no time of its last change."""
    times = [to_time(row["write_date"]) for row in rows]
    if any(time is None for time in times):
        raise OdooRefusedError("A record of Odoo has no time of its last change.", code="ODOO_RECORD")
    return max(time for time in times if time is not None)


def ref_of(kind: RecordKind, row: Row, name: Any) -> RecordRef:
    """What points to the row's record."""
    return RecordRef(kind.value, int(row["id"]), str(name or row["id"]))


def plain(number: Decimal) -> Decimal:
    """Without trailing zeros, never in exponent notation."""
    return Decimal(format(number.normalize(), "f"))


def first_line(text: Any) -> str:
    """The first line of a text."""
    return str(text or "").partition("\n")[0]
