"""A family of invoices: its parts, trade, typefaces and countries; from it any number of makers' papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.units import mm

from service.demo.documents.fonts import can_print, face
from service.demo.documents.invented.bill_rows import Trade
from service.demo.documents.invented.bills import invented_bill
from service.demo.documents.invented.places import EVERYWHERE, Place
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.layouts.paper import Paper, Style, printed
from service.demo.documents.makers.bill import Bill
from service.demo.documents.makers.desk import Desk, Part, Printed
from service.demo.documents.makers.feet import page_foot
from service.demo.documents.makers.hand import Hand, Money, date_pattern_of, figures_of
from service.demo.documents.wording.bill_words import BillWords, bill_words
from service.domain.documents import DocumentKind

_ACCENTS = (
    Color(0.10, 0.32, 0.52), Color(0.55, 0.12, 0.16), Color(0.12, 0.42, 0.28), Color(0.30, 0.22, 0.48),
    Color(0.16, 0.16, 0.18), Color(0.62, 0.34, 0.06), Color(0.02, 0.45, 0.50), Color(0.45, 0.10, 0.35),
)  # fmt: skip
_SHOWING = (Money.SIGN_AFTER, Money.CODE_AFTER, Money.SIGN_BEFORE, Money.CODE_BEFORE)


@dataclass(frozen=True, slots=True)
class Family:
    """How papers of one family are made. ``countries`` empty means all; ``size`` of letters in points, ``margins``
    left, right, top and bottom in millimetres; ``second`` a language for bilingual heads; ``flips`` writes credit
    notes in negative amounts.
    """

    body: Part
    foot: Callable[[Desk], None] = page_foot
    trade: Trade = Trade()
    faces: tuple[str, ...] = ("helvetica",)
    size: float = 9.0
    margins: tuple[float, float, float, float] = (20, 18, 22, 28)
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    is_letter: bool = False
    is_landscape: bool = False
    money: tuple[Money, ...] = _SHOWING
    second: str | None = None
    flips: bool = False
    leading: float = 1.28

    def places(self) -> tuple[Place, ...]:
        """Where its makers are, as far as this machine has the letters; anywhere else where it has none of them."""
        printable = tuple(place for place in EVERYWHERE if can_print(place.language))
        own = tuple(place for place in printable if self._is_of(place))
        return own or printable

    def _is_of(self, place: Place) -> bool:
        in_country = not self.countries or place.country in self.countries
        return in_country and (not self.languages or place.language in self.languages)


@dataclass(frozen=True, slots=True)
class MadeBill:
    """A printed bill with its language and its truth."""

    pdf: bytes
    language: str
    truth: dict[str, object]


def made_bill(family: Family, kind: DocumentKind, usage: LayoutSet, rng: Random) -> MadeBill:
    """One paper of a family; the same for the same state of ``rng``."""
    return next(made_series(family, kind, usage, rng))


def made_series(family: Family, kind: DocumentKind, usage: LayoutSet, rng: Random) -> Iterator[MadeBill]:
    """Paper after paper of one maker to one customer, in its own words and hand; without end."""
    places = family.places()
    language = rng.choice(sorted({place.language for place in places}))
    place = rng.choice([place for place in places if place.language == language])
    bill = first = invented_bill(kind, place, family.trade, usage, rng)
    words = bill_words(language, kind, rng, family.second, place.country)
    hand = _hand(family, place, rng)
    seed = rng.randrange(2**31)
    while True:
        sheet = _Sheet(family, bill, words, hand, seed)
        pdf = printed(words.title, bill.seller.name, sheet.print, hand.size)
        yield MadeBill(pdf, language, sheet.printed.truth(bill))
        bill = _next(bill, first, invented_bill(kind, place, family.trade, usage, rng))


def _next(last: Bill, first: Bill, other: Bill) -> Bill:
    """What ``other`` sells, sold by the first one's maker to its customer under the number after the last."""
    number = re.sub(r"\d+(?=\D*$)", lambda digits: str(int(digits[0]) + 1).zfill(len(digits[0])), last.number)
    return replace(
        other,
        number=number,
        seller=first.seller,
        buyer=first.buyer,
        bank=first.bank,
        customer_number=first.customer_number,
    )


@dataclass(slots=True)
class _Sheet:
    family: Family
    bill: Bill
    words: BillWords
    hand: Hand
    seed: int
    printed: Printed = field(default_factory=Printed)

    def print(self, paper: Paper) -> None:
        self.printed = Printed()
        desk = Desk(paper, self.bill, self.words, self.hand, self.printed, self.seed, self._turned)
        self.family.foot(desk)
        self.family.body(desk, desk.frame(self.hand.top))

    def _turned(self, desk: Desk) -> None:
        self.family.foot(desk)
        style = desk.small()
        desk.paper.text(desk.hand.left, desk.hand.top, f"{desk.words.title} {desk.bill.number}", style)


def _hand(family: Family, place: Place, rng: Random) -> Hand:
    faces = face(rng.choice(family.faces), place.language)
    size = family.size * rng.uniform(0.95, 1.05)
    left, right, top, bottom = family.margins
    paper: tuple[float, float] = letter if family.is_letter else A4
    if family.is_landscape:
        paper = paper[1], paper[0]
    plain = Style(faces.plain, size, size * family.leading)
    return Hand(
        plain=plain,
        bold=replace(plain, font=faces.bold),
        italic=replace(plain, font=faces.italic),
        accent=rng.choice(_ACCENTS),
        figures=figures_of(place.country, rng),
        date_pattern=date_pattern_of(place.country, place.language, rng),
        money=rng.choice(family.money),
        left=left * mm,
        right=paper[0] - right * mm,
        top=top * mm,
        bottom=paper[1] - bottom * mm,
        size=paper,
        flips=family.flips,
        is_iban_grouped=rng.random() < 0.8,
    )
