"""How figures, times and names read on the pages."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation

from service.domain.codes import CODES, Code
from service.domain.documents import DocumentKind
from service.domain.lifecycle import DocumentStatus

ABSENT = "–"
MINUS = "−"
_CENTS = 2
_THIN = "\u202f"
_ABBREVIATIONS = {"id": "ID", "vat": "VAT", "iban": "IBAN", "bic": "BIC", "gtin": "GTIN", "sha256": "SHA-256"}
_STATUS_WORDS = {
    DocumentStatus.IN_REVIEW: "To review",
    DocumentStatus.RECONCILED: "Ready",
    DocumentStatus.WAITING_FOR_ODOO: "Waiting for Odoo",
    DocumentStatus.RECORDED: "In Odoo",
}
_KIND_WORDS = {DocumentKind.CUSTOMER_COMMUNICATION: "Customer message", DocumentKind.OTHER: "Other document"}
_IN_A_SENTENCE = re.compile(r"(?<![\w.,/-])\d{4,}\.\d+(?![\w/-]|[.,]\w)")  # a money figure, no number or date
_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNITS = ((timedelta(days=365), "y"), (timedelta(days=30), "mo"), (timedelta(days=1), "d"), (timedelta(hours=1), "h"))


def amount(value: Decimal | None) -> str:
    """Money: grouped by thin spaces, two decimals or as many as it needs ("1 234.50"), a real minus sign."""
    return ABSENT if value is None else figure(_at_scale(value, _CENTS))


def difference(value: Decimal, *figures: str | None) -> str:
    """What two figures lie apart, signed, with as many decimals as they have, or as it needs; dates lie days apart."""
    if any(text and _A_DATE.fullmatch(text) for text in figures):
        return f"{with_sign(figure(_at_scale(value, 0)))} {'day' if abs(value) == 1 else 'days'}"
    scales = [len(text.partition(".")[2]) for text in figures if text]
    return with_sign(figure(_at_scale(value, max(scales, default=0))))


def figure(value: Decimal | str | None) -> str:
    """Any figure in its own scale, grouped; what is no number stays as it is."""
    if value is None or value == "":
        return ABSENT
    try:
        number = Decimal(value)
    except InvalidOperation:
        return str(value)
    return f"{number:,f}".replace(",", _THIN).replace("-", MINUS)


def grouped(text: str | None) -> str:
    """A sentence with its figures of four digits and more grouped like all others: "of 1234.50" → "of 1 234.50"."""
    return _IN_A_SENTENCE.sub(lambda found: figure(found[0]), text or "")


def plain_figure(text: str) -> str:
    """A figure as somebody typed or copied it, without grouping and with an ASCII minus sign."""
    return "".join(text.split()).replace(MINUS, "-")


def with_sign(figure: str) -> str:
    """A written figure that always bears its sign."""
    return figure if figure.startswith((MINUS, ABSENT)) else f"+{figure}"


def quantity(value: Decimal | None) -> str:
    """Without the zeros that only fill the scale: "3", "2.5"."""
    if value is None:
        return ABSENT
    return figure(_at_scale(value, 0))


def percent(share: float) -> str:
    """A share 0..1 in whole percent."""
    return f"{round(share * 100)}\u202f%"


def day(value: date | None) -> str:
    """A date in ISO 8601, which no reader mistakes."""
    return ABSENT if value is None else value.isoformat()


def moment(value: datetime | None, zone: tzinfo) -> str:
    """A moment in ``zone``, to the minute; scripts on the page turn it into the reader's own time."""
    return ABSENT if value is None else f"{value.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def age(since: datetime, now: datetime) -> str:
    """How long ago, in one unit: "12 min", "3 h", "5 d"."""
    passed = now - since
    for unit, sign in _UNITS:
        if passed >= unit:
            return f"{passed // unit}\u202f{sign}"
    minutes = passed // timedelta(minutes=1)
    return f"{minutes}\u202fmin" if minutes > 0 else "now"


def label(name: str) -> str:
    """A snake_case name in words: "seller_vat_id" → "Seller VAT ID"."""
    words = [_ABBREVIATIONS.get(word, word) for word in name.split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def status_label(status: DocumentStatus | str) -> str:
    """What screens call a state."""
    known = DocumentStatus(status)
    return _STATUS_WORDS.get(known) or label(known.value)


def kind_label(kind: DocumentKind | str) -> str:
    """What screens call a kind of document."""
    known = DocumentKind(kind)
    return _KIND_WORDS.get(known) or label(known.value)


def span(time: timedelta) -> str:
    """A length of time in the unit that reads best: "38 s", "12 min", "3.5 h", "2.1 d"."""
    seconds = time.total_seconds()
    for unit, sign in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= unit:
            return f"{seconds / unit:.3g}\u202f{sign}"
    return f"{seconds:.0f}\u202fs"


def code_title(code: Code | str) -> str:
    """What screens call an exception code."""
    return CODES[Code(code)].title


def code_severity(code: Code | str) -> str:
    """The default severity of a code, for the colour of its chip."""
    return CODES[Code(code)].severity.value


def file_size(count: int) -> str:
    """Bytes in the unit that reads best."""
    if count < 1000:
        return f"{count}\u202fB"
    if count < 1_000_000:
        return f"{count / 1000:.0f}\u202fkB"
    return f"{count / 1_000_000:.1f}\u202fMB"


def _at_scale(number: Decimal, least: int) -> Decimal:
    """Without zeros that only fill the scale, but with at least that many decimals."""
    exponent = number.normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return number.quantize(Decimal(1).scaleb(-max(least, needed)))
