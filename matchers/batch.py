"""The whole books examined for what no document asks about: bills that nobody paid, money that nothing explains.

Every rule is one pass over sorted or indexed records, so that a hundred thousand moves take seconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from matchers.explain import amount_text
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy, Finding
from service.domain.excerpt import Records
from service.domain.keys import reference_key, references_within
from service.domain.policy import Policy
from service.domain.records import Bill, Payment, RecordRef, StatementLine

_ZERO = Decimal(0)
_POSTED = "posted"
_UNPAID = frozenset({"not_paid", "partial"})
_SHORTEST_REFERENCE = 5  # shorter numbers stand in too many texts by chance
_BANK_DAYS = timedelta(days=10)  # how long a payment takes to show at the bank


@dataclass(frozen=True, slots=True)
class _Books:
    """What the rules look up: posted bills and payments, the payments of each bill, and bills by what they're called
    and the amounts that are open (partner, whether we pay, currency, amount).
    """

    bills: Mapping[int, Bill]
    payments: tuple[Payment, ...]
    payments_of: Mapping[int, tuple[Payment, ...]]
    bills_by_key: Mapping[str, tuple[Bill, ...]]
    open_amounts: frozenset[tuple[int | None, bool, str, Decimal]]
    lines: tuple[StatementLine, ...]
    partners: Mapping[int, str]
    policy: Policy
    today: date

    def found(self, record: Bill | Payment | StatementLine, discrepancy: Discrepancy) -> Finding:
        """The discrepancy on its record, with the currency and whom it is about."""
        party = self.partners.get(record.partner_id) if record.partner_id is not None else None
        if party is None and isinstance(record, StatementLine):
            party = record.partner_name
        return Finding(record.ref, discrepancy, record.currency, party)


def examine(records: Records, policy: Policy, today: date) -> Iterator[Finding]:
    """PAYMENT_MISSING, PAYMENT_AMOUNT_MISMATCH, DUPLICATE_PAYMENT, UNALLOCATED_PAYMENT and PAYMENT_WITHOUT_DOCUMENT of
    the whole books, rule by rule, each by record id. Pure: the same records give the same findings in the same order.
    """
    books = _books(records, policy, today)
    twice = {found.subject: found for found in _paid_twice(books)}
    yield from _missing(books)
    yield from _other_amounts(books, frozenset(twice))
    yield from (twice[ref] for ref in sorted(twice, key=lambda ref: ref.id))
    yield from _unallocated(books, frozenset(twice))
    yield from _without_document(books)


def _books(records: Records, policy: Policy, today: date) -> _Books:
    posted = (bill for bill in records.bills if bill.state == _POSTED)
    bills = {bill.ref.id: bill for bill in sorted(posted, key=lambda bill: bill.ref.id)}
    payments = tuple(sorted((p for p in records.payments if p.state == _POSTED), key=_payment_id))
    payments_of: defaultdict[int, list[Payment]] = defaultdict(list)
    for payment in payments:
        for bill_id in payment.bill_ids:
            payments_of[bill_id].append(payment)
    by_key: defaultdict[str, list[Bill]] = defaultdict(list)
    for bill in bills.values():
        for key in _keys(bill):
            by_key[key].append(bill)
    return _Books(
        bills=bills,
        payments=payments,
        payments_of={bill_id: tuple(found) for bill_id, found in payments_of.items()},
        bills_by_key={key: tuple(found) for key, found in by_key.items()},
        open_amounts=frozenset(
            (bill.partner_id, _pays_out(bill), bill.currency, abs(bill.open_amount))
            for bill in bills.values()
            if bill.payment_state in _UNPAID
        ),
        lines=tuple(sorted(records.statement_lines, key=lambda line: line.ref.id)),
        partners={partner.ref.id: partner.ref.name for partner in records.partners},
        policy=policy,
        today=today,
    )


def _payment_id(payment: Payment) -> int:
    return payment.ref.id


def _keys(bill: Bill) -> frozenset[str]:
    printed = (bill.ref.name, bill.vendor_reference, bill.payment_reference)
    keys = (reference_key(text) for text in printed if text)
    return frozenset(key for key in keys if len(key) >= _SHORTEST_REFERENCE)


def _pays_out(bill: Bill) -> bool:
    """Whether settling it takes our money: vendors' bills, customers' credit notes."""
    return bill.is_sale is bill.is_refund


def _missing(books: _Books) -> Iterator[Finding]:
    """PAYMENT_MISSING: due before today and nothing was paid; a credit note is settled by the next bill."""
    for bill in sorted(books.bills.values(), key=lambda bill: bill.ref.id):
        is_late = bill.due_on is not None and bill.due_on < books.today
        is_open = bill.payment_state in _UNPAID and abs(bill.open_amount) > books.policy.payment.absolute
        if is_late and is_open and not bill.is_refund and not books.payments_of.get(bill.ref.id):
            yield books.found(bill, _overdue(bill, books))


def _overdue(bill: Bill, books: _Books) -> Discrepancy:
    days = (books.today - bill.due_on).days if bill.due_on else 0
    who = "The customer's invoice" if bill.is_sale else "Bill"
    return finding(
        Code.PAYMENT_MISSING,
        f"{who} {bill.ref.name} was due on {bill.due_on}, {days} days ago, and {amount_text(bill.open_amount)} of "
        f"{amount_text(bill.total_amount)} is open.",
        field="due_date",
        expected=amount_text(bill.open_amount),
        actual="0.00",
        difference=-abs(bill.open_amount),
        tolerance=str(books.policy.payment),
        odoo_refs=(bill.ref,),
        money_at_risk=abs(bill.open_amount),
        releases_when=f"{bill.ref.name} is paid in Odoo.",
    )


def _other_amounts(books: _Books, twice: frozenset[RecordRef]) -> Iterator[Finding]:
    """PAYMENT_AMOUNT_MISMATCH: the payments of one bill are less than it, and it stays open; or more."""
    for bill_id, payments in sorted(books.payments_of.items()):
        bill = books.bills.get(bill_id)
        alone = [p for p in payments if p.bill_ids == (bill_id,) and bill is not None and p.currency == bill.currency]
        if bill is None or len(alone) != len(payments) or any(p.ref in twice for p in payments):
            continue
        paid = sum((payment.amount for payment in alone), _ZERO)
        too_much = paid - bill.total_amount > books.policy.payment.absolute
        too_little = bill.payment_state == "partial" and bill.open_amount > books.policy.payment.absolute
        if too_much or too_little:
            yield books.found(bill, _other_amount(bill, paid, alone, books))


def _other_amount(bill: Bill, paid: Decimal, payments: Iterable[Payment], books: _Books) -> Discrepancy:
    refs = tuple(payment.ref for payment in payments)
    difference = paid - bill.total_amount
    return finding(
        Code.PAYMENT_AMOUNT_MISMATCH,
        f"{', '.join(ref.name for ref in refs)} paid {amount_text(paid)} of {bill.ref.name}, which is over "
        f"{amount_text(bill.total_amount)}; {amount_text(bill.open_amount)} is open.",
        field="amount",
        expected=amount_text(bill.total_amount),
        actual=amount_text(paid),
        difference=difference,
        tolerance=str(books.policy.payment),
        odoo_refs=(bill.ref, *refs),
        money_at_risk=abs(difference),
        releases_when=f"{bill.ref.name} is paid in full, or the rest credited, in Odoo.",
    )


def _paid_twice(books: _Books) -> Iterator[Finding]:
    """DUPLICATE_PAYMENT: the same partner got the same amount within the policy's days, for the same reference or the
    same bill, and together more than the bill. Payments are grouped by what they are for; of equals the neighbours
    by amount and day are compared.
    """
    groups: defaultdict[tuple[object, ...], list[Payment]] = defaultdict(list)
    for payment in books.payments:
        if payment.partner_id is None or payment.paid_on is None:
            continue
        whom = (payment.is_outgoing, payment.partner_id, payment.currency)
        reference = reference_key(payment.reference or "")
        if any(char.isdigit() for char in reference):
            groups[(*whom, reference)].append(payment)
        for bill_id in payment.bill_ids:
            groups[(*whom, bill_id)].append(payment)
    for group in groups.values():
        group.sort(key=lambda payment: (payment.amount, _paid_on(payment), payment.ref.id))
        for pair in pairwise(group):
            first, second = sorted(pair, key=lambda payment: (_paid_on(payment), payment.ref.id))
            if _is_twice(first, second, books):
                yield books.found(second, _twice(first, second, books))


def _is_twice(first: Payment, second: Payment, books: _Books) -> bool:
    apart = (_paid_on(second) - _paid_on(first)).days
    same = books.policy.payment.allows(second.amount, first.amount)
    if not same or apart > books.policy.duplicate_payment_days:
        return False
    bills = _bills_of(first, second, books)
    owed = sum((bill.total_amount for bill in bills), _ZERO)
    return not bills or first.amount + second.amount - owed > books.policy.payment.absolute


def _bills_of(first: Payment, second: Payment, books: _Books) -> tuple[Bill, ...]:
    """The bills that the two are allocated to; without any, those that their text names, of that partner."""
    ids = dict.fromkeys((*first.bill_ids, *second.bill_ids))
    allocated = tuple(books.bills[bill_id] for bill_id in ids if bill_id in books.bills)
    if allocated:
        return allocated
    named = (bill for key in references_within(first.reference or "") for bill in books.bills_by_key.get(key, ()))
    own = {bill.ref: bill for bill in named if bill.partner_id == first.partner_id}
    return tuple(own.values())


def _twice(first: Payment, second: Payment, books: _Books) -> Discrepancy:
    bills = _bills_of(first, second, books)
    for_what = ", ".join(bill.ref.name for bill in bills) or second.reference or "the same"
    return finding(
        Code.DUPLICATE_PAYMENT,
        f"{second.ref.name} of {second.paid_on} paid {amount_text(second.amount)} for {for_what} again, after "
        f"{first.ref.name} of {first.paid_on} over {amount_text(first.amount)}.",
        field="amount",
        expected=amount_text(_ZERO),
        actual=amount_text(second.amount),
        difference=second.amount,
        tolerance=f"{books.policy.payment} within {books.policy.duplicate_payment_days} days",
        odoo_refs=(second.ref, first.ref, *(bill.ref for bill in bills)),
        money_at_risk=second.amount,
        releases_when=f"{second.ref.name} is cancelled, or allocated to another bill, in Odoo.",
    )


def _unallocated(books: _Books, twice: frozenset[RecordRef]) -> Iterator[Finding]:
    """UNALLOCATED_PAYMENT: a posted payment that belongs to no bill and wasn't found to be paid twice."""
    for payment in books.payments:
        if payment.bill_ids or payment.ref in twice:
            continue
        text = f" ({payment.reference})" if payment.reference else ""
        yield books.found(
            payment,
            finding(
                Code.UNALLOCATED_PAYMENT,
                f"Payment {payment.ref.name}{text} of {payment.paid_on} over {amount_text(payment.amount)} is "
                f"allocated to no bill, 0.00 of it.",
                field="amount",
                expected=amount_text(payment.amount),
                actual="0.00",
                difference=-payment.amount,
                odoo_refs=(payment.ref,),
                money_at_risk=payment.amount,
                releases_when=f"{payment.ref.name} is allocated in Odoo.",
            ),
        )


def _without_document(books: _Books) -> Iterator[Finding]:
    """PAYMENT_WITHOUT_DOCUMENT: an open bank line that neither payment nor bill explains; where its text names a bill
    but the amount is another, PAYMENT_AMOUNT_MISMATCH.
    """
    settled = {line_id for payment in books.payments for line_id in payment.statement_line_ids}
    transit = _Transit(payment for payment in books.payments if not payment.statement_line_ids)
    for line in books.lines:
        is_open = not (line.is_matched or line.bill_ids or line.ref.id in settled) and line.amount != 0
        if not is_open or transit.explains(line):
            continue
        named = _named_bill(line, books)
        if named is not None and not _fits(named, line, books):
            yield books.found(line, _other_line_amount(named, line, books))
        elif named is None and not _fits_any(line, books):
            yield books.found(line, _unexplained(line))


class _Transit:
    """Payments that the bank hasn't shown yet; each explains one bank line, the nearest in time first."""

    def __init__(self, payments: Iterable[Payment]) -> None:
        groups: defaultdict[tuple[bool, str, Decimal], list[Payment]] = defaultdict(list)
        for payment in payments:
            if payment.paid_on is not None:
                groups[payment.is_outgoing, payment.currency, payment.amount].append(payment)
        self._groups = {key: sorted(group, key=_paid_on) for key, group in groups.items()}
        self._taken: set[int] = set()

    def explains(self, line: StatementLine) -> bool:
        """Whether the line may be how one of them shows at the bank, which is taken from now on."""
        group = self._groups.get((line.amount < 0, line.currency, abs(line.amount)), [])
        first = bisect_left(group, line.booked_on - _BANK_DAYS, key=_paid_on)
        last = bisect_right(group, line.booked_on + _BANK_DAYS, key=_paid_on)
        fitting = [
            payment
            for payment in group[first:last]
            if payment.ref.id not in self._taken and line.partner_id in (None, payment.partner_id)
        ]
        if not fitting:
            return False
        best = min(fitting, key=lambda payment: (abs(line.booked_on - _paid_on(payment)), payment.ref.id))
        self._taken.add(best.ref.id)
        return True


def _paid_on(payment: Payment) -> date:
    return payment.paid_on or date.min


def _named_bill(line: StatementLine, books: _Books) -> Bill | None:
    """The bill that the line's text names, of its direction and partner, open ones first."""
    keys = references_within(line.payment_reference or "")
    named = [
        bill
        for key in keys
        for bill in books.bills_by_key.get(key, ())
        if _pays_out(bill) is (line.amount < 0) and line.partner_id in (None, bill.partner_id)
    ]
    return min(named, key=lambda bill: (bill.payment_state not in _UNPAID, bill.ref.id), default=None)


def _fits(bill: Bill, line: StatementLine, books: _Books) -> bool:
    if bill.currency != line.currency:
        return True  # figures of two currencies can't be compared
    owed = abs(bill.open_amount) if bill.payment_state in _UNPAID else bill.total_amount
    return any(books.policy.payment.allows(abs(line.amount), amount) for amount in (owed, bill.total_amount))


def _fits_any(line: StatementLine, books: _Books) -> bool:
    """Whether a bill of that partner has just this amount open."""
    wanted = (line.partner_id, line.amount < 0, line.currency, abs(line.amount))
    return line.partner_id is not None and wanted in books.open_amounts


def _other_line_amount(bill: Bill, line: StatementLine, books: _Books) -> Discrepancy:
    owed = abs(bill.open_amount) if bill.payment_state in _UNPAID else bill.total_amount
    difference = abs(line.amount) - owed
    return finding(
        Code.PAYMENT_AMOUNT_MISMATCH,
        f"The bank line {line.payment_reference} of {line.booked_on} is over {amount_text(abs(line.amount))}, "
        f"{bill.ref.name} asks for {amount_text(owed)}.",
        field="amount",
        expected=amount_text(owed),
        actual=amount_text(abs(line.amount)),
        difference=difference,
        tolerance=str(books.policy.payment),
        odoo_refs=(line.ref, bill.ref),
        money_at_risk=abs(difference),
        releases_when="The bank line is allocated in Odoo.",
    )


def _unexplained(line: StatementLine) -> Discrepancy:
    way = "to" if line.amount < 0 else "from"
    whom = line.partner_name or line.account_number or "somebody unnamed"
    return finding(
        Code.PAYMENT_WITHOUT_DOCUMENT,
        f"The bank line {line.payment_reference or 'without text'} of {line.booked_on} over "
        f"{amount_text(line.amount)} {way} {whom} has no bill, invoice or payment.",
        field="amount",
        expected="0.00",
        actual=amount_text(line.amount),
        difference=line.amount,
        odoo_refs=(line.ref,),
        money_at_risk=abs(line.amount),
        releases_when="The bank line is allocated in Odoo.",
    )
