"""Puts a form together: header fields from labels, people, choices, sentences and ink, and its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extractors.choose.advised import OF_FORMS, advised_fields
from extractors.choose.currency import choose_currency
from extractors.choose.forms.barcodes import with_barcodes
from extractors.choose.forms.combs import with_combs
from extractors.choose.forms.entries import Entry
from extractors.choose.forms.fields import PARTS, choose_entries, typed_fields
from extractors.choose.forms.letter_contact import letter_contact
from extractors.choose.forms.lines import choose_lines
from extractors.choose.forms.people import customer_fields, sender_fields
from extractors.choose.forms.prose import account_in_letter, is_letter, letter_date, prose_fields
from extractors.choose.forms.reasons import Fields
from extractors.choose.forms.requests import choose_resolution
from extractors.choose.forms.signature import choose_signature
from extractors.choose.forms.titles import number_in_title
from extractors.choose.forms.unlabelled import unlabelled_fields
from extractors.choose.kind import Title
from extractors.choose.reading import Reading
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField
from service.domain.kinds import KindSpec

_FAINT = 0.7  # confidence below which a letter's sender is preferred to what a label gave


@dataclass(frozen=True, slots=True)
class FormKind:
    """A kind of form: its fields, those that date and number it, and choosers of fields of its own."""

    spec: KindSpec
    dated: str
    numbered: str
    own: tuple[Callable[[Reading, Mapping[str, Entry]], dict[str, AnyField]], ...] = ()


def _nothing(reading: Reading, fields: dict[str, AnyField]) -> dict[str, AnyField]:  # noqa: ARG001 - one shape for all
    return {}


def _as_they_are(reading: Reading, lines: tuple[Fields, ...]) -> tuple[Fields, ...]:  # noqa: ARG001
    return lines


def read_form(
    reading: Reading,
    title: Title,
    kind: FormKind,
    *,
    missing: Callable[[Reading, dict[str, AnyField]], dict[str, AnyField]] = _nothing,
    finish: Callable[[Reading, tuple[Fields, ...]], tuple[Fields, ...]] = _as_they_are,
) -> Extraction:
    """The form's fields and lines. ``missing`` adds what labels did not give, ``finish`` completes the lines."""
    reading = with_combs(reading)
    specs = kind.spec.fields
    entries = choose_entries(reading, (*specs, *PARTS))
    found = choose_lines(reading, kind.spec.line_fields)
    fields = typed_fields(reading, entries, specs)
    fields.update(customer_fields(reading, entries))
    fields.update(choose_resolution(reading, entries.get("requested_resolution"), found.asked))
    for choose in kind.own:
        fields.update(choose(reading, entries))
    fields.update(choose_signature(reading))
    for name, field in found.sums.items():
        if name in specs:
            fields.setdefault(name, field)
    for name, field in choose_currency(reading).items():
        fields.setdefault(name, field)
    for name, field in prose_fields(reading, tuple(specs), specs).items():
        fields.setdefault(name, field)
    if is_letter(reading):
        _add_sender(reading, fields, kind.dated)
    _add_number(reading, fields, kind.numbered)
    fields.update(unlabelled_fields(reading, fields, kind.dated, kind.numbered))
    fields.update(missing(reading, fields))
    fields.update(advised_fields(reading, fields, [name for name in OF_FORMS if name in specs]))
    fields, rows = with_barcodes(reading, fields, finish(reading, tuple(map(dict, found.lines))))
    lines = tuple(Line(MappingProxyType(dict(row))) for row in rows)
    sizes = tuple(page.size for page in reading.layout.pages)
    ordered = MappingProxyType({name: (fields[name],) for name in specs if name in fields})
    return Extraction(title.kind, title.confidence, sizes, ordered, lines)


def _add_number(reading: Reading, fields: dict[str, AnyField], numbered: str) -> None:
    """The form's own number by its title, where no label says it or only one that means another paper's."""
    if _is_of_another_paper(fields, numbered):
        del fields[numbered]
    number = number_in_title(reading) if numbered not in fields else None
    if number is not None and all(number.value != field.value for field in fields.values()):
        fields[numbered] = number


def _is_of_another_paper(fields: Mapping[str, AnyField], numbered: str) -> bool:
    """Whether the form's own number is, at the same place, that of an order, an invoice or a telephone."""
    own = fields.get(numbered)
    others = [
        fields[name] for name in ("sale_order_reference", "invoice_reference", "customer_phone") if name in fields
    ]
    return own is not None and any(str(own.value) in str(o.value) and _is_at(own, o) for o in others)


def _is_at(one: AnyField, other: AnyField) -> bool:
    a, b = one.provenance, other.provenance
    if a.box is None or b.box is None or a.page != b.page:
        return False
    return a.box.x_overlap(b.box) > 0 and a.box.y_overlap(b.box) > 0


def _add_sender(reading: Reading, fields: dict[str, AnyField], dated: str) -> None:
    """Who writes a letter and when, where no label says so surely."""
    for name, field in {**sender_fields(reading), **letter_contact(reading)}.items():
        if name not in fields or fields[name].confidence < _FAINT:
            fields[name] = field
    account = account_in_letter(reading) if "iban" not in fields else None
    if account is not None:
        fields["iban"] = account
    if dated not in fields:
        found = letter_date(reading, tuple(fields.values()))
        if found is not None:
            fields[dated] = found
