"""What a person sees at a glance on forms and in letters: where a part ends, whose words stand there, what is told."""

from __future__ import annotations

from service.domain.documents import DocumentKind
from tests.support.drawn_forms import Text, pairs, read_form


def letter(*lines: str) -> list[Text]:
    return [(60, 60 + 15 * row, 10, line) for row, line in enumerate(lines) if line]


SENDER = ("Marta Olsen", "14 Mill Lane", "Exeter EX2 4LT", "", "Quayside Lamps Ltd", "3 Dock Road", "Hull HU1 2AB", "")


def test_a_number_without_a_sum_makes_no_invoice() -> None:
    given = (
        ("Kunde", "Olaf Brenner"),
        ("Rechnungs-Nr.", "77120"),
        ("Serien-Nr.", "KX-99812"),
        ("aufgetreten am", "4.3.2026"),
        ("Mangel", "Bremse zieht einseitig"),
    )
    found = read_form((50, 50, 9, "Werkstatt Albers - Annahme"), *pairs(90, *given))
    assert found.kind is DocumentKind.WARRANTY_CLAIM
    assert found.text("invoice_reference") == "77120"


def test_who_encloses_a_copy_of_the_invoice_asks_for_none() -> None:
    body = ("Dear Sirs,", "", "the lamp bought on 3 March 2026 under invoice no. Q-8812 no longer works.")
    more = ("It is still under warranty, please replace it.", "I enclose a copy of the invoice.", "", "Yours sincerely")
    found = read_form(*letter(*SENDER, *body, *more, "", "Marta Olsen"))
    assert found.kind is DocumentKind.WARRANTY_CLAIM
    assert found.text("requested_resolution") == "exchange"


def test_a_complaint_that_claims_nothing_is_a_letter() -> None:
    body = (
        "Betreff: Reklamation der Zustellung",
        "",
        "Guten Tag,",
        "",
        "der Fahrer hat das Paket im Regen abgestellt.",
    )
    found = read_form(
        *letter("Ute Brandt", "Am Wall 4", "28195 Bremen", "", *body, "", "Mit freundlichen Grüßen", "Ute Brandt")
    )
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION


def test_a_run_of_words_heads_one_column() -> None:
    places = (50.0, 110.0, 220.0, 300.0, 330.0, 410.0)
    names = ("Place", "Tread size and line", "Serial no.", "Qty", "Credit $ ea", "Credit $ total")
    head: list[Text] = [(x, 120, 9, f"*{name}") for x, name in zip(places, names, strict=True)]
    rows: list[Text] = []
    first = ("RR", "Roamer GT 225/60", "7K11", "2", "40.00", "80.00")
    second = ("LF", "City 195/65", "7K12", "1", "30.00", "30.00")
    for row, cells in enumerate((first, second)):
        rows += [(x, 138 + 16 * row, 9, cell) for x, cell in zip(places, cells, strict=True)]
    found = read_form((50, 50, 16, "*Warranty claim"), *pairs(80, ("Claim no.", "W-8812")), *head, *rows)
    assert [str(line.fields["unit_price"].value) for line in found.lines] == ["40.00", "30.00"]
    assert [line.text("description") for line in found.lines] == ["Roamer GT 225/60", "City 195/65"]


def test_what_is_printed_as_labels_are_ends_an_entry() -> None:
    texts: list[Text] = [(50, 50, 16, "*Return form"), (50, 80, 9, "Return no.: R-5512")]
    for row, (label, entry) in enumerate(
        (("Customer name", "Ann Lindley"), ("Street address", "8 Oak Row"), ("Kennel and breed club", "Northern"))
    ):
        texts += [(50, 110 + 26 * row, 6, label), (50, 121 + 26 * row, 11, entry)]
    texts += [(300, 136, 6, "Postcode, city"), (300, 147, 11, "Leeds LS1 4AB")]
    found = read_form(*texts)
    assert found.text("customer_address") == "8 Oak Row\nLeeds LS1 4AB"


def test_a_heading_that_nobody_knows_ends_the_part_before() -> None:
    found = read_form(
        (50, 50, 16, "*Garantieantrag"),
        (50, 90, 12, "*Händler"),
        *pairs(110, ("Firma", "Kranz Autoteile"), ("Kunden-Nr.", "H12")),
        (50, 160, 12, "*Werbende Partei"),
        *pairs(180, ("Name", "Jana Holt"), ("Anschrift", "Gartenweg 4, 91054 Erlangen"), ("Telefon", "0166 758924")),
        (50, 250, 12, "*Gerät"),
        *pairs(270, ("Seriennummer", "ZZ-88121"), ("Ausfall am", "03.04.2026")),
    )
    assert found.text("dealer_name") == "Kranz Autoteile"
    assert found.text("customer_name") == "Jana Holt"
    assert found.text("customer_phone") == "0166 758924"


def test_a_companys_name_is_no_signature_in_german() -> None:
    given = (("Firma / Name", "Jana Holt"), ("Seriennummer", "ZZ-88121"), ("Ausfall am", "03.04.2026"))
    found = read_form((50, 50, 16, "*Garantieantrag"), *pairs(90, *given), (50, 400, 8, "Unterschrift"))
    assert str(found.fields["signature_present"][0].value) == "False"


def test_a_letter_tells_address_telephone_and_fault_in_sentences() -> None:
    found = read_form(
        *letter(
            "Subject: Warranty claim for our lamp (order QL-77120)",
            "",
            "Hello,",
            "",
            "I am claiming under your two-year warranty for our Tern desk lamp, which we bought on 5 July 2025.",
            "",
            "Since 4 March 2026 the switch no longer works. It has only been used indoors. Please replace it.",
            "",
            "My address is Flat 2, 8 Harbour Street, Norwich NR2 3HG and my number 07703 745904.",
            "",
            "Kind regards",
            "Marta Olsen",
        )
    )
    assert found.text("customer_address") == "Flat 2, 8 Harbour Street, Norwich NR2 3HG"
    assert found.text("customer_phone") == "07703 745904"
    assert found.text("fault_description") == "the switch no longer works."
    assert found.text("sale_order_reference") == "QL-77120"
    assert "claim_number" not in found.fields
    assert found.lines[0].text("description") == "Tern desk lamp"


def test_forms_in_swedish_and_polish_and_portuguese() -> None:
    swedish = (
        ("Returnr", "RT-4410"),
        ("Ordernr", "88121"),
        ("Namn", "Lars Ek"),
        ("Adress", "Storgatan 3, 931 32 Umeå"),
    )
    found = read_form(
        (50, 50, 16, "*RETURSEDEL"), *pairs(90, *swedish), *pairs(200, ("Önskad åtgärd", "återbetalning"))
    )
    assert (found.kind, found.text("return_number")) == (DocumentKind.RETURN_FORM, "RT-4410")
    assert (found.text("customer_name"), found.text("requested_resolution")) == ("Lars Ek", "refund")
    polish = (("Numer reklamacji", "R/77/26"), ("Imię i nazwisko", "Anna Lis"), ("Opis wady", "nie działa"))
    found = read_form((50, 50, 16, "*FORMULARZ REKLAMACYJNY"), *pairs(90, *polish))
    assert (found.kind, found.text("claim_number")) == (DocumentKind.WARRANTY_CLAIM, "R/77/26")
    portuguese = (("N.º da encomenda", "EN-3312"), ("Nome do cliente", "Rui Sá"), ("Data da compra", "03/04/2026"))
    found = read_form((50, 50, 16, "*FORMULÁRIO DE DEVOLUÇÃO"), *pairs(90, *portuguese))
    assert (found.text("sale_order_reference"), found.text("customer_name")) == ("EN-3312", "Rui Sá")


def test_a_returns_number_in_ordinary_type_is_its_title() -> None:
    found = read_form(
        (60, 60, 10, "Bon de retour n° BR-2231"), (60, 80, 10, "Nom : Mia Brandt"), (60, 95, 10, "Commande : S01234"),
        (60, 130, 10, "Article"), (300, 130, 10, "Quantité"), (400, 130, 10, "Motif"),
        (60, 145, 10, "Tasse en grès"), (300, 145, 10, "2"), (400, 145, 10, "Défectueux"),
    )  # fmt: skip
    assert found.kind is DocumentKind.RETURN_FORM
