"""Payments and bank lines that may belong to a document: what they say, to whom they went, and how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from matchers.case import Case, Linkage
from matchers.explain import amount_text, match_of, prior, score_of
from service.domain.documents import BILLABLE_KINDS, DocumentKind
from service.domain.keys import account_key, reference_key, references_within
from service.domain.matching import Evidence, Match, Role
from service.domain.money import Tolerance
from service.domain.records import Payment, RecordRef, StatementLine

CHOSEN_SCORE = 0.8
_PRIOR = -3.0
_NAMED, _ALLOCATED, _ALLOCATED_ELSEWHERE = 4.0, 5.0, -6.0
_SAME_PARTNER, _OTHER_PARTNER, _SAME_ACCOUNT = 1.5, -5.0, 1.5
_AMOUNT_EQUAL, _AMOUNT_OTHER = 2.0, -0.5
_DATE_FITS, _DATE_FAR = 1.0, -2.5
_LONGEST_TERM_DAYS, _PAID_AHEAD_DAYS = 60, 10
_SHORTEST_NUMBER = 4
_MOST_MATCHES = 5


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The payment that would settle the document; amounts positive, whichever way the money goes."""

    numbers: frozenset[str]
    bill_ids: frozenset[int]
    partner_id: int | None
    accounts: frozenset[str]
    amount: Decimal | None
    issued_on: date | None
    is_outgoing: bool
    tolerance: Tolerance


@dataclass(frozen=True, slots=True)
class _Money:
    """A payment or a bank line, as they are compared."""

    role: Role
    ref: RecordRef
    is_outgoing: bool
    amount: Decimal
    day: date | None
    text: str | None
    head_id: int | None
    account: str
    bill_ids: tuple[int, ...]


def due_amount(case: Case) -> Decimal | None:
    """What the document asks to be paid: the amount due where it prints one, else the total."""
    due, total = case.extraction.amount("amount_due"), case.extraction.amount("grand_total")
    asked = total if due is None else due
    return None if asked is None else abs(asked)


def payment_matches(case: Case, linkage: Linkage) -> tuple[Match, ...]:
    """Payments and bank lines of this bill, or of the invoices that a customer's form is about: allocated to it,
    naming its number, or of its amount at its time. Best first within each role.
    """
    wanted = _of_bill(case, linkage) if case.extraction.kind in BILLABLE_KINDS else _of_invoices(case, linkage)
    records = linkage.index.records
    payments = (_payment(entry, linkage) for entry in records.payments if entry.state != "cancel")
    lines = (_line(entry, linkage) for entry in records.statement_lines)
    return (*_best(payments, wanted, linkage), *_best(lines, wanted, linkage))


def _of_bill(case: Case, linkage: Linkage) -> _Wanted:
    extraction, vendor = case.extraction, linkage.vendor
    printed = (extraction.text(name) for name in ("invoice_number", "payment_reference"))
    keys = frozenset(reference_key(text) for text in printed if text)
    return _Wanted(
        numbers=frozenset(key for key in keys if len(key) >= _SHORTEST_NUMBER),
        bill_ids=frozenset(match.ref.id for match in linkage.bills if match.chosen),
        partner_id=vendor.ref.id if vendor else None,
        accounts=frozenset(account_key(text) for text in extraction.texts("iban")),
        amount=due_amount(case),
        issued_on=extraction.day("issue_date"),
        is_outgoing=extraction.kind is not DocumentKind.CREDIT_NOTE,
        tolerance=case.policy.payment,
    )


def _of_invoices(case: Case, linkage: Linkage) -> _Wanted:
    invoices = linkage.sale.invoices
    return _Wanted(
        numbers=frozenset(reference_key(bill.ref.name) for bill in invoices),
        bill_ids=frozenset(bill.ref.id for bill in invoices),
        partner_id=linkage.customer.ref.id if linkage.customer else None,
        accounts=frozenset(),
        amount=sum((bill.total_amount for bill in invoices), Decimal(0)) or None,
        issued_on=min((bill.billed_on for bill in invoices if bill.billed_on), default=None),
        is_outgoing=False,
        tolerance=case.policy.payment,
    )


def _payment(payment: Payment, linkage: Linkage) -> _Money:
    return _Money(
        role=Role.PAYMENT,
        ref=payment.ref,
        is_outgoing=payment.is_outgoing,
        amount=payment.amount,
        day=payment.paid_on,
        text=payment.reference,
        head_id=linkage.index.head_id(payment.partner_id),
        account="",
        bill_ids=payment.bill_ids,
    )


def _line(line: StatementLine, linkage: Linkage) -> _Money:
    return _Money(
        role=Role.STATEMENT_LINE,
        ref=line.ref,
        is_outgoing=line.amount < 0,
        amount=abs(line.amount),
        day=line.booked_on,
        text=line.payment_reference,
        head_id=linkage.index.head_id(line.partner_id),
        account=account_key(line.account_number or ""),
        bill_ids=line.bill_ids,
    )


def _best(candidates: Iterable[_Money], wanted: _Wanted, linkage: Linkage) -> tuple[Match, ...]:
    found = []
    for money in candidates:
        evidence = tuple(_evidence(money, wanted, linkage))
        if evidence:
            chosen = score_of(evidence) >= CHOSEN_SCORE
            found.append(match_of(money.role, money.ref, evidence, chosen=chosen))
    found.sort(key=lambda match: (-match.score, match.ref.id))
    return tuple(found[:_MOST_MATCHES])


def _evidence(money: _Money, wanted: _Wanted, linkage: Linkage) -> Iterator[Evidence]:
    """Nothing where the money goes the other way, or has only its amount or its partner in common."""
    named = wanted.numbers.intersection(references_within(money.text or ""))
    allocated = wanted.bill_ids.intersection(money.bill_ids)
    party = _party(money, wanted, linkage)
    same_amount = wanted.amount is not None and wanted.tolerance.allows(money.amount, wanted.amount)
    fits = same_amount and party is not None and party.weight > 0 and not money.bill_ids
    if money.is_outgoing is not wanted.is_outgoing or not (named or allocated or fits):
        return
    yield prior(_PRIOR)
    if named:
        yield Evidence("payment_reference", ", ".join(sorted(named)), money.text, _NAMED)
    if allocated:
        yield Evidence("allocation", None, money.ref.name, _ALLOCATED)
    elif money.bill_ids:
        yield Evidence("allocation", None, "allocated to another bill", _ALLOCATED_ELSEWHERE)
    if party is not None:
        yield party
    if wanted.amount is not None:
        weight = _AMOUNT_EQUAL if same_amount else _AMOUNT_OTHER
        yield Evidence("amount", amount_text(wanted.amount), amount_text(money.amount), weight)
    yield from _date_evidence(money, wanted)


def _party(money: _Money, wanted: _Wanted, linkage: Linkage) -> Evidence | None:
    if money.account and money.account in wanted.accounts:
        return Evidence("iban", money.account, money.account, _SAME_ACCOUNT)
    if money.head_id is None or wanted.partner_id is None:
        return None
    partners = linkage.index.partners
    shown = [partners[i].ref.name if i in partners else None for i in (wanted.partner_id, money.head_id)]
    weight = _SAME_PARTNER if money.head_id == wanted.partner_id else _OTHER_PARTNER
    return Evidence("partner", shown[0], shown[1], weight)


def _date_evidence(money: _Money, wanted: _Wanted) -> Iterator[Evidence]:
    if money.day is None or wanted.issued_on is None:
        return
    days = (money.day - wanted.issued_on).days
    weight = _DATE_FITS if -_PAID_AHEAD_DAYS <= days <= _LONGEST_TERM_DAYS else _DATE_FAR
    yield Evidence("date", wanted.issued_on.isoformat(), money.day.isoformat(), weight)
