"""Where a maker's paper is printed: what is printed is noted down, so that the truth is exactly that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from random import Random

from service.demo.documents.content import Party, TaxRow, street_and_town
from service.demo.documents.layouts.paper import Paper, Style, wrapped
from service.demo.documents.makers.bill import Bill, Row
from service.demo.documents.makers.hand import SIGNS, Hand, Money
from service.demo.documents.wording.bill_words import BillWords
from service.domain.documents import BILLABLE_KINDS
from service.domain.money import plain

_LISTS = frozenset({"order_reference", "delivery_note_reference"})
_UNPRINTED = ("goods_total",)  # sums that the contract has no field for
# what is read of papers that look like invoices but are none
_OF_ANY_KIND = ("issue_date", "currency", "seller_name", "buyer_name", "grand_total")
# of these a reader must say nothing where they aren't printed
_SCORED_WHERE_ABSENT = (
    "due_date",
    "delivery_date",
    "seller_vat_id",
    "buyer_vat_id",
    "order_reference",
    "delivery_note_reference",
    "payment_reference",
    "iban",
    "bic",
    "freight_total",
    "prepaid_amount",
)


@dataclass(slots=True)
class Printed:
    """What was printed so far: header fields, and lines by their position from 0."""

    fields: dict[str, object] = field(default_factory=dict)
    lines: dict[int, dict[str, object]] = field(default_factory=dict)

    def truth(self, bill: Bill) -> dict[str, object]:
        """The paper's truth in the contract's names and values."""
        fields = {name: value for name, value in self.fields.items() if name not in _UNPRINTED}
        if bill.kind not in BILLABLE_KINDS:
            return {"kind": bill.kind.value, "fields": {name: fields[name] for name in _OF_ANY_KIND if name in fields}}
        return {
            "kind": bill.kind.value,
            "fields": fields,
            "lines": [self.lines[position] for position in sorted(self.lines)],
            "absent": [name for name in _SCORED_WHERE_ABSENT if name not in fields],
        }


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the page to print in: from ``left`` to ``right``, downwards from ``top`` (points)."""

    left: float
    top: float
    right: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    def below(self, top: float) -> Frame:
        """The same columns of the page further down."""
        return replace(self, top=top)


@dataclass(slots=True)
class Desk:
    """A paper while it is printed. ``turned`` prints what stands on every page but the items, ``rng`` decides on
    ornaments that say nothing.
    """

    paper: Paper
    bill: Bill
    words: BillWords
    hand: Hand
    printed: Printed
    seed: int
    turned: Callable[[Desk], None]
    rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)  # noqa: S311 - ornaments

    # what is said -----------------------------------------------------------------------------------------------

    def has(self, name: str) -> bool:
        """Whether the bill says anything there."""
        return self.bill.values().get(name) not in (None, ())

    def say(self, name: str) -> str:
        """A header value as it is written, noted as printed; empty where there is none."""
        value = self.bill.values()[name]
        if value is None or value == ():
            return ""
        if isinstance(value, Decimal):
            return self.money(name)
        if isinstance(value, date):
            self.printed.fields[name] = value.isoformat()
            return self.day(value)
        if isinstance(value, tuple):
            self.printed.fields[name] = list(value)
            return ", ".join(value)
        self.printed.fields[name] = value
        if name == "iban" and self.hand.is_iban_grouped:
            return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
        return value

    def day(self, on: date) -> str:
        """A date as it is written."""
        return self.words.day(on, self.hand.date_pattern)

    def address(self, party: Party) -> tuple[str, ...]:
        """A party's street and town; the seller's is noted as printed."""
        lines = street_and_town(party)
        if party is self.bill.seller:
            self.printed.fields["seller_address"] = "\n".join(lines)
        return lines

    def figure(self, name: str) -> str:
        """An amount without its currency, noted as printed; reductions are written as negative ones."""
        value = self.bill.values()[name]
        if not isinstance(value, Decimal):
            return ""
        self.printed.fields[name] = plain(value)
        is_taken_off = name in ("allowance_total", "prepaid_amount", "retention_amount")
        return self.signed(-value if is_taken_off else value)

    def money(self, name: str) -> str:
        """An amount with its currency where the maker writes one."""
        return self.with_currency(self.figure(name))

    def with_currency(self, text: str) -> str:
        """A written amount with the currency at the maker's place for it."""
        code, sign = self.bill.currency, SIGNS[self.bill.currency]
        if not text or self.hand.money is Money.BARE:
            return text
        self.printed.fields["currency"] = code
        gap = "" if sign in "€£$" else " "
        return {
            Money.SIGN_BEFORE: f"{sign}{gap}{text}",
            Money.SIGN_AFTER: f"{text} {sign}",
            Money.CODE_BEFORE: f"{code} {text}",
            Money.CODE_AFTER: f"{text} {code}",
        }[self.hand.money]

    def currency(self) -> str:
        """The currency's code, noted as printed."""
        return self.say("currency")

    def signed(self, amount: Decimal) -> str:
        """An amount; a credit note's is negative where the maker writes it so."""
        flips = self.hand.flips and self.bill.is_credit
        return self.hand.figures.written(-amount if flips else amount)

    def rate(self, rate: Decimal) -> str:
        """A rate with its sign."""
        return f"{self.hand.figures.written(rate)}{self.rng_gap}%"

    @property
    def rng_gap(self) -> str:
        """Whether the maker leaves a space before the percent sign."""
        return " " if self.seed % 2 else ""

    def letter_of(self, rate: Decimal) -> str:
        """The letter that stands for a rate where a maker writes letters: A for the lowest."""
        return "ABCDEF"[[row.rate for row in self.bill.taxes].index(rate)]

    def tax_rows(self) -> tuple[TaxRow, ...]:
        """The taxes by rate, noted as printed with rate, base and tax."""
        self.printed.fields["tax_breakdown"] = [
            {"rate": plain(row.rate), "taxable_amount": plain(row.taxable), "tax_amount": plain(row.tax)}
            for row in self.bill.taxes
        ]
        return self.bill.taxes

    def cell(self, position: int, name: str) -> str:
        """A line's value as it is written, noted as printed."""
        row = self.bill.rows[position]
        value = row.values(position + 1)[name]
        if value is None:
            return ""
        line = self.printed.lines.setdefault(position, {})
        line[name] = plain(value) if isinstance(value, Decimal) else value
        if isinstance(value, Decimal):
            return self._figure_of(name, value)
        return self.words.units[str(value)] if name == "unit" else str(value)

    def _figure_of(self, name: str, value: Decimal) -> str:
        if name in ("line_total", "quantity", "discount"):
            return self.signed(value)
        if name == "discount_percent":
            return self.hand.figures.written(value)
        return self.hand.figures.written(value)

    def extras(self, row: Row) -> list[str]:
        """Texts below a description that are none."""
        note = self.words.notes[self.seed % len(self.words.notes)]
        return [note.format(n=1000 + 7 * len(row.description))] if row.extras else []

    # where it stands --------------------------------------------------------------------------------------------

    def frame(self, top: float) -> Frame:
        """The whole width between the edges."""
        return Frame(self.hand.left, top, self.hand.right)

    def small(self, share: float = 0.82) -> Style:
        """A smaller size of the plain face."""
        return self.hand.plain.sized(self.hand.plain.size * share)

    def big(self, share: float) -> Style:
        """A larger size of the bold face."""
        return self.hand.bold.sized(self.hand.bold.size * share)

    def write(self, frame: Frame, text: str, style: Style) -> float:
        """A text wrapped into the frame; where the next line would stand."""
        lines = wrapped(text, style, frame.width)
        return self.paper.lines(frame.left, frame.top, lines, style)

    def fitted(self, text: str, style: Style, width: float) -> Style:
        """The style as large as it may be for a text to be so wide at most."""
        wide = style.wide(text)
        return style if wide <= width else style.sized(style.size * width / wide)

    def room(self, top: float, height: float) -> float:
        """``top``, or the next page's where less than ``height`` is left."""
        return top if top + height <= self.hand.bottom else self.turn()

    def turn(self) -> float:
        """The next page; where it begins."""
        self.paper.new_page()
        self.turned(self)
        return self.hand.top + self.hand.plain.leading * 2


Part = Callable[[Desk, Frame], float]


def stacked(*parts: Part, gap: float = 0) -> Part:
    """Parts below one another."""

    def draw(desk: Desk, frame: Frame) -> float:
        for part in parts:
            frame = frame.below(part(desk, frame) + gap)
        return frame.top

    return draw


def beside(left: Part, right: Part, split: float = 0.55, gutter: float = 12) -> Part:
    """Two parts side by side; ``split`` is the share of the width that the left one gets."""

    def draw(desk: Desk, frame: Frame) -> float:
        middle = frame.left + frame.width * split
        first = left(desk, replace(frame, right=middle - gutter / 2))
        second = right(desk, replace(frame, left=middle + gutter / 2))
        return max(first, second)

    return draw


def space(height: float) -> Part:
    """Nothing, so high."""
    return lambda _, frame: frame.top + height


def at_least(top: float, part: Part) -> Part:
    """A part that starts no higher than at a place on the page."""
    return lambda desk, frame: part(desk, frame.below(max(top, frame.top)))
