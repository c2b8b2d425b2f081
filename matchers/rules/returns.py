"""A return form against what was delivered, brought back before, invoiced and paid back before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from matchers.case import Case, Linkage, Sale, SalePair
from matchers.compare.deliveries import handed_over_on
from matchers.explain import amount_text, numbers_text, quantity_text
from matchers.rules.finding import finding
from matchers.sold import Charged
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.fields import Resolution
from service.domain.records import RecordRef, SaleOrder, SaleOrderLine

_ZERO, _HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A sale order line with all that the form brings back of it."""

    order: SaleOrder
    order_line: SaleOrderLine
    pairs: tuple[SalePair, ...]
    now: Decimal
    delivered: Decimal
    returned: Decimal

    @property
    def number(self) -> int:
        """The first line of the form that brings it back."""
        return self.pairs[0].line

    @property
    def left(self) -> Decimal:
        """What earlier returns leave of the deliveries, never below 0."""
        return max(_ZERO, self.delivered - self.returned)


def returned_lines(linkage: Linkage) -> tuple[ReturnedLine, ...]:
    """The sale order lines that the form brings something back of."""
    by_line: dict[int, list[SalePair]] = {}
    for pair in linkage.sale.pairs:
        by_line.setdefault(pair.order_line.ref.id, []).append(pair)
    sold = linkage.sale.sold
    return tuple(
        ReturnedLine(
            order=pairs[0].order,
            order_line=pairs[0].order_line,
            pairs=tuple(pairs),
            now=sum((pair.quantity for pair in pairs), _ZERO),
            delivered=sold.delivered_quantity(pairs[0].order_line),
            returned=sold.returned_quantity(pairs[0].order_line),
        )
        for pairs in by_line.values()
    )


def _one_a_line(found: Iterable[Discrepancy]) -> tuple[Discrepancy, ...]:
    """The first for each line of the form: an item that is spread over several order lines is one question."""
    first: dict[int | None, Discrepancy] = {}
    for entry in found:
        first.setdefault(entry.line, entry)
    return tuple(first.values())


def quantity_over_delivered(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """QUANTITY_OVER_DELIVERED: with earlier returns, more comes back than was delivered."""
    over = (
        line
        for line in returned_lines(linkage)
        if not case.policy.quantity.allows_up_to(line.returned + line.now, line.delivered)
    )
    return _one_a_line(_over(case, line) for line in over)


def _over(case: Case, line: ReturnedLine) -> Discrepancy:
    before = f", of which {quantity_text(line.returned)} came back before" if line.returned else ""
    were = "was" if line.delivered == 1 else "were"
    return finding(
        Code.QUANTITY_OVER_DELIVERED,
        f"Line {line.number} ({line.order_line.description}) returns {quantity_text(line.now)} but "
        f"{quantity_text(line.delivered)} {were} delivered on {line.order.ref.name}{before}.",
        field="quantity",
        line=line.number,
        expected=quantity_text(line.left),
        actual=quantity_text(line.now),
        difference=line.now - line.left,
        tolerance=str(case.policy.quantity),
        odoo_refs=(line.order.ref, line.order_line.ref),
        money_at_risk=(line.now - line.left) * _paid_each(line.order_line),
        releases_when=f"Deliveries of {line.order.ref.name} come to {quantity_text(line.returned + line.now)} in Odoo.",
    )


def already_returned(_: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """ALREADY_RETURNED: all that was delivered came back before, or just this serial number did."""
    found: list[Discrepancy] = []
    for line in returned_lines(linkage):
        back = tuple(dict.fromkeys(_earlier_returns(line, linkage.sale)))
        if back:
            found.append(_returned_before(line, back))
    return _one_a_line(found)


def _earlier_returns(line: ReturnedLine, sale: Sale) -> Iterator[RecordRef]:
    returns = sale.sold.returns_of(line.order_line)
    if line.returned and not line.left:
        yield from (moved.transfer.ref for moved in returns)
        return
    serials = {serial.ref.id for pair in line.pairs for serial in sale.serials.get(pair.line, ())}
    last = {serial: sale.sold.handed_over[serial][-1] for serial in serials if serial in sale.sold.handed_over}
    for moved in returns:
        named = serials.intersection(moved.movement.serial_ids)
        if any(
            last[serial].movement.ref.id == moved.movement.returned_movement_id for serial in named if serial in last
        ):
            yield moved.transfer.ref


def _returned_before(line: ReturnedLine, back: tuple[RecordRef, ...]) -> Discrepancy:
    names = ", ".join(ref.name for ref in back)
    return finding(
        Code.ALREADY_RETURNED,
        f"Line {line.number} ({line.order_line.description}) returns {quantity_text(line.now)}, but of "
        f"{quantity_text(line.delivered)} delivered {quantity_text(line.returned)} came back before by {names}.",
        field="quantity",
        line=line.number,
        expected=quantity_text(line.left),
        actual=quantity_text(line.now),
        difference=line.now - line.left,
        odoo_refs=(line.order.ref, line.order_line.ref, *back),
        money_at_risk=line.now * _paid_each(line.order_line),
        releases_when=f"{names} is cancelled in Odoo.",
    )


def wants_money(case: Case) -> bool:
    """Whether the form asks for money back, or doesn't say what it asks for."""
    return case.extraction.text("requested_resolution") in (None, Resolution.REFUND.value)


def already_refunded(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """ALREADY_REFUNDED: with earlier credit notes, drafts too, more would be paid back than was invoiced."""
    if not wants_money(case):
        return ()
    sold = linkage.sale.sold
    found: list[Discrepancy] = []
    for line in returned_lines(linkage):
        credited = sold.refunded.get(line.order_line.ref.id, ())
        refunded, invoiced = sold.refunded_quantity(line.order_line), sold.invoiced_quantity(line.order_line)
        if refunded and not case.policy.quantity.allows_up_to(refunded + line.now, max(invoiced, refunded)):
            found.append(_refunded_before(line, refunded, max(_ZERO, invoiced - refunded), credited))
    return _one_a_line(found)


def _refunded_before(
    line: ReturnedLine, refunded: Decimal, left: Decimal, credits_: tuple[Charged, ...]
) -> Discrepancy:
    refs = tuple(dict.fromkeys(entry.bill.ref for entry in credits_))
    names = ", ".join(ref.name for ref in refs)
    return finding(
        Code.ALREADY_REFUNDED,
        f"Line {line.number} ({line.order_line.description}) asks for {quantity_text(line.now)} to be paid back, "
        f"but {quantity_text(refunded)} were credited before by {names}, which leaves {quantity_text(left)}.",
        field="quantity",
        line=line.number,
        expected=quantity_text(left),
        actual=quantity_text(line.now),
        difference=line.now - left,
        odoo_refs=(line.order.ref, line.order_line.ref, *refs),
        money_at_risk=(line.now - left) * _paid_each(line.order_line),
        releases_when=f"{names} is cancelled in Odoo.",
    )


def outside_return_window(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """OUTSIDE_RETURN_WINDOW: the request came more days after the goods than the policy allows; one for all lines
    that came on the same day. Without a delivery the invoice's day counts.
    """
    asked_on = case.extraction.day("request_date") or case.today
    late: dict[date, list[ReturnedLine]] = {}
    for line in returned_lines(linkage):
        start = _window_start(line, linkage.sale)
        if start is not None and (asked_on - start).days > case.policy.return_window_days:
            late.setdefault(start, []).append(line)
    return _one_a_line(_late(case, asked_on, start, lines) for start, lines in sorted(late.items()))


def _window_start(line: ReturnedLine, sale: Sale) -> date | None:
    serials = (serial for pair in line.pairs for serial in sale.serials.get(pair.line, ()))
    delivered_on = handed_over_on(sale, next(serials, None), (line.order_line.ref.id,))
    charged = sale.sold.invoiced.get(line.order_line.ref.id, ())
    invoiced = (entry.bill.billed_on for entry in charged if entry.bill.billed_on is not None)
    return delivered_on or max(invoiced, default=None)


def _late(case: Case, asked_on: date, start: date, lines: list[ReturnedLine]) -> Discrepancy:
    days, window = (asked_on - start).days, case.policy.return_window_days
    numbers = sorted({pair.line for line in lines for pair in line.pairs})
    what = f"Line {numbers[0]} ({lines[0].order_line.description})" if len(numbers) == 1 else "Lines "
    goods = what if len(numbers) == 1 else what + numbers_text(numbers)
    return finding(
        Code.OUTSIDE_RETURN_WINDOW,
        f"{goods} asked to be returned on {asked_on}, {days} days after {start}, where {window} are allowed.",
        field="request_date",
        line=numbers[0],
        expected=(start + timedelta(days=window)).isoformat(),
        actual=asked_on.isoformat(),
        difference=Decimal(days - window),
        tolerance=f"{window} days",
        odoo_refs=tuple(dict.fromkeys(ref for line in lines for ref in (line.order.ref, line.order_line.ref))),
        money_at_risk=sum((line.now * _paid_each(line.order_line) for line in lines), _ZERO),
    )


def refund_amount_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """REFUND_AMOUNT_MISMATCH: the refund asked for isn't what was paid for the goods, less the restocking fee. Forms
    of companies may ask for the amount without tax.
    """
    asked, sale = case.extraction.amount("refund_amount"), linkage.sale
    currency = case.extraction.text("currency")
    if asked is None or not sale.pairs or sale.unpaired or not wants_money(case):
        return ()
    if any(currency not in (None, order.currency) for order in sale.chosen):
        return ()
    fee = abs(case.extraction.amount("restocking_fee_amount") or _ZERO)
    net = sum((_net_paid(pair, sale) for pair in sale.pairs), _ZERO) - fee
    gross = sum((_net_paid(pair, sale) * _tax_factor(pair, linkage) for pair in sale.pairs), _ZERO) - fee
    if any(case.policy.refund.allows(asked, due) for due in (gross, net)):
        return ()
    difference = Decimal(amount_text(asked - gross))
    less = f" less {amount_text(fee)} for restocking" if fee else ""
    names = ", ".join(order.ref.name for order in sale.chosen)
    return (
        finding(
            Code.REFUND_AMOUNT_MISMATCH,
            f"The document asks for {amount_text(asked)} back, {amount_text(gross)} was paid for these goods on "
            f"{names}{less}.",
            field="refund_amount",
            expected=amount_text(gross),
            actual=amount_text(asked),
            difference=difference,
            tolerance=str(case.policy.refund),
            odoo_refs=tuple(order.ref for order in sale.chosen),
            money_at_risk=difference,
        ),
    )


def _net_paid(pair: SalePair, sale: Sale) -> Decimal:
    """What was invoiced for that many, else what was ordered for."""
    charged = sale.sold.invoiced.get(pair.order_line.ref.id, ())
    quantity = sum((entry.line.quantity for entry in charged), _ZERO)
    if quantity:
        return sum((entry.line.net_amount for entry in charged), _ZERO) * pair.quantity / quantity
    return _paid_each(pair.order_line) * pair.quantity


def _paid_each(line: SaleOrderLine) -> Decimal:
    return line.net_amount / line.quantity if line.quantity else line.unit_price


def _tax_factor(pair: SalePair, linkage: Linkage) -> Decimal:
    """With-tax over without-tax by the line's taxes where all are known, else by the order's totals."""
    taxes = [linkage.index.taxes.get(tax_id) for tax_id in pair.order_line.tax_ids]
    if taxes and all(tax is not None for tax in taxes):
        return 1 + sum((tax.rate for tax in taxes if tax is not None), _ZERO) / _HUNDRED
    order = pair.order
    return order.total_amount / order.net_amount if order.net_amount else Decimal(1)
