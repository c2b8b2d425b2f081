"""Chooses the totals together: the choice whose figures add up beats the one whose labels alone look best.

    sum of lines + freight + charges - allowances = net;  net + tax (+ rounding) = total;  total - prepaid = due

Each role takes a labelled amount, an amount without a known label, or none; the points of the labels and of the sums
that hold add up, and the lead of the best choice over the best one with another value is the confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from extractors.choose.breakdown import TaxRow, named_taxes, split_charges, tax_rows
from extractors.choose.candidates import Candidate, confidence_of, derived, field_of, labelled, ranked
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from service.domain.fields import AllowanceCharge, AnyField, TaxBreakdown
from service.domain.money import CENT

_SURELY_NAMED = 1.5
_KEPT = 5  # candidates a role
_UNLABELLED = 0.35  # points of an amount whose label isn't known
_MOST_UNLABELLED = 4
_SUM_HOLDS = 2.6
_LINES_HOLD = 1.8
_DUE_HOLDS = 1.3
_NAMED = 0.9  # points of an amount whose label says that it is a part
_LESS_PAID = 0.4  # of what remains, over a total that is called the same
_BREAKDOWN_HOLDS = 1.4
_SUM_FAILS = -1.4
_TAX_SHARE = Decimal("0.45")  # of the total; no tax is higher
_NO_TAX_PRINTED = 0.2
ROLES = ("net_total", "tax_total", "grand_total")
_TAKEN_OFF = ("prepaid_amount", "retention_amount", "withholding_tax_amount")  # from the total, what is left is due
_ADDED_OR_TAKEN_OFF = ("freight_total", "charge_total", "allowance_total")
_EXTRAS = ("freight_total", "allowance_total", "charge_total", "rounding_amount", "previous_balance", *_TAKEN_OFF)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Net, tax and total together with their points."""

    net: Candidate | None
    tax: Candidate | None
    total: Candidate | None
    score: float

    def of(self, role: str) -> Candidate | None:
        """The candidate chosen for a role."""
        return {"net_total": self.net, "tax_total": self.tax, "grand_total": self.total}[role]


@dataclass(frozen=True, slots=True)
class Totals:
    """The chosen totals as fields, and the rows of the tax summary."""

    fields: dict[str, tuple[AnyField, ...]]
    net: Decimal | None
    total: Decimal | None


def choose_totals(
    reading: Reading, line_amounts: Sequence[Decimal], below_line: int, inside: range = range(0)
) -> Totals:
    """The totals of a document whose item lines add up to ``line_amounts``; ``below_line`` is the last of them, those
    ``inside`` hold items only.
    """
    pools = {name: _pool(reading, name, below_line) for name in (*ROLES, "amount_due", "line_sum", *_EXTRAS)}
    for name in _ADDED_OR_TAKEN_OFF:
        pools[name] = tuple(
            c
            for c in pools[name]
            if c.span.segment.line not in inside and not _is_item(reading, c, line_amounts, below_line)
        )
    rows, added = split_charges(tax_rows(reading, below_line))
    pools["charge_total"] = (*pools["charge_total"], *(_as_charge(reading, row) for row in added))
    pools["amount_due"] = (*pools["amount_due"], *_left_of_total(reading, pools))
    taxes = _tax_sums(reading, rows)
    choices = sorted(_choices(pools, rows, taxes, sum(line_amounts, Decimal(0))), key=lambda c: -c.score)
    if not choices:
        return Totals({}, None, None)
    best = choices[0]
    fields: dict[str, tuple[AnyField, ...]] = {}
    for role in ROLES:
        candidate = best.of(role)
        if candidate is not None:
            fields[role] = (_absolute(candidate, _lead(choices, role)),)
    fields.update(_extras(pools, best))
    fields.update(_due(pools, best, fields))
    _derive(fields, best, taxes)
    rows = rows or _adding_up(named_taxes(reading), fields)
    if rows:
        fields["tax_breakdown"] = tuple(_breakdown_field(row) for row in rows)
    return Totals(fields, _value(best.net), _value(best.total))


def _as_charge(reading: Reading, row: TaxRow) -> Candidate:
    words = reading.line_of(row.span.segment).segments[0].text
    return Candidate(row.span, _SURELY_NAMED, f"share of a base under “{words}”")


def _left_of_total(reading: Reading, pools: dict[str, tuple[Candidate, ...]]) -> Iterator[Candidate]:
    """The amount that is printed without a known label and is the total less the tax that the buyer withholds."""
    withheld = {abs(c.span.amount) for c in pools["withholding_tax_amount"]}
    left = {abs(c.span.amount) - tax for c in pools["grand_total"] for tax in withheld if tax}
    for span in reading.all_spans(SpanType.AMOUNT) if left else ():
        if span.looks_like_money and span.amount in left:
            yield Candidate(span, _UNLABELLED, "the total less the tax withheld")


def _adding_up(rows: tuple[TaxRow, ...], fields: dict[str, tuple[AnyField, ...]]) -> tuple[TaxRow, ...]:
    """The rows where they are the whole tax, else none."""
    tax = fields["tax_total"][0].value if "tax_total" in fields else None
    return rows if isinstance(tax, Decimal) and abs(sum((r.tax for r in rows), Decimal(0)) - tax) <= CENT else ()


def _is_item(reading: Reading, candidate: Candidate, line_amounts: Sequence[Decimal], below_line: int) -> bool:
    """Whether an item line says it: "transport and metering" among what was delivered."""
    if candidate.span.segment.line > below_line:
        return False
    line = reading.line_of(candidate.span.segment)
    return any(s.amount in line_amounts for segment in line.segments for s in reading.spans(segment, SpanType.AMOUNT))


def _pool(reading: Reading, name: str, below_line: int) -> tuple[Candidate, ...]:
    """The labelled candidates of a role; what stands above the items' end is less likely a total."""

    def prior(span: Span) -> float:
        points = 0.25 if span.looks_like_money else -0.9
        return points - 0.8 * (span.segment.line <= below_line)

    found = [c for c in labelled(reading, name, SpanType.AMOUNT, prior) if c.score > -0.5]
    if name in (*_EXTRAS, "amount_due") and reading.decimal_mark is not None:
        found = [c for c in found if c.span.looks_like_money or "." in str(c.span.amount)]  # no "payment 30 days"
    if name in ROLES:
        known = {c.span.amount for c in found} | _named_otherwise(reading)
        found += [Candidate(s, _UNLABELLED, "amount without a known label") for s in _free(reading, below_line, known)]
    best: dict[Decimal, Candidate] = {}
    for candidate in ranked(found):
        best.setdefault(abs(candidate.span.amount), candidate)
    return tuple(best.values())[: _KEPT + _MOST_UNLABELLED if name in ROLES else _KEPT]


def _named_otherwise(reading: Reading) -> set[Decimal]:
    """Amounts whose labels say that they are a part, such as freight."""
    return {
        c.span.amount
        for name in ("line_sum", *_EXTRAS)
        for c in labelled(reading, name, SpanType.AMOUNT)
        if c.score > _SURELY_NAMED
    }


def _free(reading: Reading, below_line: int, known: set[Decimal]) -> Iterable[Span]:
    """The largest amounts below the items that no label of the role points to."""
    spans = [
        s
        for s in reading.all_spans(SpanType.AMOUNT)
        if s.segment.line > below_line and s.amount not in known and s.looks_like_money and s.amount != 0
    ]
    return sorted(spans, key=lambda s: (-abs(s.amount), s.segment.line))[:_MOST_UNLABELLED]


def _tax_sums(reading: Reading, rows: tuple[TaxRow, ...]) -> tuple[Decimal, ...]:
    """What the whole tax may be where only its parts are printed: the summary's rows, or several taxes by their labels,
    such as those of the state and of the union.
    """
    parts: dict[int, Decimal] = {}
    for candidate in labelled(reading, "tax_total", SpanType.AMOUNT):
        if candidate.score > 1 and candidate.span.looks_like_money:
            parts.setdefault(candidate.span.segment.line, abs(candidate.span.amount))
    sums = [sum((row.tax for row in rows), Decimal(0))] if rows else []
    return (*sums, sum(parts.values(), Decimal(0))) if len(parts) > 1 else tuple(sums)


def _choices(
    pools: dict[str, tuple[Candidate, ...]], rows: tuple[TaxRow, ...], taxes: tuple[Decimal, ...], lines: Decimal
) -> Iterator[_Choice]:
    for net, tax, total in product(*((*pools[role], None) for role in ROLES)):
        if total is None and net is None:
            continue
        score = sum(c.score for c in (net, tax, total) if c is not None)
        score += _arithmetic(net, tax, total, pools)
        score += _with_summary(net, tax, total, taxes, pools)
        score += _with_lines(net, tax, total, lines, pools)
        score += _with_breakdown(net, tax, rows)
        score += _with_due(total, pools)
        yield _Choice(net, tax, total, score)


def _arithmetic(
    net: Candidate | None, tax: Candidate | None, total: Candidate | None, pools: dict[str, tuple[Candidate, ...]]
) -> float:
    n, t, g = _value(net), _value(tax), _value(total)
    if g is None:
        return 0.0
    if n is not None and t is not None:
        return _three(n, t, g, pools)
    if n is not None and tax is None:
        return _NO_TAX_PRINTED if n == g else (_SUM_FAILS / 2)
    if t is not None and t >= g * _TAX_SHARE:
        return _SUM_FAILS
    return 0.0


def _with_summary(
    net: Candidate | None,
    tax: Candidate | None,
    total: Candidate | None,
    taxes: tuple[Decimal, ...],
    pools: dict[str, tuple[Candidate, ...]],
) -> float:
    """Where no tax total is printed, the sum of its parts takes its place."""
    n, g, t = _value(net), _value(total), _value(tax)
    if t is not None and g is None and any(t < whole for whole in taxes):
        return _SUM_FAILS / 2  # one of several taxes makes no total
    if t is not None or n is None or g is None:
        return 0.0
    points = max((_three(n, whole, g, pools) for whole in taxes if n + whole != 0), default=0.0) if taxes else 0.0
    return points - _SUM_FAILS / 2 if points > 0 else points  # it is no sum that fails for want of a tax


def _three(net: Decimal, tax: Decimal, total: Decimal, pools: dict[str, tuple[Candidate, ...]]) -> float:
    if tax > _TAX_SHARE * total and total > 0:
        return 2 * _SUM_FAILS
    adjustments = [Decimal(0)]
    for name in ("rounding_amount", "freight_total", "charge_total"):
        adjustments += [c.span.amount for c in pools[name] if c.span.amount != 0]
    for name in ("allowance_total", "withholding_tax_amount"):
        adjustments += [-abs(c.span.amount) for c in pools[name] if c.span.amount != 0]
    for position, adjustment in enumerate(adjustments):
        if abs(net + tax + adjustment - total) <= CENT:
            return _SUM_HOLDS - (0.6 if position else 0.0) - (0.5 if tax == 0 else 0.0)
    return _SUM_FAILS


def _with_lines(
    net: Candidate | None,
    tax: Candidate | None,
    total: Candidate | None,
    lines: Decimal,
    pools: dict[str, tuple[Candidate, ...]],
) -> float:
    """The item lines add up to the net, before or after freight, charges and allowances, or else to the total."""
    if lines == 0:
        return 0.0
    n, g = _value(net), _value(total)
    if n is None and tax is not None and g is not None:
        n = g - abs(tax.span.amount)  # the net, if it isn't printed
    sums = {lines}
    for name in ("freight_total", "charge_total", "allowance_total"):
        sign = -1 if name == "allowance_total" else 1
        sums |= {s + sign * abs(c.span.amount) for s in sums for c in pools[name][:2]}
    if n is not None and any(abs(n - s) <= 2 * CENT for s in sums):
        return _LINES_HOLD
    if g is not None and any(abs(g - s) <= 2 * CENT for s in sums):
        return _LINES_HOLD / 2
    return 0.0


def _with_breakdown(net: Candidate | None, tax: Candidate | None, rows: tuple[TaxRow, ...]) -> float:
    taxes = sum((row.tax for row in rows), Decimal(0))
    bases = sum((row.base for row in rows if row.base is not None), Decimal(0))
    points = 0.0
    if rows and tax is not None and abs(abs(tax.span.amount) - taxes) <= 2 * CENT:
        points += _BREAKDOWN_HOLDS
    elif tax is not None and len(rows) > 1 and abs(tax.span.amount) in {row.tax for row in rows}:
        points -= 2 * _BREAKDOWN_HOLDS  # one rate's tax isn't the whole
    elif rows and tax is not None:
        points -= 2 * _BREAKDOWN_HOLDS
    if rows and net is not None and abs(abs(net.span.amount) - bases) <= 2 * CENT:
        points += _BREAKDOWN_HOLDS / 2
    return points


def _with_due(total: Candidate | None, pools: dict[str, tuple[Candidate, ...]]) -> float:
    if total is None:
        return 0.0
    return max((points for points, _ in _due_options(total, pools)), default=0.0) / 2


def _due_options(total: Candidate, pools: dict[str, tuple[Candidate, ...]]) -> Iterator[tuple[float, Candidate]]:
    """Amounts due that follow from the total: it itself, less what was paid, plus an older balance."""
    g = abs(total.span.amount)
    changes = [Decimal(0)]
    for name in _TAKEN_OFF:
        changes += [-abs(c.span.amount) for c in pools[name] if c.span.amount != 0]
    changes += [c.span.amount for c in pools["previous_balance"] if c.span.amount != 0]
    for due in pools["amount_due"]:
        fits = [change for change in changes if abs(g + change - abs(due.span.amount)) <= CENT]
        less = _LESS_PAID if any(fits) else 0.0
        yield due.score + less + (_DUE_HOLDS if fits else -_DUE_HOLDS / 2), due


def _lead(choices: Sequence[_Choice], role: str) -> float:
    best = choices[0]
    chosen = best.of(role)
    for other in choices[1:]:
        rival = other.of(role)
        if _value(rival) != _value(chosen):
            return best.score - other.score
    return chosen.score if chosen is not None else 0.0


def _extras(pools: dict[str, tuple[Candidate, ...]], best: _Choice) -> dict[str, tuple[AnyField, ...]]:
    taken = {_value(best.of(role)) for role in ROLES}
    fields: dict[str, tuple[AnyField, ...]] = {}
    sure = {
        name: [c for c in pools[name] if c.span.amount != 0 and c.score > _NAMED and _may_be(name, c, taken)]
        for name in _EXTRAS
    }
    for name in ("freight_total", "allowance_total", *_TAKEN_OFF):
        if sure[name]:
            fields[name] = (_absolute(sure[name][0], sure[name][0].score),)
    if sure["rounding_amount"]:
        fields["rounding_amount"] = (field_of(sure["rounding_amount"][0], sure["rounding_amount"][0].score),)
    for name, parts in (("charges", ("freight_total", "charge_total")), ("allowances", ("allowance_total",))):
        rows = {c.span: c for part in parts for c in sure[part]}
        if rows:
            fields[name] = tuple(_reasoned(c) for c in rows.values())
    return fields


def _may_be(name: str, candidate: Candidate, taken: set[Decimal | None]) -> bool:
    """Whether no total has the amount already; all of a total may have been paid."""
    return name == "prepaid_amount" or abs(candidate.span.amount) not in taken


def _reasoned(candidate: Candidate) -> AnyField:
    """An allowance or a charge, with what stands before its amount as the reason."""
    reason = candidate.method.partition("“")[2].partition("”")[0] or None
    row = AllowanceCharge(reason, abs(candidate.span.amount))
    return field_of(candidate, candidate.score, row)


def _due(
    pools: dict[str, tuple[Candidate, ...]], best: _Choice, fields: dict[str, tuple[AnyField, ...]]
) -> dict[str, tuple[AnyField, ...]]:
    """The amount due as labelled; without such a label and without a prepayment the total is what is due."""
    if best.total is None:
        return {}
    options = sorted(_due_options(best.total, pools), key=lambda option: -option[0])
    if options and options[0][0] > 0.5:
        points, due = options[0]
        return {"amount_due": (_absolute(due, points),)}
    if "prepaid_amount" in fields:
        return {}
    same = Candidate(best.total.span, best.total.score, "the total, nothing is prepaid")
    return {"amount_due": (_absolute(same, max(1.0, best.total.score)),)}


def _derive(fields: dict[str, tuple[AnyField, ...]], best: _Choice, taxes: tuple[Decimal, ...]) -> None:
    """Work out net or tax where the total and the other are printed, or where the tax summary proves them."""
    net, tax, total = _value(best.net), _value(best.tax), _value(best.total)
    if total is not None and tax is None and taxes and max(taxes) < total:
        tax = next((whole for whole in taxes if net is not None and abs(net + whole - total) <= CENT), taxes[0])
        fields["tax_total"] = (derived(tax, confidence_of(1.5), "sum of the taxes printed"),)
    if total is not None and net is None and tax is not None:
        fields["net_total"] = (derived(total - tax, confidence_of(1.5), "total less tax"),)
    if total is None and net is not None and tax is not None:
        fields["grand_total"] = (derived(net + tax, confidence_of(1.0), "net and tax"),)


def _absolute(candidate: Candidate, margin: float) -> AnyField:
    """Credit notes and prepayments are often printed negative; the kind and the name say that already."""
    return field_of(candidate, margin, abs(candidate.span.amount))


def _value(candidate: Candidate | None) -> Decimal | None:
    return None if candidate is None else abs(candidate.span.amount)


def _breakdown_field(row: TaxRow) -> AnyField:
    value = TaxBreakdown(row.rate, row.base, row.tax)
    span = row.span
    method = "rate in the label of a tax" if row.base is None else "rate, base and tax in one row"
    return field_of(Candidate(span, 2.0, method), 2.0, value)
