"""The golden documents of our own: which invoice is drawn in which layout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tests.golden.forms import (
    CLAIM_IN_CELLS,
    CLAIM_IN_SECTIONS,
    FILLABLE_CLAIM,
    LETTER_OF_RETURN,
    REASON_CODES,
    RMA_WITH_BLANKS,
    WITHDRAWALS,
    Sheet,
)
from tests.golden.papers import (
    AMERICAN,
    BRITISH,
    DUTCH,
    FRENCH,
    GERMAN,
    ITALIAN,
    SPANISH,
    Item,
    Layout,
    Paper,
    Wording,
    draw,
    grid,
    letter,
    plain,
)  # fmt: skip

Scene = tuple[str, Paper, Callable[[Paper], bytes]]

_SELLERS = {
    "de": ("Nordlicht Lampen GmbH", "Hafenstraße 12", "20457 Hamburg"),
    "gb": ("Ashdown Tools Ltd", "14 Mill Lane", "Leeds LS1 4AP"),
    "us": ("Pinewood Supply Inc.", "800 Market Street", "Denver, CO 80202"),
    "fr": ("Lumière du Rhône SARL", "12 rue Victor Hugo", "69002 Lyon"),
    "es": ("Herramientas Levante S.L.", "Calle Mayor 8", "46002 Valencia"),
    "it": ("Arredi Milano S.r.l.", "Via Torino 21", "20123 Milano"),
    "nl": ("Tulp Handel B.V.", "Keizersgracht 40", "1015 CR Amsterdam"),
}
_BUYERS = {
    "de": ("Möbelhaus Weber KG", "Lindenallee 3", "04109 Leipzig"),
    "gb": ("Harbour Home Stores Ltd", "2 Quay Road", "Bristol BS1 6XN"),
    "us": ("Lakeside Retail LLC", "55 Shore Drive", "Madison, WI 53703"),
    "fr": ("Maison Bellevue SAS", "5 avenue Foch", "33000 Bordeaux"),
    "es": ("Almacenes Rivera S.A.", "Avenida del Puerto 30", "28001 Madrid"),
    "it": ("Casa Bella S.p.A.", "Corso Italia 5", "50123 Firenze"),
    "nl": ("Van Dijk Wonen B.V.", "Stationsweg 9", "3511 ED Utrecht"),
}
_WORDINGS: dict[str, tuple[Wording, str, str | None, str, tuple[int, int]]] = {
    "de": (GERMAN, "DE136695976", "DE129273398", "DE89370400440532013000", (19, 7)),
    "gb": (BRITISH, "GB980780684", "GB123456782", "GB29NWBK60161331926819", (20, 5)),
    "us": (AMERICAN, "84-1234567", None, "GB29NWBK60161331926819", (8, 8)),
    "fr": (FRENCH, "FR40303265045", "FR83404833048", "FR1420041010050500013M02606", (20, 10)),
    "es": (SPANISH, "ESB58378431", "ESA28015865", "ES9121000418450200051332", (21, 10)),
    "it": (ITALIAN, "IT00743110157", "IT12345670785", "IT60X0542811101000000123456", (22, 10)),
    "nl": (DUTCH, "NL004495445B01", "NL002230884B01", "NL91ABNA0417164300", (21, 9)),
}
LANGUAGES = tuple(_WORDINGS)


def invoice(language: str, variant: int) -> Paper:
    """An invoice with freight (0), one with two tax rates and a prepayment (1), a credit note over pages (2)."""
    words, vat, buyer_vat, iban, rates = _WORDINGS[language]
    high, low = (Decimal(rate) for rate in rates)
    items = (
        Item("A-1001", 'Floor lamp "Oslo", black\nwith dimmer switch', Decimal(4), Decimal("129.50"), high),
        Item("B-20", "LED bulb E27 9 W", Decimal(120), Decimal("2.35"), high),
        Item("C77-3", "Cable 2 m", Decimal("12.5"), Decimal("3.20"), low if variant == 1 else high),
    )
    return Paper(
        words,
        ("RE-2026-0417", "2026/1183", "104778")[variant],
        date(2026, 3, 5 if language == "us" else 14),
        date(2026, 4, 13),
        _SELLERS[language],
        _BUYERS[language],
        vat,
        buyer_vat,
        iban,
        items * 9 if variant == 2 else items,
        order=("PO-4711", None, "45001234")[variant],
        prepaid=Decimal("200.00") if variant == 1 else Decimal(0),
        freight=Decimal("9.90") if variant == 0 else Decimal(0),
        is_credit=variant == 2,
        email=f"info@{_SELLERS[language][0].split()[0].lower().replace('è', 'e')}.example",
    )


def _scene(language: str, variant: int, layout: Layout) -> Scene:
    name = f"{language}_{('freight', 'prepaid', 'credit_note')[variant]}_{layout.__name__}"
    return name, invoice(language, variant), lambda paper: draw(paper, layout)


FORM_SCENES: dict[str, Sheet] = {
    "en_withdrawal": WITHDRAWALS["en"],
    "en_return_codes": REASON_CODES,
    "us_return_blanks": RMA_WITH_BLANKS,
    "us_claim_sections": CLAIM_IN_SECTIONS,
    "fr_claim_cells": CLAIM_IN_CELLS,
    "de_return_letter": LETTER_OF_RETURN,
    "en_claim_fillable": FILLABLE_CLAIM,
}

SCENES: tuple[Scene, ...] = (
    _scene("de", 0, letter),
    _scene("de", 2, plain),
    _scene("gb", 1, grid),
    _scene("us", 0, plain),
    _scene("fr", 1, letter),
    _scene("es", 0, grid),
    _scene("it", 2, letter),
    _scene("nl", 1, plain),
)
