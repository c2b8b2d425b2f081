"""Statements, reminders, payout reports and remittance advices: balances that the entries lead to, and the entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from extractors.choose.candidates import Candidate, confidence_of, field_of, printed
from extractors.choose.currency import choose_currency
from extractors.choose.kind import Title
from extractors.choose.parties import choose_parties, sent_by_buyer
from extractors.choose.reading import Reading
from extractors.choose.references import account_over_two_lines
from extractors.choose.spans import SpanType
from extractors.choose.statements.balances import Balances, Money, choose_balances
from extractors.choose.statements.entries import Entry, find_entries
from extractors.choose.statements.named import named_paper
from extractors.choose.statements.period import choose_days
from extractors.choose.statements.short_dates import short_day
from extractors.choose.statements.texts import entry_texts
from extractors.choose.vocabulary import STATEMENTS
from extractors.layout.lines import Segment
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField
from service.domain.kinds import STATEMENT_FIELDS, STATEMENT_LINE_FIELDS

_ADDS_UP, _PLAIN = 2.8, 1.5
_DATED = ("document_type", "description", "reference", "other_date")  # where a day stands that has no column
_OUTSIDE, _LABELLED = 1.2, 1.0


def read(reading: Reading, title: Title) -> Extraction:
    """The entries with their amounts, what they add up to, and who tells whom about which days."""
    own = Reading(reading.layout, STATEMENTS, reading.memories)
    entries = find_entries(own)
    taken = frozenset(number for entry in entries for number in entry.lines())
    balances = choose_balances(own, entries, title.kind)
    found: dict[str, AnyField] = {
        **choose_currency(reading),
        **choose_days(own, title.line, taken),
        **_account(own, taken),
        **_parties(reading, title.kind),
        **_balance_fields(balances),
    }
    latest = _latest_day(found)
    lines = [
        _line(own, entry, {**_dates(own, entry, latest), **_money_fields(money, holds=balances.holds)}, title.kind)
        for entry, money in zip(entries, balances.amounts, strict=True)
    ]
    lines = lines or list(named_paper(reading, title))
    fields = MappingProxyType({name: (found[name],) for name in STATEMENT_FIELDS if name in found})
    sizes = tuple(page.size for page in reading.layout.pages)
    return Extraction(title.kind, title.confidence, sizes, fields, tuple(lines))


def _parties(reading: Reading, kind: DocumentKind) -> dict[str, AnyField]:
    parties = choose_parties(reading)
    found = (sent_by_buyer(parties) if kind is DocumentKind.REMITTANCE_ADVICE else parties).fields()
    return {name: found[name] for name in ("seller_name", "buyer_name") if name in found}


def _account(reading: Reading, taken: frozenset[int]) -> dict[str, AnyField]:
    """The account that the paper is of, or to which is to be paid: none of an entry's."""
    labelled_at = {hit.segment.line for hit in reading.hits_of("iban")}
    found = [
        Candidate(span, _OUTSIDE + _LABELLED * (span.segment.line in labelled_at), "form of an IBAN")
        for span in reading.all_spans(SpanType.IBAN)
        if span.segment.line not in taken
    ]
    best = max(found, key=lambda candidate: candidate.score, default=None)
    whole = None if best is not None and best.span.valid else account_over_two_lines(reading)
    if whole is not None:
        return {"iban": whole}
    return {} if best is None else {"iban": field_of(best, best.score)}


def _balance_fields(balances: Balances) -> dict[str, AnyField]:
    chosen = {
        "opening_balance": balances.opening,
        "closing_balance": balances.closing,
        "grand_total": balances.total,
    }
    extra = _ADDS_UP - _PLAIN if balances.holds else 0.0
    return {name: field_of(c, c.score / 2 + extra) for name, c in chosen.items() if c is not None}


def _line(reading: Reading, entry: Entry, known: Mapping[str, AnyField], kind: DocumentKind) -> Line:
    found = {**entry_texts(reading, entry, kind), **known}
    sort = found.get("document_type")
    if kind is DocumentKind.BANK_STATEMENT and sort is not None and sort.value == "credit_note":
        found["document_type"] = replace(sort, value="payment")  # a bank calls so what comes in
    return Line(MappingProxyType({name: found[name] for name in STATEMENT_LINE_FIELDS if name in found}))


def _money_fields(money: Mapping[str, Money], *, holds: bool) -> dict[str, AnyField]:
    confidence = confidence_of(_ADDS_UP if holds else _PLAIN)
    method = "column and arithmetic" if holds else "column"
    return {
        name: printed(m.value, m.span.raw, confidence, m.span.page, m.span.box, method) for name, m in money.items()
    }


def _latest_day(found: Mapping[str, AnyField]) -> date | None:
    """The last day that the paper can tell of."""
    days = (found[name].value for name in ("period_end", "issue_date") if name in found)
    return next((day for day in days if isinstance(day, date)), None)


def _dates(reading: Reading, entry: Entry, latest: date | None) -> dict[str, AnyField]:
    found: dict[str, AnyField] = {}
    for name in ("date", "due_date"):
        day = _day(reading, entry.segments(name))
        if day is not None:
            found[name] = day
    if "date" not in found:
        day = _short_day(reading, entry, latest) or _day(reading, entry.segments(*_DATED, *entry.cells))
        found.update({} if day is None else {"date": day})
    if "due_date" not in found:
        day = _named_due_date(reading, entry)
        found.update({} if day is None else {"due_date": day})
    return found


def _day(reading: Reading, pieces: Sequence[Segment]) -> AnyField | None:
    for piece in pieces:
        for span in reading.spans(piece, SpanType.DATE):
            return field_of(Candidate(span, _ADDS_UP, "column"), _ADDS_UP)
    return None


def _short_day(reading: Reading, entry: Entry, latest: date | None) -> AnyField | None:
    for piece in entry.segments("date"):
        day = short_day(piece.text, reading.day_order, latest) if latest is not None else None
        if day is not None:
            return printed(
                day, piece.text, confidence_of(_PLAIN), piece.page, piece.box, "column, with the paper's year"
            )
    return None


def _named_due_date(reading: Reading, entry: Entry) -> AnyField | None:
    """The day that a text calls due, as in "INV 10045, due 03/04/2026"."""
    for piece in entry.segments("document_type", "description", "reference"):
        named = [hit for hit in reading.hits(piece) if hit.weight("due_date")]
        for span in reading.spans(piece, SpanType.DATE) if named else ():
            if span.start >= named[0].end:
                return field_of(Candidate(span, _PLAIN, f"label “{named[0].text}”"), _PLAIN)
    return None
