"""Statements, reminders, payout reports and remittance advices are read with their balances and lines."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.pipeline import extract
from service.demo.documents.fonts import can_print
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction, Line
from tests.support.programs import missing
from tests.support.statement_papers import Statement, draw_statement

US = ("Möbelhaus Weber KG", "Lindenallee 3", "04109 Leipzig")
BANK_HEAD = ("Sparbank Elbtal AG", "Marktplatz 1", "01067 Dresden")


def read(paper: Statement) -> Extraction:
    return extract(draw_statement(paper), "paper.pdf")


def said(line: Line, *names: str) -> tuple[str | None, ...]:
    return tuple(line.text(name) for name in names)


def head(found: Extraction, *names: str) -> tuple[str | None, ...]:
    return tuple(found.text(name) for name in names)


ENGLISH = Statement(
    "Statement of account", ("Hartwell Lighting Ltd", "12 Mill Lane", "Leeds LS1 4AB"),
    ("Brook & Sons Ltd", "4 High Street", "York YO1 7HT"),
    (("Statement date:", "31/03/2026"), ("Account no:", "C-20418"), ("Currency:", "GBP")),
    (("Date", 60, "l"), ("Type", 130, "l"), ("Reference", 210, "l"), ("Due date", 310, "l"), ("Debit", 425, "r"),
     ("Credit", 485, "r"), ("Balance", 545, "r")),
    (
        ("01/03/2026", "Opening balance", "", "", "", "", "250.00"),
        ("04/03/2026", "Invoice", "INV-10045", "03/04/2026", "1,200.00", "", "1,450.00"),
        ("11/03/2026", "Payment", "BACS 7781", "", "", "250.00", "1,200.00"),
        ("19/03/2026", "Credit note", "CN-2207", "", "", "80.50", "1,119.50"),
        ("27/03/2026", "Invoice", "INV-10101", "26/04/2026", "300.50", "", "1,420.00"),
    ),
    (("Closing balance", "1,420.00"),),
)  # fmt: skip


def test_debits_and_credits_lead_from_the_opening_to_the_closing_balance() -> None:
    found = read(ENGLISH)
    assert found.kind is DocumentKind.SUPPLIER_STATEMENT
    assert head(found, "issue_date", "currency", "opening_balance", "closing_balance", "seller_name", "buyer_name") == (
        "2026-03-31", "GBP", "250.00", "1420.00", "Hartwell Lighting Ltd", "Brook & Sons Ltd")  # fmt: skip
    assert [said(line, "document_type", "reference", "date", "due_date", "amount") for line in found.lines] == [
        ("invoice", "INV-10045", "2026-03-04", "2026-04-03", "1200.00"),
        ("payment", "BACS 7781", "2026-03-11", None, "-250.00"),
        ("credit_note", "CN-2207", "2026-03-19", None, "-80.50"),
        ("invoice", "INV-10101", "2026-03-27", "2026-04-26", "300.50"),
    ]
    assert all("open_amount" not in line.fields for line in found.lines)
    assert all(line.fields["amount"].confidence > 0.9 for line in found.lines)


def test_an_ageing_at_the_foot_gives_no_lines() -> None:
    ageing = ("Current      1-30 days      31-60 days      over 60 days", "300.50      1,119.50      0.00      0.00")
    assert len(read(replace(ENGLISH, after=ageing)).lines) == 4


OPEN_ITEMS = {
    "de": Statement(
        "Offene Posten", ("Lampenwerk Süd GmbH", "Industriestr. 9", "70565 Stuttgart"), US,
        (("Stand:", "30.04.2026"), ("Kundennummer:", "10442")),
        (("Belegdatum", 60, "l"), ("Belegart", 125, "l"), ("Beleg-Nr.", 200, "l"), ("Fällig am", 290, "l"),
         ("Betrag EUR", 420, "r"), ("Offen EUR", 500, "r")),
        (
            ("02.03.2026", "Rechnung", "RE-8841", "01.04.2026", "1.190,00", "690,00"),
            ("09.03.2026", "Gutschrift", "GS-118", "", "-59,50", "-59,50"),
            ("21.04.2026", "Rechnung", "RE-9012", "21.05.2026", "238,00", "238,00"),
        ),
        (("Saldo", "868,50"),),
    ),
    "fr": Statement(
        "Relevé de compte", ("Lumière du Nord SARL", "8 rue des Lilas", "59000 Lille"), US,
        (("Date du relevé :", "30/04/2026"), ("N° client :", "C10442")),
        (("Date", 60, "l"), ("Type", 125, "l"), ("N° pièce", 200, "l"), ("Échéance", 290, "l"), ("Montant", 420, "r"),
         ("Restant dû", 500, "r")),
        (
            ("02/03/2026", "Facture", "FA-8841", "01/04/2026", "1 190,00 €", "690,00 €"),
            ("09/03/2026", "Avoir", "AV-118", "", "-59,50 €", "-59,50 €"),
            ("21/04/2026", "Facture", "FA-9012", "21/05/2026", "238,00 €", "238,00 €"),
        ),
        (("Solde à payer", "868,50 €"),),
    ),
    "es": Statement(
        "Extracto de cuenta", ("Luces del Sur, S.L.", "Calle Mayor 8", "28013 Madrid"), US,
        (("Fecha:", "30/04/2026"),),
        (("Fecha", 60, "l"), ("Documento", 125, "l"), ("Número", 200, "l"), ("Vencimiento", 290, "l"),
         ("Importe", 420, "r"), ("Pendiente", 500, "r")),
        (
            ("02/03/2026", "Factura", "F-8841", "01/04/2026", "1.190,00 €", "690,00 €"),
            ("09/03/2026", "Abono", "A-118", "", "-59,50 €", "-59,50 €"),
            ("21/04/2026", "Factura", "F-9012", "21/05/2026", "238,00 €", "238,00 €"),
        ),
        (("Total pendiente", "868,50 €"),),
    ),
    "it": Statement(
        "Estratto conto", ("Luce Viva S.r.l.", "Via Roma 8", "20121 Milano"), US,
        (("Data:", "30/04/2026"),),
        (("Data doc.", 60, "l"), ("Tipo", 125, "l"), ("N. documento", 200, "l"), ("Scadenza", 290, "l"),
         ("Importo", 420, "r"), ("Residuo", 500, "r")),
        (
            ("02/03/2026", "Fattura", "8841/A", "01/04/2026", "1.190,00", "690,00"),
            ("09/03/2026", "Nota di credito", "118/NC", "", "-59,50", "-59,50"),
            ("21/04/2026", "Fattura", "9012/A", "21/05/2026", "238,00", "238,00"),
        ),
        (("Totale dovuto EUR", "868,50"),),
    ),
    "nl": Statement(
        "Openstaande posten", ("Lichthuis B.V.", "Kerkstraat 8", "1017 GC Amsterdam"), US,
        (("Datum:", "30-04-2026"),),
        (("Factuurdatum", 60, "l"), ("Soort", 135, "l"), ("Factuurnr.", 200, "l"), ("Vervaldatum", 290, "l"),
         ("Bedrag", 420, "r"), ("Openstaand", 500, "r")),
        (
            ("02-03-2026", "Factuur", "26-8841", "01-04-2026", "€ 1.190,00", "€ 690,00"),
            ("09-03-2026", "Creditnota", "26-118", "", "€ -59,50", "€ -59,50"),
            ("21-04-2026", "Factuur", "26-9012", "21-05-2026", "€ 238,00", "€ 238,00"),
        ),
        (("Totaal openstaand", "€ 868,50"),),
    ),
    "pl": Statement(
        "Zestawienie należności", ("Światło Sp. z o.o.", "ul. Długa 8", "00-238 Warszawa"), US,
        (("Stan na dzień:", "30.04.2026"),),
        (("Data wyst.", 60, "l"), ("Rodzaj", 125, "l"), ("Nr dokumentu", 200, "l"), ("Termin płatności", 290, "l"),
         ("Kwota", 430, "r"), ("Pozostało", 510, "r")),
        (
            ("02.03.2026", "Faktura", "FV/8841/26", "01.04.2026", "1 190,00 zł", "690,00 zł"),
            ("09.03.2026", "Korekta", "KOR/118/26", "", "-59,50 zł", "-59,50 zł"),
            ("21.04.2026", "Faktura", "FV/9012/26", "21.05.2026", "238,00 zł", "238,00 zł"),
        ),
        (("Razem do zapłaty", "868,50 zł"),),
    ),
    "pt": Statement(
        "Extrato de conta", ("Luz Clara, Lda.", "Rua Nova 8", "1100-204 Lisboa"), US,
        (("Data de emissão:", "30/04/2026"),),
        (("Data", 60, "l"), ("Documento", 125, "l"), ("Nº", 210, "l"), ("Vencimento", 290, "l"), ("Valor", 420, "r"),
         ("Em dívida", 500, "r")),
        (
            ("02/03/2026", "Fatura", "FT 2026/8841", "01/04/2026", "1.190,00 €", "690,00 €"),
            ("09/03/2026", "Nota de crédito", "NC 2026/118", "", "-59,50 €", "-59,50 €"),
            ("21/04/2026", "Fatura", "FT 2026/9012", "21/05/2026", "238,00 €", "238,00 €"),
        ),
        (("Total em dívida", "868,50 €"),),
    ),
    "sv": Statement(
        "Kontoutdrag", ("Ljushuset AB", "Storgatan 8", "111 23 Stockholm"), US,
        (("Datum:", "2026-04-30"),),
        (("Fakturadatum", 60, "l"), ("Typ", 140, "l"), ("Fakturanr", 210, "l"), ("Förfallodatum", 290, "l"),
         ("Belopp SEK", 430, "r"), ("Restbelopp SEK", 520, "r")),
        (
            ("2026-03-02", "Faktura", "8841", "2026-04-01", "1 190,00", "690,00"),
            ("2026-03-09", "Kreditfaktura", "9118", "", "-59,50", "-59,50"),
            ("2026-04-21", "Faktura", "9012", "2026-05-21", "238,00", "238,00"),
        ),
        (("Att betala SEK", "868,50"),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", OPEN_ITEMS)
def test_open_items_in_every_language(language: str) -> None:
    if not can_print(language):
        missing("A typeface with the letters of " + language, "fonts-liberation fonts-dejavu-core")
    paper = OPEN_ITEMS[language]
    found = read(paper)
    currency = {"pl": "PLN", "sv": "SEK"}.get(language, "EUR")
    assert found.kind is DocumentKind.SUPPLIER_STATEMENT
    assert head(found, "issue_date", "closing_balance", "grand_total", "currency", "seller_name", "buyer_name") == (
        "2026-04-30", "868.50", "868.50", currency, paper.sender[0], US[0])  # fmt: skip
    types = ("invoice", "credit_note", "invoice")
    assert [said(line, "document_type", "reference") for line in found.lines] == [
        (sort, row[2]) for sort, row in zip(types, paper.rows, strict=True)
    ]
    assert [line.fields["document_type"].raw for line in found.lines] == [row[1] for row in paper.rows]
    assert [said(line, "date", "due_date", "amount", "open_amount") for line in found.lines] == [
        ("2026-03-02", "2026-04-01", "1190.00", "690.00"),
        ("2026-03-09", None, "-59.50", "-59.50"),
        ("2026-04-21", "2026-05-21", "238.00", "238.00"),
    ]


BANK = Statement(
    "Kontoauszug", BANK_HEAD, US,
    (("Auszugsdatum", "31.03.2026"), ("IBAN", "DE89 3704 0044 0532 0130 00"), ("Zeitraum", "01.03.2026 - 31.03.2026")),
    (("Buchungstag", 60, "l"), ("Wert", 125, "l"), ("Verwendungszweck", 190, "l"), ("Soll", 440, "r"),
     ("Haben", 520, "r")),
    (
        ("02.03.2026", "02.03.2026", "SEPA-Überweisung\nLampenwerk Süd GmbH\nRechnung RE-8841\n"
         "IBAN: DE02 1203 0000 0000 2020 51", "1.190,00", ""),
        ("05.03.2026", "05.03.2026", "Gutschrift\nKarla Brandt\nBestellung SO-4711\nIBAN: DE75 5121 0800 1245 1261 99",
         "", "249,90"),
        ("31.03.2026", "31.03.2026", "Kontoführung", "9,90", ""),
    ),
    (("Alter Kontostand", "2.000,00"), ("Neuer Kontostand", "1.050,00")),
)  # fmt: skip


def test_a_bank_statement_names_who_paid_whom() -> None:
    found = read(BANK)
    assert found.kind is DocumentKind.BANK_STATEMENT
    assert head(found, "issue_date", "period_start", "period_end", "iban", "opening_balance", "closing_balance") == (
        "2026-03-31", "2026-03-01", "2026-03-31", "DE89370400440532013000", "2000.00", "1050.00")  # fmt: skip
    names = ("date", "counterparty_name", "counterparty_iban", "reference", "amount")
    assert [said(line, *names) for line in found.lines] == [
        ("2026-03-02", "Lampenwerk Süd GmbH", "DE02120300000000202051", "RE-8841", "-1190.00"),
        ("2026-03-05", "Karla Brandt", "DE75512108001245126199", "SO-4711", "249.90"),
        ("2026-03-31", None, None, None, "-9.90"),
    ]


def test_a_bank_that_prints_neither_years_nor_names_of_their_own() -> None:
    columns = (("Date", 60, "l"), ("Valeur", 120, "l"), ("Nature de l'opération", 180, "l"), ("Débit", 440, "r"),
               ("Crédit", 520, "r"))  # fmt: skip
    rows = (
        ("02/03", "02/03", "VIR SEPA LUMIERE DU NORD SARL\nFA-8841", "1 190,00", ""),
        ("05/03", "05/03", "VIR RECU DE KARLA BRANDT\nCMD-4711", "", "249,90"),
    )
    foot = (("Ancien solde au 28/02/2026", "2 000,00"), ("Nouveau solde au 31/03/2026", "1 059,90"))
    head_of_page = ("Banque du Littoral", "1 place du Port", "13002 Marseille")
    meta = (("Date", "31/03/2026"), ("IBAN", "FR14 2004 1010 0505 0001 3M02 606"))
    found = read(Statement("Relevé de compte", head_of_page, US, meta, columns, rows, foot))
    assert found.kind is DocumentKind.BANK_STATEMENT
    assert [said(line, "date", "counterparty_name", "reference", "amount") for line in found.lines] == [
        ("2026-03-02", "LUMIERE DU NORD SARL", "FA-8841", "-1190.00"),
        ("2026-03-05", "KARLA BRANDT", "CMD-4711", "249.90"),
    ]


def test_a_statement_whose_text_column_says_everything() -> None:
    columns = (("Date", 60, "l"), ("Transaction", 130, "l"), ("Amount", 440, "r"), ("Balance", 520, "r"))
    rows = (
        ("02/28/2026", "Balance forward", "", "250.00"),
        ("03/04/2026", "INV #10045. Due 04/03/2026.", "1,200.00", "1,450.00"),
        ("03/11/2026", "PMT #7781.", "-250.00", "1,200.00"),
    )
    boxes = ("Current   1-30 Days   31-60 Days   Over 60   Amount Due", "1,200.00   0.00   0.00   0.00   $1,200.00")
    meta = (("Date", "3/31/2026"), ("Amount Due", "$1,200.00"))
    found = read(replace(ENGLISH, title="Statement", meta=meta, columns=columns, rows=rows, foot=(), after=boxes))
    assert head(found, "opening_balance", "closing_balance") == ("250.00", "1200.00")
    assert [said(line, "document_type", "reference", "date", "amount") for line in found.lines] == [
        ("invoice", "10045", "2026-03-04", "1200.00"),
        ("payment", "7781", "2026-03-11", "-250.00"),
    ]


@pytest.mark.parametrize(
    ("marks", "amounts"),
    [
        (("1.190,00 S", "249,90 H", "9,90 S"), ("-1190.00", "249.90", "-9.90")),
        (("-1.190,00", "+249,90", "-9,90"), ("-1190.00", "249.90", "-9.90")),
        (("1.190,00-", "249,90+", "9,90-"), ("-1190.00", "249.90", "-9.90")),
        (("1,190.00 DR", "249.90 CR", "9.90 DR"), ("-1190.00", "249.90", "-9.90")),
        (("1,190.00 Dr", "249.90 Cr", "9.90 Dr"), ("-1190.00", "249.90", "-9.90")),
    ],
)
def test_marks_and_signs_of_one_column(marks: tuple[str, ...], amounts: tuple[str, ...]) -> None:
    columns = (*BANK.columns[:3], ("Betrag", 520, "r"))
    rows = tuple((*row[:3], mark) for row, mark in zip(BANK.rows, marks, strict=True))
    english = "." in marks[0][-7:]
    foot = (("Alter Kontostand", "2,000.00"), ("Neuer Kontostand", "1,050.00")) if english else BANK.foot
    found = read(replace(BANK, columns=columns, rows=rows, foot=foot))
    assert tuple(line.text("amount") for line in found.lines) == amounts


@pytest.mark.parametrize(
    ("marks", "balances"),
    [
        (("2.000,00 H", "1.050,00 H"), ("2000.00", "1050.00")),
        (("2.000,00 CR", "1.050,00 CR"), ("2000.00", "1050.00")),
        (("500,00 S", "1.450,00 S"), ("-500.00", "-1450.00")),
        (("-500,00", "-1.450,00"), ("-500.00", "-1450.00")),
    ],
)
def test_a_mark_tells_whether_a_balance_is_in_credit(marks: tuple[str, str], balances: tuple[str, str]) -> None:
    found = read(replace(BANK, foot=(("Alter Kontostand", marks[0]), ("Neuer Kontostand", marks[1]))))
    assert head(found, "opening_balance", "closing_balance") == balances
    assert found.lines[0].fields["amount"].confidence > 0.9


REMINDER = Statement(
    "2. Mahnung", ("Lampenwerk Süd GmbH", "Industriestr. 9", "70565 Stuttgart"), US,
    (("Datum:", "12.05.2026"), ("Kundennummer:", "10442")),
    (("Rechnungsnr.", 60, "l"), ("Rechnungsdatum", 150, "l"), ("Fällig am", 250, "l"), ("Verzugstage", 390, "r"),
     ("Offener Betrag", 500, "r")),
    (
        ("RE-8841", "02.03.2026", "01.04.2026", "41", "690,00 €"),
        ("RE-8902", "14.03.2026", "13.04.2026", "29", "119,00 €"),
    ),
    (("Mahngebühr", "5,00 €"), ("Gesamtforderung", "814,00 €")),
    text=("Sehr geehrte Damen und Herren,", "trotz unserer Erinnerung vom 20.04.2026 sind diese Rechnungen offen:"),
)  # fmt: skip


def test_a_reminder_lists_what_is_open() -> None:
    found = read(REMINDER)
    assert found.kind is DocumentKind.PAYMENT_REMINDER
    assert head(found, "issue_date", "closing_balance", "grand_total", "currency") == (
        "2026-05-12", "814.00", "814.00", "EUR")  # fmt: skip
    assert [said(line, "reference", "date", "due_date", "open_amount") for line in found.lines] == [
        ("RE-8841", "2026-03-02", "2026-04-01", "690.00"),
        ("RE-8902", "2026-03-14", "2026-04-13", "119.00"),
    ]


def test_a_reminder_whose_list_has_no_header() -> None:
    paper = replace(REMINDER, columns=tuple(("", x, side) for _, x, side in REMINDER.columns))
    found = read(paper)
    assert [said(line, "reference", "date", "due_date") for line in found.lines] == [
        ("RE-8841", "2026-03-02", "2026-04-01"),
        ("RE-8902", "2026-03-14", "2026-04-13"),
    ]


def test_a_payout_report_tells_the_net_of_each_order() -> None:
    paper = Statement(
        "Settlement report", ("Marketplace Nine S.à r.l.", "5 rue Plaetis", "2338 Luxembourg"), US,
        (("Settlement date:", "15 May 2026"), ("Period:", "1 May 2026 - 14 May 2026")),
        (("Date", 60, "l"), ("Type", 140, "l"), ("Order ID", 210, "l"), ("Gross", 360, "r"), ("Fees", 430, "r"),
         ("Net", 510, "r")),
        (
            ("2 May 2026", "Order", "305-7781", "EUR 100.00", "EUR -15.00", "EUR 85.00"),
            ("3 May 2026", "Refund", "305-7702", "EUR -40.00", "EUR 6.00", "EUR -34.00"),
            ("9 May 2026", "Order", "305-7804", "EUR 20.00", "EUR -3.00", "EUR 17.00"),
        ),
        (("Net payout", "EUR 68.00"),),
    )  # fmt: skip
    found = read(paper)
    assert found.kind is DocumentKind.SETTLEMENT_REPORT
    assert head(found, "issue_date", "period_start", "period_end", "closing_balance", "currency") == (
        "2026-05-15", "2026-05-01", "2026-05-14", "68.00", "EUR")  # fmt: skip
    assert [said(line, "document_type", "reference", "amount") for line in found.lines] == [
        ("order", "305-7781", "85.00"), ("refund", "305-7702", "-34.00"), ("order", "305-7804", "17.00"),
    ]  # fmt: skip


def test_a_remittance_advice_lists_what_is_paid() -> None:
    paper = Statement(
        "Remittance advice", ("Brook & Sons Ltd", "4 High Street", "York YO1 7HT"), ("Hartwell Lighting Ltd",
        "12 Mill Lane", "Leeds LS1 4AB"),
        (("Payment date:", "28/04/2026"),),
        (("Your invoice", 60, "l"), ("Invoice date", 160, "l"), ("Invoice amount", 340, "r"), ("Discount", 430, "r"),
         ("Amount paid", 520, "r")),
        (
            ("INV-10045", "04/03/2026", "£1,200.00", "£24.00", "£1,176.00"),
            ("INV-10101", "27/03/2026", "£300.50", "£0.00", "£300.50"),
        ),
        (("Total payment", "£1,476.50"),),
    )  # fmt: skip
    found = read(paper)
    assert found.kind is DocumentKind.REMITTANCE_ADVICE
    assert head(found, "issue_date", "grand_total", "currency") == ("2026-04-28", "1476.50", "GBP")
    assert [said(line, "reference", "date", "amount") for line in found.lines] == [
        ("INV-10045", "2026-03-04", "1176.00"), ("INV-10101", "2026-03-27", "300.50"),
    ]  # fmt: skip


def test_a_statement_of_many_pages_goes_on_beneath_each_header() -> None:
    row = ENGLISH.rows[1]
    rows = tuple((row[0], row[1], f"INV-{n}", row[3], "10.00", "", "") for n in range(45))
    found = read(replace(ENGLISH, rows=rows, foot=(("Closing balance", "450.00"),)))
    assert [line.text("reference") for line in found.lines] == [f"INV-{n}" for n in range(45)]
    assert found.amount("closing_balance") == Decimal("450.00")


def test_a_reminder_about_one_invoice_in_prose() -> None:
    text = ("Dear Sirs,", "Invoice number: INV-10045", "Invoice date: 04/03/2026", "Due date: 03/04/2026",
            "Amount due: 1,200.00 GBP")  # fmt: skip
    meta = (("Date:", "12/05/2026"),)
    found = read(replace(ENGLISH, title="Payment reminder", meta=meta, columns=(), rows=(), foot=(), text=text))
    assert found.kind is DocumentKind.PAYMENT_REMINDER
    (line,) = found.lines
    assert said(line, "reference", "date", "due_date", "open_amount") == (
        "INV-10045", "2026-03-04", "2026-04-03", "1200.00")  # fmt: skip
