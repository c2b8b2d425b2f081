"""Draws customers' forms and letters as PDFs, for golden documents and for tests of reading.

Everything on them is invented; the wording is that of retailers and of the model withdrawal form of EU law.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

_HEIGHT = 842
Text = tuple[float, float, str] | tuple[float, float, str, float]  # x, y from the top, text, size; bold below 0


@dataclass(frozen=True)
class Sheet:
    """Texts at their places, and what is drawn besides."""

    texts: tuple[Text, ...]
    drawing: Callable[[Canvas], None] | None = None


def draw_sheet(sheet: Sheet) -> bytes:
    """The sheet as a PDF of one page, the same bytes each time."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HEIGHT), invariant=True)
    for text in sheet.texts:
        size = text[3] if len(text) == 4 else 10
        canvas.setFont("Helvetica-Bold" if size < 0 else "Helvetica", abs(size))
        canvas.drawString(text[0], _HEIGHT - text[1], text[2])
    if sheet.drawing is not None:
        sheet.drawing(canvas)
    canvas.save()
    return out.getvalue()


def grid(canvas: Canvas, columns: tuple[float, ...], rows: tuple[float, ...]) -> None:
    """Ruling lines at every height and every column."""
    for y in rows:
        canvas.line(columns[0], _HEIGHT - y, columns[-1], _HEIGHT - y)
    for x in columns:
        canvas.line(x, _HEIGHT - rows[0], x, _HEIGHT - rows[-1])


def signature(canvas: Canvas, x: float, y: float) -> None:
    """A scrawl."""
    canvas.bezier(x, _HEIGHT - y, x + 20, _HEIGHT - y + 40, x + 40, _HEIGHT - y - 30, x + 60, _HEIGHT - y + 10)
    canvas.line(x + 60, _HEIGHT - y + 10, x + 90, _HEIGHT - y + 2)


def cross(canvas: Canvas, x: float, y: float) -> None:
    """A cross of nine points from the upper left corner on."""
    canvas.line(x, _HEIGHT - y, x + 9, _HEIGHT - y - 9)
    canvas.line(x, _HEIGHT - y - 9, x + 9, _HEIGHT - y)


def _withdrawal(title: str, *lines: str) -> Sheet:
    return Sheet(((50, 60, title, -14), *((50, 100 + 26 * i, line, 9) for i, line in enumerate(lines))))


WITHDRAWALS = {
    "en": _withdrawal(
        "Model withdrawal form",
        "(complete and return this form only if you wish to withdraw from the contract)",
        "— To Example Shop Ltd, 1 High Street, Leeds LS1 4AP, returns@shop.example:",
        "— I/We (*) hereby give notice that I/We (*) withdraw from my/our (*) contract of sale of the following",
        "goods (*)/for the provision of the following service (*): Garden hose 25 m",
        "— Ordered on (*)/received on (*): 3 May 2026",
        "— Name of consumer(s): Jane Miller",
        "— Address of consumer(s): 12 Mill Lane, Leeds LS2 7AB",
        "— Signature of consumer(s) (only if this form is notified on paper):",
        "— Date: 9 May 2026",
        "(*) Delete as appropriate.",
    ),
    "de": _withdrawal(
        "Muster-Widerrufsformular",
        "(Wenn Sie den Vertrag widerrufen wollen, dann füllen Sie bitte dieses Formular aus und senden Sie es zurück.)",
        "— An Muster Shop GmbH, Hauptstr. 1, 10115 Berlin, retoure@shop.example:",
        "— Hiermit widerrufe(n) ich/wir (*) den von mir/uns (*) abgeschlossenen Vertrag über den Kauf der folgenden",
        "Waren (*)/die Erbringung der folgenden Dienstleistung (*): Garden hose 25 m",
        "— Bestellt am (*)/erhalten am (*): 03.05.2026",
        "— Name des/der Verbraucher(s): Jane Miller",
        "— Anschrift des/der Verbraucher(s): 12 Mill Lane, Leeds LS2 7AB",
        "— Unterschrift des/der Verbraucher(s) (nur bei Mitteilung auf Papier)",
        "— Datum: 09.05.2026",
        "(*) Unzutreffendes streichen.",
    ),
    "fr": _withdrawal(
        "Modèle de formulaire de rétractation",
        "(Veuillez compléter et renvoyer le présent formulaire si vous souhaitez vous rétracter du contrat.)",
        "— À l'attention de Boutique SARL, 3 rue Haute, 75001 Paris, retour@shop.example :",
        "— Je/nous (*) vous notifie/notifions (*) par la présente ma/notre (*) rétractation du contrat (*) portant sur",
        "la vente du bien (*)/pour la prestation de services (*) ci-dessous : Garden hose 25 m",
        "— Commandé le (*)/reçu le (*) : 3 mai 2026",
        "— Nom du (des) consommateur(s) : Jane Miller",
        "— Adresse du (des) consommateur(s) : 12 Mill Lane, Leeds LS2 7AB",
        "— Signature du (des) consommateur(s) (uniquement en cas de notification du présent formulaire sur papier) :",
        "— Date : 9 mai 2026",
    ),
    "es": _withdrawal(
        "Modelo de formulario de desistimiento",
        "(sólo debe cumplimentar y enviar el presente formulario si desea desistir del contrato)",
        "— A la atención de Tienda SL, Calle Mayor 1, 28013 Madrid:",
        "— Por la presente le comunico/comunicamos (*) que desisto de mi/desistimos de nuestro (*) contrato de venta",
        "del siguiente bien (*): Garden hose 25 m",
        "— Pedido el/recibido el (*): 03/05/2026",
        "— Nombre del consumidor y usuario o de los consumidores y usuarios: Jane Miller",
        "— Domicilio del consumidor y usuario o de los consumidores y usuarios: 12 Mill Lane, Leeds LS2 7AB",
        "— Firma del consumidor y usuario (solo si el presente formulario se presenta en papel)",
        "— Fecha: 09/05/2026",
    ),
    "it": _withdrawal(
        "Modulo di recesso tipo",
        "(compilare e restituire il presente modulo solo se si desidera recedere dal contratto)",
        "— Destinatario Negozio Srl, Via Roma 1, 20121 Milano:",
        "— Con la presente io/noi (*) notifico/notifichiamo (*) il recesso dal mio/nostro (*) contratto di vendita",
        "dei seguenti beni (*): Garden hose 25 m",
        "— Ordinato il (*)/ricevuto il (*): 03/05/2026",
        "— Nome del/dei consumatore(i): Jane Miller",
        "— Indirizzo del/dei consumatore(i): 12 Mill Lane, Leeds LS2 7AB",
        "— Firma del/dei consumatore(i) (solo se il presente modulo è notificato in versione cartacea)",
        "— Data: 09/05/2026",
    ),
    "nl": _withdrawal(
        "Modelformulier voor herroeping",
        "(dit formulier alleen invullen en terugzenden als u de overeenkomst wilt herroepen)",
        "— Aan Winkel B.V., Dorpsstraat 1, 1015 CJ Amsterdam:",
        "— Ik/Wij (*) deel/delen (*) u hierbij mede dat ik/wij (*) onze overeenkomst herroep/herroepen (*)",
        "betreffende de verkoop van de volgende goederen (*): Garden hose 25 m",
        "— Besteld op (*)/Ontvangen op (*): 03-05-2026",
        "— Naam/Namen consument(en): Jane Miller",
        "— Adres consument(en): 12 Mill Lane, Leeds LS2 7AB",
        "— Handtekening van consument(en) (alleen wanneer dit formulier op papier wordt ingediend)",
        "— Datum: 09-05-2026",
    ),
}

REASON_CODES = Sheet(
    (
        (50, 50, "ACME FASHION", -16),
        (350, 50, "RETURNS FORM", -16),
        (50, 90, "Order number: 100023-A"),
        (300, 90, "Date of return: 14/05/2026"),
        (50, 108, "Name: Olivia Brown"),
        (300, 108, "Email: olivia@mail.example"),
        (50, 126, "Phone: 07700 900123"),
        *((x, 170, t, -9) for x, t in ((50, "Item code"), (130, "Description"), (300, "Size"), (340, "Qty"))),
        (380, 170, "Reason code", -9),
        (460, 170, "Refund or Exchange", -9),
        *((x, 190, t, 9) for x, t in ((50, "DR-221"), (130, "Linen summer dress blue"), (300, "M"), (340, "1"))),
        (380, 190, "2", 9),
        (460, 190, "Exchange", 9),
        *((x, 206, t, 9) for x, t in ((50, "SH-900"), (130, "Cotton shirt, white"), (300, "L"), (340, "2"))),
        (380, 206, "5", 9),
        (460, 206, "Exchange", 9),
        (50, 250, "Reason codes", -9),
        (50, 266, "1 = Too small   2 = Too large   3 = Faulty   4 = Wrong item sent   5 = Not as described", 8),
        (50, 300, "Please send the parcel to: ACME Fashion Returns, Unit 4, Trade Park, Leeds LS10 1AB", 8),
        (50, 330, "Refunds will be credited within 14 days of receipt. Exchanges are subject to availability.", 8),
    )
)


def _rma_drawing(canvas: Canvas) -> None:
    grid(canvas, (50, 90, 195, 395, 545), (228, 246, 264, 282, 300))
    signature(canvas, 110, 420)


RMA_WITH_BLANKS = Sheet(
    (
        (150, 50, "RETURN MERCHANDISE AUTHORIZATION (RMA) FORM", -12),
        (50, 90, "RMA #: ______________"),
        (105, 89, "84512"),
        (300, 90, "Date: ______________"),
        (335, 89, "05/14/2026"),
        (50, 112, "Customer Name: ____________________________"),
        (140, 111, "Robert T. Hill"),
        (50, 134, "Address: _________________________________"),
        (100, 133, "4410 Oak Street"),
        (50, 156, "City: ______________"),
        (80, 155, "Austin"),
        (200, 156, "State: _____"),
        (235, 155, "TX"),
        (300, 156, "Zip: ________"),
        (325, 155, "78701"),
        (50, 178, "Phone: __________________"),
        (90, 177, "(512) 555-0143"),
        (50, 200, "Original Invoice #: ______________"),
        (140, 199, "INV-20931"),
        (300, 200, "Purchase Date: ____________"),
        (380, 199, "04/28/2026"),
        *((x, 240, t) for x, t in ((55, "Qty"), (95, "Part Number"), (200, "Description"), (400, "Serial Number"))),
        *((x, 258, t) for x, t in ((55, "1"), (95, "PX-440"), (200, "Laser printer PX440"), (400, "ZK99821-003"))),
        *((x, 276, t) for x, t in ((55, "2"), (95, "TN-44"), (200, "Toner cartridge black"))),
        (50, 330, "Reason for Return:"),
        (150, 330, "[ ] Defective   [X] Wrong item shipped   [ ] Damaged in transit   [ ] Other"),
        (50, 350, "Action Requested:"),
        (150, 350, "[X] Refund   [ ] Replacement   [ ] Repair"),
        (50, 420, "Signature: ______________________"),
    ),
    _rma_drawing,
)


def _sections_drawing(canvas: Canvas) -> None:
    for x in (150, 230, 310):
        canvas.rect(x, _HEIGHT - 602, 9, 9)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(232, _HEIGHT - 600, "X")
    signature(canvas, 80, 700)


CLAIM_IN_SECTIONS = Sheet(
    (
        (50, 50, "WARRANTY CLAIM FORM", -15),
        (400, 50, "Claim No. WC-2026-0815"),
        (50, 90, "DEALER INFORMATION", -10),
        (310, 90, "CUSTOMER INFORMATION", -10),
        *((x, y, t, 7) for y, t in ((110, "Name"), (140, "Address"), (170, "Phone")) for x in (50, 310)),
        (50, 122, "Northern Cycles Inc."),
        (310, 122, "Emily Carter"),
        (50, 152, "88 Lake Road, Duluth, MN 55802"),
        (310, 152, "19 Pine Ave, Duluth, MN 55804"),
        (50, 182, "(218) 555-0110"),
        (310, 182, "(218) 555-0199"),
        (50, 220, "PRODUCT INFORMATION", -10),
        *((x, 240, t, 7) for x, t in ((50, "Model"), (180, "Serial Number"), (310, "Date of Purchase"))),
        (440, 240, "Date of Failure", 7),
        *((x, 252, t) for x, t in ((50, "TrailMaster E500"), (180, "TM5-009182"), (310, "03/02/2025"))),
        (440, 252, "04/19/2026"),
        (50, 270, "Mileage (miles)", 7),
        (180, 270, "Claim Date", 7),
        (50, 282, "1,240"),
        (180, 282, "04/25/2026"),
        (50, 320, "DESCRIPTION OF FAILURE", -10),
        (50, 338, "Motor cuts out under load. Error code E21 shown on the display,"),
        (50, 351, "battery tested fine."),
        *((x, 400, t, -9) for x, t in ((50, "Part No."), (150, "Description"), (330, "Qty"), (380, "Unit Price"))),
        (480, 400, "Total", -9),
        *(
            (x, 416, t)
            for x, t in ((50, "MOT-500"), (150, "Drive motor"), (330, "1"), (380, "410.00"), (480, "410.00"))
        ),
        *((x, 432, t) for x, t in ((50, "SEN-021"), (150, "Speed sensor"), (330, "2"), (380, "18.50"))),
        (480, 432, "37.00"),
        *((350, y, t) for y, t in ((470, "Parts total"), (486, "Labor (2.5 hrs)"), (502, "Total claim"))),
        *((480, y, t) for y, t in ((470, "447.00"), (486, "187.50"), (502, "634.50"))),
        (50, 600, "Requested remedy:"),
        *((x, 600, t) for x, t in ((164, "Refund"), (244, "Replacement"), (324, "Repair"))),
        (50, 720, "Customer signature"),
        (300, 720, "Date"),
    ),
    _sections_drawing,
)


def _matrix_drawing(canvas: Canvas) -> None:
    for y in (199, 219):
        for x in (302, 362, 422, 482):
            canvas.rect(x, _HEIGHT - y - 9, 9, 9)
    cross(canvas, 362, 199)
    cross(canvas, 482, 219)


OPTION_COLUMNS = Sheet(
    (
        (50, 50, "Retourenschein", -16),
        *((x, 90, t) for x, t in ((50, "Bestellnummer"), (250, "Kundenname"), (420, "Datum"))),
        *((x, 103, t, 11) for x, t in ((50, "4711-889"), (250, "Jonas Weber"), (420, "12.05.2026"))),
        *((x, 180, t, -8) for x, t in ((50, "Artikelnr."), (120, "Bezeichnung"), (250, "Menge"), (292, "zu klein"))),
        *((x, 180, t, -8) for x, t in ((350, "zu groß"), (412, "defekt"), (468, "gefällt nicht"))),
        *((x, 206, t) for x, t in ((50, "H-100"), (120, "Hose blau"), (255, "1"))),
        *((x, 226, t) for x, t in ((50, "J-205"), (120, "Jacke Regen"), (255, "1"))),
    ),
    _matrix_drawing,
)

CLAIM_IN_CELLS = Sheet(
    (
        (50, 60, "DEMANDE DE GARANTIE", -14),
        *(
            (55, 114 + 20 * i, label)
            for i, label in enumerate(
                (
                    "N° de dossier", "Date de la demande", "Nom du client", "Adresse", "Téléphone", "N° de commande",
                    "Date d'achat", "Référence produit", "N° de série",
                )
            )
        ),
        *(
            (205, 114 + 20 * i, entry)
            for i, entry in enumerate(
                (
                    "SAV-2026-118", "14/05/2026", "Julien Moreau", "8 rue Verte, 44000 Nantes", "06 12 34 56 78",
                    "CMD-88341", "02/02/2025", "KX-210", "FR2201-889",
                )
            )
        ),
        (50, 310, "Description de la panne :"),
        (50, 326, "L'appareil ne s'allume plus depuis une semaine."),
        (50, 350, "Solution souhaitée :  ( ) remboursement  (x) réparation"),
    ),
    lambda canvas: grid(canvas, (50, 200, 545), tuple(range(100, 281, 20))),
)  # fmt: skip

LETTER_OF_RETURN = Sheet(
    (
        *((60, 80 + 14 * i, t) for i, t in enumerate(("Petra Lang", "Birkenallee 7", "04109 Leipzig"))),
        *((60, 160 + 14 * i, t) for i, t in enumerate(("Muster Technik GmbH", "Industriestr. 20", "70565 Stuttgart"))),
        (400, 230, "Leipzig, den 12. Mai 2026"),
        (60, 270, "Rücksendung zu meiner Bestellung 2026-5567 vom 2. Mai 2026", -10),
        (60, 300, "Sehr geehrte Damen und Herren,"),
        (60, 324, "hiermit sende ich folgenden Artikel zurück:"),
        (60, 348, "1 x Akkuschrauber AS 18, Art.-Nr. 55-881, Seriennummer AS18-00923"),
        (60, 372, "Der Artikel entspricht nicht der Beschreibung im Shop, es fehlt die zweite Gangstufe."),
        (60, 396, "Bitte erstatten Sie mir den Kaufpreis auf mein Konto DE89 3704 0044 0532 0130 00."),
        (60, 430, "Mit freundlichen Grüßen"),
        (60, 480, "Petra Lang"),
    )
)

QUESTION = Sheet(
    (
        *((60, 80 + 14 * i, t) for i, t in enumerate(("Petra Lang", "Birkenallee 7", "04109 Leipzig"))),
        (400, 130, "12.05.2026"),
        (60, 170, "Frage zu meiner Bestellung 2026-5567", -10),
        (60, 200, "Sehr geehrte Damen und Herren,"),
        (60, 224, "wann wird meine Bestellung geliefert? Ich habe noch keine Nachricht erhalten."),
        (60, 250, "Mit freundlichen Grüßen"),
        (60, 300, "Petra Lang"),
    )
)


def _fillable(canvas: Canvas) -> None:
    form = canvas.acroForm
    canvas.setFont("Helvetica", 9)
    entries = (
        ("Name", "Jane Miller", 50, 740), ("E-mail", "jane@mail.example", 310, 740), ("Order number", "S0123", 50, 700),
        ("Date", "3 May 2026", 310, 700), ("Product", "Kettle 1.7 l", 50, 660), ("Serial number", "AB-12345", 310, 660),
    )  # fmt: skip
    for position, (label, value, x, y) in enumerate(entries):
        canvas.drawString(x, y + 19, label)
        form.textfield(name=f"f{position}", value=value, x=x, y=y, width=240, height=16, fontSize=9)
    canvas.drawString(50, 620, "Describe the fault")
    fault = "The kettle leaks from the bottom as soon as it is filled more than half."
    form.textfield(name="fault", value=fault, x=150, y=590, width=395, height=44, fontSize=9, fieldFlags="multiline")
    canvas.drawString(50, 560, "I would like")
    for position, text in enumerate(("Refund", "Exchange", "Repair")):
        form.checkbox(name=f"c{position}", checked=position == 1, x=120 + 100 * position, y=556, size=12)
        canvas.drawString(136 + 100 * position, 560, text)


FILLABLE_CLAIM = Sheet(((50, 52, "Warranty claim", -16),), _fillable)
