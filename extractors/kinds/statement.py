"""Statements, reminders, payout reports and remittance advices: balances that the entries lead to, and the entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from extractors.choose.statements.texts import entry_texts
from extractors.choose.vocabulary import STATEMENTS
from extractors.layout.lines import Segment
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField
from service.domain.kinds import STATEMENT_FIELDS, STATEMENT_LINE_FIELDS

_ADDS_UP, _PLAIN = 2.8, 1.5
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
    lines = [_line(own, entry, money, balances.holds) for entry, money in zip(entries, balances.amounts, strict=True)]
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


def _line(reading: Reading, entry: Entry, money: Mapping[str, Money], holds: bool) -> Line:
    found = {**entry_texts(reading, entry), **_dates(reading, entry), **_money_fields(money, holds=holds)}
    return Line(MappingProxyType({name: found[name] for name in STATEMENT_LINE_FIELDS if name in found}))


def _money_fields(money: Mapping[str, Money], *, holds: bool) -> dict[str, AnyField]:
    confidence = confidence_of(_ADDS_UP if holds else _PLAIN)
    method = "column and arithmetic" if holds else "column"
    return {
        name: printed(m.value, m.span.raw, confidence, m.span.page, m.span.box, method) for name, m in money.items()
    }


def _dates(reading: Reading, entry: Entry) -> dict[str, AnyField]:
    found: dict[str, AnyField] = {}
    for name in ("date", "due_date"):
        day = _day(reading, entry.segments(name))
        if day is not None:
            found[name] = day
    if "date" not in found:
        day = _day(reading, entry.segments("document_type", "description", "reference", "other_date"))
        found.update({} if day is None else {"date": day})
    return found


def _day(reading: Reading, pieces: Sequence[Segment]) -> AnyField | None:
    for piece in pieces:
        for span in reading.spans(piece, SpanType.DATE):
            return field_of(Candidate(span, _ADDS_UP, "column"), _ADDS_UP)
    return None
