"""Composes invoices that nobody laid out: parties, numbers, dates, items and sums wherever they happen to fall."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.documents import BILLABLE_KINDS, DocumentKind
from training.field_model.chance import Chance
from training.field_model.item_table import put_items
from training.field_model.sheet import Item, Sheet

_KINDS = (
    DocumentKind.SUPPLIER_INVOICE,
    DocumentKind.CREDIT_NOTE,
    DocumentKind.PRO_FORMA,
    DocumentKind.ORDER_CONFIRMATION,
)
_OFTEN = (8, 2, 1, 1)
_COLUMNS = "line_number seller_item_id description quantity unit unit_price tax_rate line_total".split()
_RATES = (0.07, 0.19, 0.2, 0.21, 0.22, 0.25, 0.0)
_TERMS = ("days", "Tage", "días", "jours", "dagen", "giorni")
# Of what else may stand beside number and date: how often.
_MORE = {
    "due_date": 0.45, "order_reference": 0.5, "delivery_note_reference": 0.2, "delivery_date": 0.3,
    "other_reference": 0.5, "contract_reference": 0.06, "payment_reference": 0.12, "payment_terms": 0.2,
    "other_date": 0.15, "currency": 0.12, "buyer_reference": 0.1,
}  # fmt: skip
_NOT_LEARNT = ("other_reference", "payment_terms", "other_date", "currency", "buyer_reference")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the invoice says."""

    kind: DocumentKind
    seller: str
    seller_address: tuple[str, ...]
    seller_tax: str | None
    buyer: str
    buyer_address: tuple[str, ...]
    buyer_tax: str | None
    number: str
    iban: str | None

    @property
    def number_field(self) -> str | None:
        """A look-alike's number is no invoice's."""
        return "invoice_number" if self.kind in BILLABLE_KINDS else None


def compose_invoice(rng: Chance) -> tuple[Sheet, DocumentKind]:
    """A sheet with an invoice, a credit note or one of their look-alikes."""
    sheet = Sheet(rng, "")
    facts = _facts(rng)
    top = _letterhead(sheet, facts)
    is_titled_first, is_numbered = rng.yes(0.35), rng.yes(0.25)
    if is_titled_first:
        top = _title(sheet, facts, top, is_numbered=is_numbered)
    meta = _meta(sheet, facts, is_numbered=is_numbered)
    is_beside = rng.yes(0.65)
    top = _blocks(sheet, facts, meta if is_beside else [], top) + rng.uniform(8, 30)
    if not is_titled_first:
        top = _title(sheet, facts, top, is_numbered=is_numbered)
    if not is_beside:
        top = sheet.pairs(meta, sheet.left, sheet.right, top) + 10
    if rng.yes(0.25):
        sheet.put(sheet.left, top, rng.words(rng.randint(5, 11)) + ".")
        top += 2 * sheet.size
    top = put_items(sheet, top + 4, rng.randint(1, 7), _COLUMNS)
    top = _sums(sheet, top) + rng.uniform(5, 25)
    if rng.yes(0.35):
        sheet.put(sheet.left, top, f"{rng.words(4)} {sheet.date()} {rng.words(3).lower()}.")
    _foot(sheet, facts, top + 1.6 * sheet.size)
    return sheet, facts.kind


def _facts(rng: Chance) -> _Facts:
    return _Facts(
        rng.choices(_KINDS, _OFTEN)[0],
        rng.company(),
        tuple(rng.address()),
        rng.tax_id() if rng.yes(0.85) else None,
        rng.company() if rng.yes(0.85) else rng.person(),
        tuple(rng.address()),
        rng.tax_id() if rng.yes(0.4) else None,
        rng.number(),
        rng.iban() if rng.yes(0.7) else None,
    )


def _taxed(sheet: Sheet, name: str, value: str | None, share: float) -> list[tuple[str, str | None]]:
    return [(f"{sheet.label(name)} {value}", name)] if value and sheet.rng.yes(share) else []


def _address(rng: Chance, lines: tuple[str, ...]) -> list[tuple[str, str | None]]:
    return [(", ".join(lines), None)] if rng.yes(0.12) else [(line, None) for line in lines]


def _letterhead(sheet: Sheet, facts: _Facts) -> float:
    """The seller's name, mostly large, with some of the particulars; on some sheets nothing."""
    rng, top = sheet.rng, sheet.rng.uniform(22, 45)
    place = rng.choice(("left", "right", "middle", "none", "left", "right"))
    if place == "none":
        return top + rng.uniform(10, 60)
    x, share = {"left": (sheet.left, 0.0), "right": (sheet.right, 1.0), "middle": (sheet.width / 2, 0.5)}[place]
    if place == "right" and rng.yes(0.5):
        x, share = 0.6 * sheet.width, 0.0
    size = sheet.size * rng.choice((1, 1.2, 1.6, 2.2, 2.8))
    if rng.yes(0.1):
        sheet.put(x, top, facts.seller.upper().split(" ")[0], 1.2 * size, bold=True, share=share)
        top += 1.6 * size
    sheet.put(x, top, facts.seller, size, bold=rng.yes(0.5), field="seller_name", share=share)
    details = [
        *_address(rng, facts.seller_address),
        *_taxed(sheet, "seller_vat_id", facts.seller_tax, 0.3),
        *([(f"Tel. {rng.phone()}", None)] if rng.yes(0.4) else []),
        *([(rng.email(), None)] if rng.yes(0.4) else []),
        *([(f"www.{rng.word().lower()}.com", None)] if rng.yes(0.2) else []),
    ]
    if rng.yes(0.15):
        return top + 1.25 * size + rng.uniform(5, 30)
    if place == "left" and rng.yes(0.3):  # the particulars at the other edge
        below = sheet.block(details, sheet.right, top, size=0.85 * sheet.size, share=1.0)
    else:
        below = sheet.block(details, x, top + 1.25 * size, size=sheet.size, share=share)
    return max(below, top + 1.25 * size) + rng.uniform(5, 30)


def _title(sheet: Sheet, facts: _Facts, top: float, *, is_numbered: bool) -> float:
    rng, size = sheet.rng, sheet.size * sheet.rng.choice((1, 1.3, 1.6, 2, 2.4))
    x = rng.choice((sheet.left, sheet.left, 0.58 * sheet.width))
    end = sheet.put(x, top, sheet.phrase(facts.kind, "kinds"), size, bold=rng.yes(0.6))
    if is_numbered:
        sign = rng.choice(("", "", "Nr. ", "No. ", "# ", "N° ", "Nº "))
        end = sheet.put(end, top, sign.strip(), size) if sign else end
        sheet.put(end, top, facts.number, size, bold=rng.yes(0.5), field=facts.number_field)
    return top + 1.6 * size


def _meta(sheet: Sheet, facts: _Facts, *, is_numbered: bool) -> list[Item]:
    rng = sheet.rng
    number = [] if is_numbered else [Item(sheet.label("invoice_number"), facts.number, facts.number_field)]
    found = [*number, Item(sheet.label("issue_date"), sheet.date(), "issue_date")]
    for name, share in _MORE.items():
        if rng.yes(share):
            found.append(Item(sheet.label(name), _value(sheet, name), None if name in _NOT_LEARNT else name))
    if facts.kind is DocumentKind.CREDIT_NOTE and rng.yes(0.9):
        name = "preceding_invoice_reference"
        found.append(Item(sheet.label(name), rng.number(), name))
    if facts.buyer_tax and rng.yes(0.4):
        found.append(Item(sheet.label("buyer_vat_id"), facts.buyer_tax, "buyer_vat_id"))
    if rng.yes(0.5):
        rng.shuffle(found)
    return found


def _value(sheet: Sheet, name: str) -> str:
    rng = sheet.rng
    if name.endswith("date"):
        return sheet.date()
    if name == "payment_terms":
        return f"{rng.choice((7, 14, 30, 60))} {rng.choice(_TERMS)}"
    if name == "currency":
        return rng.choice(("EUR", "USD", "GBP"))
    return rng.person() if name == "buyer_reference" and rng.yes(0.4) else rng.number()


def _blocks(sheet: Sheet, facts: _Facts, meta: list[Item], top: float) -> float:
    """The buyer, with other parties and the numbers beside or below; returns the lowest bottom."""
    rng = sheet.rng
    names = ["buyer", *(["other"] if rng.yes(0.25) else []), *(["seller"] if rng.yes(0.2) else [])]
    names += ["meta"] if meta else []
    rng.shuffle(names)
    if len(names) > 1 and rng.yes(0.12):
        for name in names:
            top = _block(sheet, facts, meta, name, (sheet.left, sheet.right, top)) + rng.uniform(8, 24)
        return top
    if len(names) == 1 and rng.yes(0.3):
        return _block(sheet, facts, meta, names[0], (0.57 * sheet.width, sheet.right, top))
    cell = (sheet.right - sheet.left) / len(names)
    edges = [sheet.left + place * cell for place in range(len(names))]
    return max(
        _block(sheet, facts, meta, name, (x, x + cell - 12, top + sheet.size))
        for x, name in zip(edges, names, strict=True)
    )


def _block(sheet: Sheet, facts: _Facts, meta: list[Item], name: str, place: tuple[float, float, float]) -> float:
    rng, (x0, x1, top) = sheet.rng, place
    if name == "meta":
        way = None if x1 - x0 > 200 else rng.choice(("inline", "columns", "above", "right"))
        return sheet.pairs(meta, x0, x1, top, way)
    if name == "buyer" and rng.yes(0.2):
        line = rng.choice((" · ", ", ", " - ", " | ")).join([facts.seller, *facts.seller_address[:2]])
        sheet.put(x0, top - sheet.size, line, 0.68 * sheet.size)
        top += 3
    if name != "buyer" or rng.yes(0.6):
        caption = sheet.phrase("other_party" if name == "other" else name)
        sheet.put(x0, top, caption + (sheet.colon if rng.yes(0.6) else ""), sheet.label_size, bold=sheet.label_bold)
        top += 1.35 * sheet.label_size
    if name == "seller":
        lines = [(facts.seller, "seller_name"), *_address(rng, facts.seller_address)]
        lines += _taxed(sheet, "seller_vat_id", facts.seller_tax, 0.5)
    elif name == "other":
        is_same = rng.yes(0.4)
        lines = [(facts.buyer if is_same else rng.company(), None), *_address(rng, tuple(rng.address()))]
    else:
        person: list[tuple[str, str | None]] = [(rng.person(), None)] if rng.yes(0.12) else []
        lines = [(facts.buyer, "buyer_name"), *person, *_address(rng, facts.buyer_address)]
        lines += _taxed(sheet, "buyer_vat_id", facts.buyer_tax, 0.4)
    return sheet.block(lines, x0, top, size=sheet.size, share=0.0)


def _sums(sheet: Sheet, top: float) -> float:
    rng = sheet.rng
    net, rate = rng.uniform(20, 5000), rng.choice(_RATES)
    gross, is_prepaid = net * (1 + rate), rng.yes(0.1)
    sums = [("net_total", net, 0.85), ("tax_total", net * rate, 0.9), ("grand_total", gross, 1.0)]
    if is_prepaid:
        sums.append(("prepaid_amount", 0.3 * gross, 1.0))
    sums.append(("amount_due", gross * (0.7 if is_prepaid else 1), 1.0 if is_prepaid else 0.25))
    items = [
        Item(sheet.label(name), sheet.money(value), None if name == "prepaid_amount" else name)
        for name, value, share in sums
        if rng.yes(share)
    ]
    if rng.yes(0.12):
        return sheet.pairs(items, sheet.left, sheet.right, top, "band")
    return sheet.pairs(items, sheet.width * rng.uniform(0.5, 0.68), sheet.right, top, "right")


def _foot(sheet: Sheet, facts: _Facts, top: float) -> None:
    """Who the seller is once more, bank and register, in columns or in one line."""
    rng = sheet.rng
    at, size = max(top, sheet.height - rng.uniform(45, 95)), sheet.size * rng.uniform(0.65, 1)
    own: list[tuple[str, str | None]] = [
        (facts.seller, "seller_name"),
        *((line, None) for line in facts.seller_address),
    ]
    bank: list[tuple[str, str | None]] = []
    if facts.iban:
        code = "".join(rng.choice("ABCDEFGHIKLMNOPRST") for _ in range(8))
        bank = [(f"IBAN{rng.choice((':', '', ' :'))} {facts.iban}", "iban"), (f"BIC {code}", None)]
    legal = [
        *_taxed(sheet, "seller_vat_id", facts.seller_tax, 0.7),
        *(
            [(f"{rng.choice(('HRB', 'Reg. no.', 'RCS', 'KvK', 'REA'))} {rng.shaped('{d6}')}", None)]
            if rng.yes(0.5)
            else []
        ),
        *([(f"Tel. {rng.phone()}", None)] if rng.yes(0.4) else []),
    ]
    columns = [column for column in (own if rng.yes(0.6) else [], bank, legal) if column]
    if columns and rng.yes(0.2):
        line = rng.choice((" · ", " | ", ", ", " - ")).join(text for column in columns for text, _ in column)
        sheet.put(sheet.left, at, line, size)
        return
    rng.shuffle(columns)
    for place, column in enumerate(columns):
        x = sheet.left + place * (sheet.right - sheet.left) / len(columns)
        sheet.block(column, x, at, size=size, share=0.0)
