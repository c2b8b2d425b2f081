"""How values look when they come from a client, lie in a row, and go out again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias, Union

from service.demo.odoo_server.schema import FieldSpec

JsonValue: TypeAlias = Union[bool, int, float, str, "list[JsonValue]", "dict[str, JsonValue]", None]
Row: TypeAlias = dict[str, JsonValue]  # stored values by field; empty is None, many2one an id, many2many a list of ids

TEXTS = frozenset(("char", "text", "html"))
TO_MANY = frozenset(("one2many", "many2many"))
DATE_FORMAT = "%Y-%m-%d"
DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"
STORED_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"  # rows keep microseconds, clients see seconds
HUNDREDTH = Decimal("0.01")
# Odoo rounds these to its precisions "Product Price" and "Product Unit of Measure", both two decimals by default.
TWO_DECIMALS = frozenset(
    "price_unit quantity product_qty product_uom_qty qty_received qty_received_manual qty_invoiced qty_to_invoice"
    " discount standard_price list_price price min_qty".split()
)


def rounded(amount: Decimal) -> Decimal:
    """To hundredths, halves away from zero, as Odoo rounds money."""
    return amount.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def decimal(value: JsonValue) -> Decimal:
    """A stored number as Decimal; empty is zero."""
    return Decimal(str(value)) if isinstance(value, (int, float, str)) and value not in (False, "") else Decimal(0)


def client_to_row(model: str, field: FieldSpec, value: JsonValue) -> JsonValue:
    """The stored form of a single value that a client sent. ValueError as Odoo raises it."""
    if field.type in ("json", "properties", "properties_definition"):
        return value
    if field.type in ("boolean", "integer", "float", "monetary", "many2one_reference"):
        return _number_to_row(field, value)
    if value is None or value is False:
        return None
    if field.type == "date":
        return _parsed_date(str(value)[:10])
    if field.type == "datetime":
        return _parsed_datetime(str(value))
    if field.type == "selection":
        return _checked_selection(model, field, value)
    if field.type == "many2one":
        return _id_of(model, field, value)
    return value if isinstance(value, str) else str(value)


def _number_to_row(field: FieldSpec, value: JsonValue) -> JsonValue:
    if field.type == "boolean":
        return bool(value)
    if isinstance(value, (list, dict)):
        raise TypeError(f"float() argument must be a string or a real number, not '{type(value).__name__}'")
    if field.type in ("integer", "many2one_reference"):
        return int(value or 0)
    if field.type == "monetary" or field.name in TWO_DECIMALS:
        return float(rounded(decimal(float(value or 0.0))))
    return float(value or 0.0)


def _parsed_date(text: str) -> str:
    return datetime.strptime(text, DATE_FORMAT).replace(tzinfo=UTC).strftime(DATE_FORMAT)


def _parsed_datetime(text: str) -> str:
    """Odoo cuts the format to the text's length, so that a bare date is a midnight."""
    form = STORED_DATETIME_FORMAT if "." in text else DATETIME_FORMAT[: len(text) - 2]
    moment = datetime.strptime(text, form).replace(tzinfo=UTC)
    return moment.strftime(STORED_DATETIME_FORMAT)


def _checked_selection(model: str, field: FieldSpec, value: JsonValue) -> JsonValue:
    if field.selection and value not in {key for key, _label in field.selection}:
        raise ValueError(f"Wrong value for {model}.{field.name}: {value!r}")
    return value


def _id_of(model: str, field: FieldSpec, value: JsonValue) -> JsonValue:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, int):
        return value
    raise ValueError(f"Wrong value for {model}.{field.name}: {value!r}")


def literal_to_comparable(field: FieldSpec, value: JsonValue) -> JsonValue:
    """A domain's right-hand value in the form in which rows of that field compare. ValueError where it can't be."""
    if field.type == "datetime":
        return comparable_datetime(str(value))
    if field.type == "date":
        return _parsed_date(str(value)[:10])
    if field.type in ("float", "monetary"):
        return float(value) if isinstance(value, (int, float, str)) else value
    if field.type in ("integer", "many2one_reference", "many2one"):
        return int(value) if isinstance(value, (int, float, str)) else value
    if field.type in TEXTS or field.type == "selection":
        return value if isinstance(value, str) else str(value)
    return value


def comparable_datetime(text: str) -> str:
    """PostgreSQL's reading of a timestamp: a space or a T between date and time, fractions and a zone allowed."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f'invalid input syntax for type timestamp: "{text}"') from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.strftime(STORED_DATETIME_FORMAT)


def row_to_client(field: FieldSpec, value: JsonValue) -> JsonValue:
    """What a read gives for a single value that is no relation: empty is false, numbers are numbers."""
    if field.type == "boolean":
        return bool(value)
    if field.type in ("integer", "many2one_reference"):
        return value or 0
    if field.type in ("float", "monetary"):
        return float(decimal(value))
    if value is None:
        return False
    if field.type == "datetime":
        return str(value)[:19]
    return value


def ids_of(value: JsonValue) -> list[int]:
    """The ids in a client's id, list of ids, or false."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, int) and item]
    return [value] if isinstance(value, int) and value else []


def texts_of(value: JsonValue) -> list[str]:
    """The texts in a client's list; a single text is a list of one."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def mapping_of(value: JsonValue) -> Mapping[str, JsonValue]:
    """A client's object; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def text_to_html(text: str) -> str:
    """Plain text in a paragraph, as Odoo 17 stores the body of a message that is not marked as HTML."""
    escaped = re.sub(r"[&<>\"']", lambda found: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(found[0], found[0]), text)
    return f"<p>{escaped}</p>" if not escaped.startswith("<p>") else escaped
