"""Shapes of forms: tables on their side, rows without a header, three columns, heads of mails, withdrawals."""

from __future__ import annotations

from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from tests.support.drawn_forms import Text, read_form


def grid(top: float, places: tuple[float, ...], *rows: tuple[str, ...], leading: float = 16) -> list[Text]:
    return [
        (x, top + leading * n, 9, cell)
        for n, row in enumerate(rows)
        for x, cell in zip(places, row, strict=True)
        if cell
    ]


def told(found: Extraction, *names: str) -> list[tuple[str, ...]]:
    return [
        tuple(str(line.fields[name].value) if name in line.fields else "" for name in names) for line in found.lines
    ]


def test_a_table_on_its_side() -> None:
    table = grid(
        120,
        (50, 200, 310, 420),
        ("Article", "Desk lamp Tern", "Floor lamp Ibis", "Wall lamp Rook"),
        ("Item no.", "TL-101", "TL-202", "TL-303"),
        ("Quantity", "1", "2", "1"),
        ("Price", "39.00", "89.00", "25.50"),
        ("too large", "", "", ""),
        ("arrived damaged", "", "", ""),
    )
    boxes = [(float(x), 120 + 16 * row - 7, 8.0, 8.0) for row in (4, 5) for x in (205, 315, 425)]
    crossed = (boxes[0], boxes[4], boxes[5])
    free = tuple(box for box in boxes if box not in crossed)
    found = read_form(
        (50, 50, 16, "*Return slip"), (50, 80, 9, "Order no.: A-4711"), *table, boxes=free, crossed=crossed
    )
    assert told(found, "product_code", "quantity", "unit_price", "reason") == [
        ("TL-101", "1", "39.00", "wrong_size"),
        ("TL-202", "2", "89.00", "damaged"),
        ("TL-303", "1", "25.50", "damaged"),
    ]


def test_rows_without_a_header() -> None:
    rows = grid(
        140,
        (50, 90, 180, 370, 460),
        ("2 x", "KX-828", "Apron linen sand", "€ 27.95 each", "reason: B"),
        ("1 x", "KX-202", "Cups, set of 6", "€ 42.00 each", "reason: A"),
    )
    legend = (50.0, 200.0, 8.0, "A = Arrived damaged   B = Wrong item sent   C = Changed my mind")
    found = read_form((50, 50, 16, "*Return slip"), (50, 90, 9, "Order number: KX25-71131"), *rows, legend)
    assert told(found, "product_code", "description", "quantity", "unit_price", "reason") == [
        ("KX-828", "Apron linen sand", "2", "27.95", "wrong_item"),
        ("KX-202", "Cups, set of 6", "1", "42.00", "damaged"),
    ]


def test_labels_and_entries_in_three_columns() -> None:
    labels = (("Claim number", "Date of claim", "Dealer"), ("W-5512", "4 May 2026", "Marsh Cycles"))
    more = (("Customer name", "Telephone", "E-mail"), ("Ann Lindley", "01392 400 211", "ann@lindley.example"))
    goods = (("Model", "Serial number", "Date of purchase"), ("Heron 4", "HB-88121", "2 March 2025"))
    texts = [
        (x, y + 12 * n, 7 + 3 * n, cell)
        for y, rows in ((100.0, labels), (140.0, more), (180.0, goods))
        for n, row in enumerate(rows)
        for x, cell in zip((50.0, 230.0, 410.0), row, strict=True)
    ]
    found = read_form((50, 50, 16, "*Warranty claim"), *texts)
    assert found.text("claim_number") == "W-5512"
    assert found.text("dealer_name") == "Marsh Cycles"
    assert found.text("customer_phone") == "01392 400 211"
    assert str(found.fields["purchase_date"][0].value) == "2025-03-02"
    assert told(found, "description", "serial_number") == [("Heron 4", "HB-88121")]


def test_labels_right_of_their_boxes() -> None:
    entries = (("R-5512", "Return number"), ("A-88121", "Order number"), ("Ann Lindley", "Customer name"))
    texts = [
        text for n, (e, la) in enumerate(entries) for text in ((55, 100 + 24 * n, 10, e), (215, 100 + 24 * n, 8, la))
    ]
    boxes = tuple((50.0, 88.0 + 24 * n, 160.0, 16.0) for n in range(3))
    found = read_form((50, 50, 16, "*Return form"), *texts, boxes=boxes)
    assert found.text("return_number") == "R-5512"
    assert found.text("sale_order_reference") == "A-88121"
    assert found.text("customer_name") == "Ann Lindley"


def test_the_head_of_a_printed_mail() -> None:
    body = ("Hi,", "", "half of order QS-3183 came on Friday, the planters are missing.", "", "Cheers,", "Louise Marsh")
    head = ("From: Louise Marsh <louise@marsh.example>", "Date: January 21, 2026 at 5:47 PM", "To: help@quill.example")
    texts = [
        (60.0, 60 + 15.0 * n, 10.0, line) for n, line in enumerate((*head, "Subject: The rest", "", *body)) if line
    ]
    found = read_form(*texts)
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert (found.text("subject"), found.text("sent_at")) == ("The rest", "2026-01-21T17:47:00")


def test_a_mails_title_above_a_head_without_colons() -> None:
    head = (("Von", "Ute Brandt <ute@brandt.example>"), ("An", "hilfe@laden.example"), ("Datum", "28.06.2025 20:15"))
    texts: list[Text] = [(50, 50, 14, "*AW: Ihre Bestellung ist unterwegs")]
    texts += [text for n, (la, e) in enumerate(head) for text in ((55, 80 + 13 * n, 9, la), (110, 80 + 13 * n, 9, e))]
    lines = (
        "Hallo,",
        "",
        "die Sendung zu B25-978 liegt beim Nachbarn, der im Urlaub ist.",
        "",
        "Danke und Gruß",
        "Ute Brandt",
    )
    found = read_form(*texts, *((50, 150 + 14.0 * n, 10, line) for n, line in enumerate(lines) if line))
    assert (found.text("subject"), found.text("sent_at")) == (
        "AW: Ihre Bestellung ist unterwegs",
        "2025-06-28T20:15:00",
    )


def test_a_mails_title_some_lines_above_its_head() -> None:
    found = read_form(
        (50, 50, 14, "*Change of delivery address"),
        (50, 68, 8, "1 message"),
        (50, 90, 9, "*Nadia Marsh <nadia@marsh.example>"),
        (400, 90, 9, "25 November 2025 at 18:43"),
        (50, 103, 8, "To: orders@kettle.example"),
        (60, 130, 10, "Hello,"),
        (60, 155, 10, "we moved last month, please send order 6437981 to the new place."),
        (60, 180, 10, "Thanks,"),
        (60, 195, 10, "Nadia Marsh"),
    )
    assert (found.text("subject"), found.text("sent_at")) == ("Change of delivery address", "2025-11-25T18:43:00")


def test_how_many_stand_behind_the_sentence_that_withdraws() -> None:
    sentence = "Por la presente le comunico que desisto de mi contrato de venta del siguiente bien:"
    found = read_form(
        (50, 50, 14, "*FORMULARIO DE DESISTIMIENTO"),
        (50, 100, 9, sentence),
        (470, 100, 11, "2 uds."),
        (50, 120, 11, "Juego de mancuernas 20 kg"),
        (50, 160, 9, "Pedido núm."),
        (130, 160, 11, "FT102641"),
        (50, 190, 9, "Nombre del consumidor:"),
        (190, 190, 11, "Nuria Gallardo"),
    )
    assert told(found, "quantity", "description") == [("2", "Juego de mancuernas 20 kg")]


def test_a_franc_claim_with_a_table_of_parts_and_sums_below() -> None:
    labels = grid(
        90,
        (50, 180, 310, 430),
        ("N° de dossier", "SAV-7712", "Date de dépôt", "04/05/2026"),
        ("Propriétaire", "Luc Marin", "Téléphone", "06 11 22 33 44"),
        ("Marque et modèle", "Tondeuse Alto 40", "N° de série", "TA-55120"),
        ("Panne constatée le", "28/04/2026", "Heures", "112 h"),
    )
    table = grid(
        200,
        (50, 140, 330, 400, 480),
        ("Référence", "Désignation", "Qté", "P.U. HT", "Montant HT"),
        ("CR-221", "Courroie de coupe", "1", "31,95", "31,95"),
        ("PA-118", "Palier de lame", "2", "18,40", "36,80"),
    )
    sums = grid(260, (330, 480), ("Pièces", "68,75"), ("Main d'œuvre", "44,00"), ("Total demandé", "112,75"))
    found = read_form((50, 50, 16, "*Demande de garantie"), *labels, *table, *sums)
    assert found.text("claim_number") == "SAV-7712"
    assert found.text("customer_name") == "Luc Marin"
    assert str(found.fields["claimed_amount"][0].value) == "112.75"
    assert told(found, "product_code", "quantity", "line_total")[1:] == [
        ("CR-221", "1", "31.95"),
        ("PA-118", "2", "36.80"),
    ]


def test_a_german_return_of_a_dealer_with_a_credit_and_a_fee() -> None:
    labels = grid(
        90,
        (50, 160, 310, 420),
        ("Kunde", "Holt Gartenbau GmbH", "Rückgabe-Nr.", "RG-5512"),
        ("Ansprechpartner", "Jana Holt", "Datum", "04.05.2026"),
        ("Straße", "Gartenweg 4", "Auftrag", "A-88121"),
        ("PLZ/Ort", "91054 Erlangen", "Tel.", "09131 400211"),
    )
    table = grid(
        180,
        (50, 90, 170, 330, 370, 430, 490),
        ("Pos", "Art.-Nr.", "Bezeichnung", "Menge", "EP", "GP", "Grund"),
        ("1", "SN-10", "Schneckenkorn 5 kg", "4", "12,50", "50,00", "Falschlieferung"),
        ("2", "RH-77", "Rechen Holz", "2", "9,80", "19,60", "Überbestand"),
    )
    sums = grid(
        240, (370, 490), ("Warenwert", "69,60"), ("Bearbeitungspauschale", "-6,96"), ("Gutzuschreiben", "62,64")
    )
    found = read_form((50, 50, 16, "*Rückgabeschein"), *labels, *table, *sums)
    assert found.text("customer_name") == "Holt Gartenbau GmbH"
    assert found.text("customer_address") == "Gartenweg 4\n91054 Erlangen"
    assert str(found.fields["refund_amount"][0].value) == "62.64"
    assert str(found.fields["restocking_fee_amount"][0].value) == "6.96"
    assert told(found, "product_code", "quantity", "unit_price", "reason") == [
        ("SN-10", "4", "12.50", "wrong_item"),
        ("RH-77", "2", "9.80", "no_longer_needed"),
    ]
