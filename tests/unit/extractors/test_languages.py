"""Invoices in every language that has a file of labels: what is read of them, and which language they are taken for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from extractors.choose.reading import Reading
from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.parse.dates import find_dates
from extractors.parse.units import unit_code
from service.domain.documents import DocumentKind, Page, PageSize, Word
from service.domain.extraction import Extraction
from service.domain.geometry import Box
from service.domain.keys import fold

_SIZE = 9.0
Text = tuple[float, float, str]


def page_of(texts: Sequence[Text]) -> Page:
    """A page with texts at (x, baseline), as wide as they are in Helvetica; no typeface is needed to print them."""
    words = []
    for x, y, text in texts:
        at = x
        for part in text.split(" "):
            wide = stringWidth(fold(part).lower(), "Helvetica", _SIZE)
            words.append(Word(part, Box(at, y - 7, at + wide, y + 2), 1, _SIZE))
            at += wide + stringWidth(" ", "Helvetica", _SIZE)
    return Page(1, PageSize(595, 842), tuple(words))


@dataclass(frozen=True, slots=True)
class Wording:
    """A maker's paper: ``head`` holds labels with their values, ``totals`` the three or four sums from net to due."""

    title: str
    seller: tuple[str, str, str]
    parties: tuple[str, tuple[str, str, str]]
    head: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]
    vat: tuple[str, str]
    terms: str


_LEFT = (50.0, 110.0, 300.0, 350.0, 430.0, 500.0)


def paper(words: Wording) -> Page:
    """The seller above, the title, the buyer beside the numbers and days, items, sums, and the seller's tax number."""
    texts: list[Text] = [(50, 50 + 12 * i, line) for i, line in enumerate(words.seller)]
    texts.append((50, 120, words.title))
    texts += [(50, 150 + 12 * i, line) for i, line in enumerate((words.parties[0], *words.parties[1]))]
    for i, (label, value) in enumerate(words.head):
        texts += [(330, 150 + 12 * i, label), (470, 150 + 12 * i, value)]
    for i, row in enumerate((words.columns, *words.rows)):
        texts += [(x, 290 + 16 * i, cell) for x, cell in zip(_LEFT, row, strict=True)]
    for i, (label, value) in enumerate(words.totals):
        texts += [(330, 400 + 14 * i, label), (500, 400 + 14 * i, value)]
    return page_of([*texts, (50, 500, words.terms), (50, 780, words.vat[0])])


def read(words: Wording) -> Extraction:
    return read_kind(lay_out([paper(words)]), None)


# What a clerk of each country writes, not what the lexicon lists; each is for 10 pieces and 2, in all 1,250 with tax.
PAPERS = {
    "da": Wording(
        "Faktura", ("Nordhavn Belysning A/S", "Strandvejen 14", "2900 Hellerup"),
        ("Faktureres til", ("Vestkyst Møbler ApS", "Torvet 3", "6700 Esbjerg")),
        (("Fakturanr.", "F-20417"), ("Fakturadato", "3. marts 2026"), ("Forfaldsdato", "2. april 2026"),
         ("Jeres ordrenr.", "4500981"), ("Kundenr.", "1187")),
        ("Varenr.", "Beskrivelse", "Antal", "Enhed", "Stk. pris", "Beløb"),
        (("L-100", "Loftlampe sort", "10", "stk.", "80,00", "800,00"),
         ("L-220", "Pendel messing", "2", "stk.", "100,00", "200,00")),
        (("I alt ekskl. moms", "1.000,00"), ("25 % moms", "250,00"), ("At betale DKK", "1.250,00")),
        ("CVR-nr. 13585628", "13585628"), "Betalingsbetingelser: Netto 30 dage",
    ),
    "nb": Wording(
        "Faktura", ("Fjellheim Verktøy AS", "Storgata 22", "0184 Oslo"),
        ("Kunde", ("Kystbutikken AS", "Havnegata 5", "5003 Bergen")),
        (("Fakturanummer", "104418"), ("Fakturadato", "3. mars 2026"), ("Forfallsdato", "2. april 2026"),
         ("Deres ordrenr.", "PO-7712"), ("KID", "1044180026")),
        ("Varenr.", "Beskrivelse", "Antall", "Enhet", "Enhetspris", "Beløp"),
        (("V-10", "Hammer 500 g", "10", "stk", "80,00", "800,00"),
         ("V-31", "Skiftenøkkel", "2", "stk", "100,00", "200,00")),
        (("Sum eks. mva.", "1 000,00"), ("Mva. 25 %", "250,00"), ("Å betale NOK", "1 250,00")),
        ("NO 974 760 673 MVA", "NO974760673MVA"), "Betalingsbetingelser: netto 30 dager",
    ),
    "cs": Wording(
        "Faktura – daňový doklad", ("Světla Morava s.r.o.", "Masarykova 18", "602 00 Brno"),
        ("Odběratel", ("Nábytek Vltava a.s.", "Dlouhá 7", "110 00 Praha")),
        (("Číslo dokladu", "26010417"), ("Datum vystavení", "3. března 2026"), ("Datum splatnosti", "2. dubna 2026"),
         ("Objednávka č.", "OV-4471"), ("Variabilní symbol", "26010417")),
        ("Kód", "Název položky", "Množství", "MJ", "Cena za MJ", "Celkem"),
        (("S-100", "Stropní svítidlo", "10", "ks", "80,00", "800,00"),
         ("S-220", "Lustr mosazný", "2", "ks", "100,00", "200,00")),
        (("Základ daně", "1 000,00"), ("DPH 25 %", "250,00"), ("Celkem k úhradě Kč", "1 250,00")),
        ("DIČ: CZ25123891", "CZ25123891"), "Splatnost 30 dní od vystavení",
    ),
    "sk": Wording(
        "Faktúra", ("Svetlo Tatry s.r.o.", "Hlavná 18", "040 01 Košice"),
        ("Odberateľ", ("Nábytok Dunaj a.s.", "Dlhá 7", "811 01 Bratislava")),
        (("Číslo faktúry", "26010417"), ("Dátum vystavenia", "3. marca 2026"), ("Dátum splatnosti", "2. apríla 2026"),
         ("Objednávka č.", "OV-4471"), ("Variabilný symbol", "26010417")),
        ("Kód", "Názov položky", "Množstvo", "MJ", "Cena za MJ", "Spolu"),
        (("S-100", "Stropné svietidlo", "10", "ks", "80,00", "800,00"),
         ("S-220", "Luster mosadzný", "2", "ks", "100,00", "200,00")),
        (("Základ dane", "1 000,00"), ("DPH 25 %", "250,00"), ("Spolu k úhrade EUR", "1 250,00")),
        ("IČ DPH: SK2022749619", "SK2022749619"), "Splatnosť 30 dní od vystavenia",
    ),
    "fi": Wording(
        "Lasku", ("Pohjolan Valaisin Oy", "Satamakatu 4", "33200 Tampere"),
        ("Laskutusosoite", ("Rannikon Kaluste Oy", "Kauppatori 2", "20100 Turku")),
        (("Laskun numero", "20417"), ("Laskun päiväys", "3. maaliskuuta 2026"), ("Eräpäivä", "2. huhtikuuta 2026"),
         ("Ostotilausnumero", "PO-7712"), ("Viitenumero", "204170026")),
        ("Tuotekoodi", "Nimike", "Määrä", "Yks.", "à-hinta", "Yhteensä"),
        (("V-100", "Kattovalaisin musta", "10", "kpl", "80,00", "800,00"),
         ("V-220", "Riippuvalaisin messinki", "2", "kpl", "100,00", "200,00")),
        (("Yhteensä veroton", "1 000,00"), ("ALV 25 %", "250,00"), ("Maksettava yhteensä EUR", "1 250,00")),
        ("ALV-tunnus FI20774740", "FI20774740"), "Maksuehto: 30 pv netto",
    ),
    "hu": Wording(
        "Számla", ("Fényforrás Kft.", "Kossuth utca 18.", "1055 Budapest"),
        ("Vevő", ("Dunai Bútor Zrt.", "Fő tér 7.", "6720 Szeged")),
        (("Számla sorszáma", "FF-2026/0417"), ("Számla kelte", "2026. március 3."),
         ("Fizetési határidő", "2026. április 2."), ("Megrendelés száma", "MR-4471"), ("Ügyfélszám", "1187")),
        ("Cikkszám", "Megnevezés", "Mennyiség", "Me.", "Egységár", "Nettó érték"),
        (("F-100", "Mennyezeti lámpa", "10", "db", "80,00", "800,00"),
         ("F-220", "Csillár réz", "2", "db", "100,00", "200,00")),
        (("Nettó összesen", "1 000,00"), ("ÁFA 25 %", "250,00"), ("Fizetendő végösszeg Ft", "1 250,00")),
        ("Közösségi adószám: HU12892312", "HU12892312"), "Fizetés 30 napon belül átutalással",
    ),
    "ro": Wording(
        "Factură fiscală", ("Lumina Carpați S.R.L.", "Str. Victoriei 18", "400001 Cluj-Napoca"),
        ("Cumpărător", ("Mobila Dunării S.A.", "Bd. Unirii 7", "030167 București")),
        (("Nr. factură", "LC-20417"), ("Data emiterii", "3 martie 2026"), ("Data scadenței", "2 aprilie 2026"),
         ("Comanda nr.", "CD-4471"), ("Cod client", "1187")),
        ("Cod produs", "Denumire produs", "Cant.", "U.M.", "Preț unitar", "Valoare"),
        (("L-100", "Plafonieră neagră", "10", "buc", "80,00", "800,00"),
         ("L-220", "Lustră alamă", "2", "buc", "100,00", "200,00")),
        (("Total fără TVA", "1.000,00"), ("TVA 25 %", "250,00"), ("Total de plată lei", "1.250,00")),
        ("C.I.F. RO18547290", "RO18547290"), "Termen de plată: 30 zile de la data facturii",
    ),
}  # fmt: skip
_CURRENCIES = {"da": "DKK", "nb": "NOK", "cs": "CZK", "hu": "HUF", "ro": "RON"}


@pytest.mark.parametrize("language", PAPERS)
def test_an_invoice_is_read(language: str) -> None:
    words = PAPERS[language]
    found = read(words)
    values = dict(words.head)
    number, order = (list(values.values())[i] for i in (0, 3))
    assert found.kind is DocumentKind.SUPPLIER_INVOICE
    assert (found.text("invoice_number"), found.text("order_reference")) == (number, order)
    assert (found.day("issue_date"), found.day("due_date")) == (date(2026, 3, 3), date(2026, 4, 2))
    assert (found.text("seller_name"), found.text("buyer_name")) == (words.seller[0], words.parties[1][0])
    assert found.text("currency") == _CURRENCIES.get(language, "EUR")
    sums = [found.amount(name) for name in ("net_total", "tax_total", "grand_total", "amount_due")]
    assert sums == [Decimal(1000), Decimal(250), Decimal(1250), Decimal(1250)]
    assert found.text("seller_vat_id") == words.vat[1]


@pytest.mark.parametrize("language", PAPERS)
def test_its_lines_are_read(language: str) -> None:
    lines = read(PAPERS[language]).lines
    names = ("seller_item_id", "description", "quantity", "unit", "unit_price", "line_total")
    assert [tuple(line.text(name) for name in names) for line in lines] == [
        (row[0], row[1], row[2], "C62", row[4].replace(",", "."), row[5].replace(",", "."))
        for row in PAPERS[language].rows
    ]


@pytest.mark.parametrize("language", PAPERS)
def test_its_language_is_known(language: str) -> None:
    assert Reading(lay_out([paper(PAPERS[language])])).languages[0] == language


_TITLES = {
    DocumentKind.CREDIT_NOTE: (
        "Kreditnota", "Dobropis", "Opravný daňový doklad", "Hyvityslasku", "Jóváíró számla", "Factură storno",
        "Opravná faktúra",
    ),
    DocumentKind.PRO_FORMA: (
        "Proformafaktura", "Zálohová faktura", "Zálohová faktúra", "Proformalasku", "Díjbekérő", "Factură proformă",
    ),
    DocumentKind.PAYMENT_REMINDER: (
        "2. rykker", "Purring", "Upomínka", "Výzva na úhradu", "Maksumuistutus", "Fizetési felszólítás",
        "Somație de plată",
    ),
    DocumentKind.ORDER_CONFIRMATION: (
        "Ordrebekræftelse", "Ordrebekreftelse", "Potvrzení objednávky", "Potvrdenie objednávky", "Tilausvahvistus",
        "Rendelés visszaigazolása", "Confirmare de comandă",
    ),
    DocumentKind.DELIVERY_NOTE: (
        "Følgeseddel", "Pakkseddel", "Dodací list", "Lähete", "Szállítólevél", "Aviz de însoțire a mărfii",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, titles in _TITLES.items() for title in titles])
def test_titles(kind: DocumentKind, title: str) -> None:
    page = page_of(
        [(50, 50, "Nordhavn Tools"), (50, 120, title), (50, 160, "3.3.2026"), (50, 200, "12 x 40,00 480,00")]
    )
    assert read_kind(lay_out([page]), None).kind is kind


@pytest.mark.parametrize(
    "printed",
    [
        "3. marts 2026", "den 3. mars 2026", "3. března 2026", "3 marec 2026", "3. maaliskuuta 2026",
        "2026. március 3.", "3 martie 2026", "2026. márc. 3.",
    ],
)  # fmt: skip
def test_months(printed: str) -> None:
    assert [found.value for found in find_dates(printed)] == [date(2026, 3, 3)]


def test_every_month_of_every_language() -> None:
    names = {
        "da": "januar februar marts april maj juni juli august september oktober november december",
        "nb": "januar februar mars april mai juni juli august september oktober november desember",
        "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
        "sk": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
        "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
        "lokakuuta marraskuuta joulukuuta",
        "hu": "január február március április május június július augusztus szeptember október november december",
        "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    }
    for months in names.values():
        days = [found.value.month for name in months.split() for found in find_dates(f"7. {name} 2026")]
        assert days == list(range(1, 13)), months


def test_units() -> None:
    assert {unit_code(printed) for printed in ("stk.", "ks", "kpl", "db", "buc", "styk")} == {"C62"}
    assert {unit_code(printed) for printed in ("timer", "hod.", "tuntia", "óra", "ore")} == {"HUR"}


# What clerks shorten and turn about, each as it may stand before its value.
_HABITS = {
    "invoice_number": ("Bill no.", "Rg.-Nr.", "Beleg-Nr.", "N° pièce", "Nº doc.", "Doc. no.", "Factuurnr", "Fakturanr",
                       "Nr. doc.", "N.º documento", "Nr dokumentu", "Faktnr.", "Doklad č.", "Lasku nro"),
    "order_reference": ("Customer PO", "Ihre Best.-Nr.", "V/cde n°", "Su pedido nº", "Vs. ordine n.", "Zamówienie nr",
                        "Uw bestelbonnr", "Ert best.nr", "V/ encomenda n.º", "Kd.-Bestellnr.", "Cust. order no",
                        "Rekv.nr.", "Objednávka č.", "Ostotilaus nro", "Vevői rendelésszám"),
    "due_date": ("Zahlbar bis", "À régler avant le", "Fecha vto.", "Da pagare entro il", "Te betalen vóór", "Pagar até",
                 "Förf.datum", "Do zapłaty do dnia", "Terms due date", "Betales senest", "Splatno do"),
}  # fmt: skip


@pytest.mark.parametrize(("field", "label"), [(field, label) for field, labels in _HABITS.items() for label in labels])
def test_labels_of_clerks(field: str, label: str) -> None:
    value = "12.04.2026" if field == "due_date" else "KX-40417"
    page = page_of([(50, 50, "Nordhavn Tools"), (330, 150, "03.03.2026"), (330, 166, label), (470, 166, value)])
    found = read_kind(lay_out([page]), DocumentKind.SUPPLIER_INVOICE)
    assert found.text(field) == value or found.day(field) == date(2026, 4, 12)


def test_the_total_with_tax_is_not_the_lines_total() -> None:
    rows = (
        ("S-1", "Broušení", "4", "hod", "690,00", "2 760,00", "3 339,60"),
        ("S-2", "Řezání", "2", "hod", "100,00", "200,00", "242,00"),
    )
    head = ("Kód", "Popis", "Množství", "MJ", "Cena", "Cena", "Celkem")
    at = (50, 100, 250, 310, 360, 430, 500)
    texts = [(x, 290 + 16 * i, cell) for i, row in enumerate((head, *rows)) for x, cell in zip(at, row, strict=True)]
    found = read_kind(lay_out([page_of([(50, 50, "Faktura č. 4711"), *texts])]), None)
    assert [line.text("line_total") for line in found.lines] == ["2760.00", "200.00"]
