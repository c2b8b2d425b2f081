"""What forms ask for in ways of their own: questions, labels below fields, rows without cells, parts and senders."""

from __future__ import annotations

from functools import partial

from service.domain.documents import DocumentKind
from tests.support.drawn_forms import Text, pairs, read_form

rows = partial(pairs, apart=170, step=20)


def test_questions_are_labels() -> None:
    asked = (
        ("When did you buy it?", "15 June 2025"),
        ("Where did you buy it?", "Northgate Laptops"),
        ("When did the problem start?", "4 September 2025"),
        ("Tell us what is wrong", "Does not power on."),
        ("What would you like us to do?", "Repair"),
        ("Serial number", "QX-99120-7"),
    )
    texts: list[Text] = [(50, 60, 16, "*Warranty request")]
    for place, (question, answer) in enumerate(asked):
        texts += [(50, 100 + 40 * place, 9, question), (50, 112 + 40 * place, 10.5, answer)]
    found = read_form(*texts)
    assert found.kind is DocumentKind.WARRANTY_CLAIM
    assert str(found.fields["purchase_date"][0].value) == "2025-06-15"
    assert found.text("dealer_name") == "Northgate Laptops"
    assert str(found.fields["failure_date"][0].value) == "2025-09-04"
    assert found.text("fault_description") == "Does not power on."
    assert found.text("requested_resolution") == "repair"


def test_labels_of_one_box_have_their_own_columns() -> None:
    found = read_form(
        (50, 60, 16, "*Return slip"),
        (54, 100, 7, "SHIPPED TO"),
        (160, 100, 7, "ORDER #"),
        (260, 100, 7, "ORDER DATE"),
        (54, 110, 9, "Gary Sandler"),
        (160, 110, 9, "SH-5261621"),
        (260, 110, 9, "September 25, 2025"),
        (54, 120, 9, "1889 W Lincoln Ave"),
        (54, 130, 9, "Portland, OR 97214"),
        *rows(180, ("Reason for return:", "Defective")),
        boxes=((50, 90, 495, 50),),
    )
    assert found.text("customer_address") == "1889 W Lincoln Ave\nPortland, OR 97214"
    assert found.text("sale_order_reference") == "SH-5261621"
    assert str(found.fields["purchase_date"][0].value) == "2025-09-25"


def test_the_sender_of_a_parcel_is_the_customer() -> None:
    found = read_form(
        (50, 60, 16, "*Return label"),
        *rows(90, ("Order number:", "31-52771-94315"), ("Reason for return:", "Arrived too late")),
        (300, 160, 9, "*TO:"),
        (300, 172, 9, "Homely Returns"),
        (300, 184, 9, "Unit 12, Brook Trade Park"),
        (300, 196, 9, "Stockport SK5 7BW"),
        (300, 230, 9, "*FROM:"),
        (300, 242, 9, "Nadia Allister"),
        (300, 254, 9, "26 Station Road"),
        (300, 266, 9, "Norwich NR2 3HG"),
    )
    assert found.text("customer_address") == "26 Station Road\nNorwich NR2 3HG"


def test_an_answer_that_may_be_a_heading_is_an_answer() -> None:
    found = read_form(
        (50, 60, 16, "*Garantie-Anfrage"),
        *rows(
            100,
            ("*Vorgangsnummer", "LR-40127"),
            ("*Mangel erstmals aufgetreten", "13.06.2025"),
            ("*Beschreibung des Mangels", "Rad steht schief"),
            ("*Gewünschte Abwicklung", "Reparatur"),
            ("*Seriennummer", "7793981769"),
        ),
    )
    assert found.text("requested_resolution") == "repair"
    assert str(found.fields["failure_date"][0].value) == "2025-06-13"


def test_kilometres_of_a_journey_are_no_usage() -> None:
    found = read_form(
        (50, 60, 16, "*Garantieantrag"),
        *rows(100, ("Antrags-Nr.", "G-25-8072"), ("Betriebsstunden", "678"), ("Schadensdatum", "02.05.2026")),
        (50, 190, 10, "*Kostenaufstellung"),
        *rows(210, ("Arbeitslohn", "124,00"), ("gefahrene km", "30"), ("Fahrtkosten", "27,00")),
    )
    assert str(found.fields["usage_value"][0].value) == "678"


def test_a_legend_asks_nothing() -> None:
    found = read_form(
        (50, 60, 16, "*Return slip"),
        *rows(100, ("Order number:", "SO-5510")),
        (50, 130, 9, "*Reason codes: 11 Runs small | 12 Runs large | 31 Defective | 41 Received wrong item |"),
        (68, 158, 9, "[x] Refund my original form of payment"),
        (68, 172, 9, "[ ] Exchange as indicated"),
    )
    assert found.text("requested_resolution") == "refund"


def test_bold_labels_ask_on_behind_an_and() -> None:
    found = read_form(
        (50, 60, 16, "*Warranty claim"),
        *rows(100, ("Claim no.", "WR-77120"), ("Serial no.", "BF907857")),
        (50, 160, 10, "*Describe the problem and what you have tried"),
        (50, 174, 10, "Loud hum on all channels."),
    )
    assert found.text("fault_description") == "Loud hum on all channels."


def test_the_address_of_an_installation_is_no_date() -> None:
    found = read_form(
        (50, 60, 16, "*Solicitud de garantía"),
        *rows(
            100,
            ("Nº de solicitud", "SAG-25-460"),
            ("Usuario", "Begoña Montero Sanz"),
            ("Teléfono usuario", "628 434 031"),
            ("Dirección de la instalación", "Calle del Olmo 60, 46021 Valencia"),
        ),
    )
    assert found.text("customer_address") == "Calle del Olmo 60, 46021 Valencia"
    assert found.text("customer_phone") == "628 434 031"


def test_a_day_behind_the_forms_number_is_its_own() -> None:
    found = read_form(
        (50, 60, 20, "*Arredi Belli"),
        (400, 60, 14, "*RICHIESTA DI RESO"),
        (400, 80, 10, "N. RS-637/25 del 28/10/2025"),
        *rows(120, ("Ordine n.:", "OC6758"), ("Data ordine:", "16/10/2025"), ("Motivo:", "Difetto")),
    )
    assert found.text("return_number") == "RS-637/25"
    assert str(found.fields["request_date"][0].value) == "2025-10-28"


def test_a_day_alone_in_the_head_is_the_forms() -> None:
    found = read_form(
        (50, 60, 18, "*La Almazara"),
        (420, 60, 9, "*SOLICITUD DE DEVOLUCIÓN"),
        (462, 78, 9, "23/01/2026"),
        *rows(120, ("Pedido:", "PV-35002"), ("Motivo:", "Defectuoso"), ("Teléfono:", "659 738 809")),
    )
    assert str(found.fields["request_date"][0].value) == "2026-01-23"


def test_a_reference_below_the_title_is_the_number() -> None:
    found = read_form(
        (400, 60, 14, "*Solicitud de garantía"),
        (400, 76, 12, "SAG-25-1366"),
        *rows(120, ("Nº serie", "BR2520120599"), ("Fecha avería", "25/12/2025"), ("Usuario", "Nuria Fuentes")),
    )
    assert found.text("claim_number") == "SAG-25-1366"


def test_whom_the_window_names_is_the_customer() -> None:
    found = read_form(
        (50, 90, 7, "Rohrmann KG · Postfach 1120 · 33602 Bielefeld"),
        (50, 104, 9, "Heinze Bad GmbH"),
        (50, 114, 9, "Lindenstraße 71"),
        (50, 124, 9, "04109 Leipzig"),
        (50, 180, 14, "*Retourenanmeldung"),
        *rows(210, ("Retouren-Nr.", "RET539648"), ("Grund", "Falschlieferung"), ("Sachbearbeiter", "Fr. Klein")),
        *rows(270, ("Warenwert", "118,40 EUR"), ("abzgl. Rücknahmegebühr 10 %", "11,84")),
    )
    assert found.text("customer_name") == "Heinze Bad GmbH"
    assert found.text("customer_address") == "Lindenstraße 71\n04109 Leipzig"
    assert str(found.fields["restocking_fee_amount"][0].value) == "11.84"
    assert found.text("currency") == "EUR"


def test_a_file_is_no_invoice() -> None:
    found = read_form(
        (50, 60, 16, "*Garantie-Anfrage"),
        *rows(100, ("Vorgangsnummer", "LR-82149"), ("Seriennummer", "7991687976"), ("Mangel", "Rad schief")),
        (50, 170, 9, "Kaufbeleg wurde als foto1.jpg hochgeladen, danke."),
    )
    assert "invoice_reference" not in found.fields


def test_one_line_of_labour_gives_hours_and_sum() -> None:
    columns = (50.0, 120.0, 220.0, 400.0, 480.0)
    table = (
        ("Qty / hrs", "Part number", "Description", "Each GBP", "Amount GBP"),
        ("1", "18-650-4025", "Trim motor", "312.00", "312.00"),
        ("1.7", "", "Labour", "68.00", "115.60"),
    )
    cells = [
        (x, 200 + 18 * row, 9.0, ("*" if row == 0 else "") + text)
        for row, texts in enumerate(table)
        for x, text in zip(columns, texts, strict=True)
        if text
    ]
    found = read_form(
        (50, 60, 16, "*Warranty claim"),
        *rows(100, ("Claim no.", "TMW-64355"), ("Serial no.", "T4W-112849"), ("Date of failure", "27/12/2025")),
        *cells,
    )
    assert str(found.fields["labour_hours"][0].value) == "1.7"
    assert str(found.fields["labour_amount"][0].value) == "115.60"


def test_goods_beside_a_withdrawal_with_their_count_behind() -> None:
    found = read_form(
        (150, 60, 16, "Formulaire type de rétractation"),
        (50, 110, 9, "Je vous notifie ma rétractation du contrat portant sur la vente du"),
        (50, 121, 9, "bien ci-dessous"),
        (340, 110, 9, "Tente Belledonne (x1)"),
        (340, 121, 9, "Sac de couchage (x2)"),
        (50, 150, 9, "Numéro de commande"),
        (340, 150, 9, "CV-43093-FR"),
        (50, 180, 9, "Signature du consommateur"),
        boxes=((45, 100, 285, 30), (330, 100, 220, 30), (45, 138, 285, 20), (330, 138, 220, 20)),
    )
    assert [(line.text("description"), str(line.fields["quantity"].value)) for line in found.lines] == [
        ("Tente Belledonne", "1"),
        ("Sac de couchage", "2"),
    ]


def test_a_card_that_pays_is_no_credit_note() -> None:
    found = read_form(
        (50, 60, 14, "Stapleton World"),
        (50, 90, 9, "1x Desk fan"),
        (200, 90, 9, "24.99"),
        (50, 110, 11, "Total to pay"),
        (200, 110, 11, "24.99"),
        (50, 126, 9, "VISA CREDIT ****6533"),
        (200, 126, 9, "24.99"),
        (50, 160, 9, "Refunds within 28 days with receipt"),
    )
    assert found.kind is DocumentKind.RECEIPT


def test_the_mail_address_of_a_firm_with_an_and_is_its_own() -> None:
    found = read_form(
        (50, 60, 14, "*Model cancellation form"),
        (50, 120, 10, "To: Ember & Loom Collective, 31 Kiln Lane, Stoke-on-Trent ST1 4BX,"),
        (50, 134, 10, "care@emberandloom.example"),
        *rows(170, ("Order reference:", "EL-2025-6295"), ("Name of consumer:", "Aisha Whitfield")),
    )
    assert "customer_email" not in found.fields


def test_words_for_the_same_in_other_trades() -> None:
    found = read_form(
        (50, 60, 16, "*Garantieantrag"),
        *rows(
            100,
            ("Meldungsnummer", "ML-20871"),
            ("Einbaubetrieb", "Fensterbau Hollmann"),
            ("Mangel bemerkt am", "11.01.2026"),
            ("Fehlerbild", "Motor ohne Funktion"),
            ("Fertigungsnummer", "L24410665"),
        ),
    )
    assert found.text("claim_number") == "ML-20871"
    assert found.text("dealer_name") == "Fensterbau Hollmann"
    assert str(found.fields["failure_date"][0].value) == "2026-01-11"
    assert found.text("fault_description") == "Motor ohne Funktion"
    assert found.lines[0].text("serial_number") == "L24410665"


def test_labour_that_is_reckoned_in_a_cell_of_several_lines() -> None:
    found = read_form(
        (50, 60, 16, "*Gewährleistungsantrag"),
        *rows(100, ("Artikel-Nr.", "613 300-2112"), ("Ausfall am", "14.04.2026"), ("Fehler", "Lager defekt")),
        (210, 200, 9, "Lohn: 1,8 Std. à"),
        (210, 211, 9, "78,00 €"),
        (320, 211, 9, "140,40 €"),
    )
    assert str(found.fields["labour_hours"][0].value) == "1.8"
    assert str(found.fields["labour_amount"][0].value) == "140.40"
