"""Composes return forms and warranty claims that nobody laid out: labels, entries and empty ones in any order."""

from __future__ import annotations

from service.domain.documents import DocumentKind
from training.field_model.chance import Chance
from training.field_model.item_table import put_items
from training.field_model.sheet import Item, Sheet

_WAYS = ("inline", "columns", "columns", "above", "above", "lines", "band")
_TICKS = ("☐", "☒", "O", "X", "[ ]", "[x]")
# Of each label how often a form has it.
_COMMON = {"sale_order_reference": 0.75, "invoice_reference": 0.5, "purchase_date": 0.65, "other_reference": 0.35,
           "other_date": 0.2}  # fmt: skip
_OF_RETURNS = {"return_number": 0.55, "request_date": 0.55, "refund_amount": 0.2, "restocking_fee_amount": 0.06}
_OF_CLAIMS = {"claim_number": 0.6, "claim_date": 0.7, "failure_date": 0.6, "installation_date": 0.3,
              "repair_date": 0.25, "dealer_name": 0.45, "authorization_number": 0.2, "usage_value": 0.25}  # fmt: skip
_OF_GOODS = {"product_code": 0.6, "description": 0.7, "serial_number": 0.6, "quantity": 0.4}
_OF_PEOPLE = {"customer_email": 0.7, "customer_phone": 0.7, "customer_company": 0.15, "iban": 0.2}
_LEARNT = (
    "return_number", "claim_number", "customer_name", "sale_order_reference", "invoice_reference", "request_date",
    "claim_date", "purchase_date", "failure_date", "installation_date", "repair_date", "dealer_name", "refund_amount",
    "claimed_amount", "authorization_number", "customer_email",
)  # fmt: skip
_COLUMNS_OF_RETURNS = "line_number product_code description serial_number quantity unit_price reason".split()
_COLUMNS_OF_CLAIMS = "line_type product_code description quantity unit_price line_total".split()


def compose_form(rng: Chance) -> tuple[Sheet, DocumentKind]:
    """A sheet with a return form or a warranty claim."""
    sheet = Sheet(rng, "forms")
    kind = rng.choice((DocumentKind.RETURN_FORM, DocumentKind.WARRANTY_CLAIM))
    is_return = kind is DocumentKind.RETURN_FORM
    shop, address, top = rng.company(), rng.address(), _title(sheet, kind)
    top = _letterhead(sheet, shop, address, top)
    groups, last = _groups(sheet, is_return=is_return)
    top = _put_groups(sheet, groups, top)
    if rng.yes(0.5):
        top = put_items(sheet, top, rng.randint(1, 4), _COLUMNS_OF_RETURNS if is_return else _COLUMNS_OF_CLAIMS)
    if not is_return and rng.yes(0.3):
        top = _costs(sheet, top)
    top = _told(sheet, top, is_return=is_return) + rng.uniform(5, 30)
    if last is not None:
        items = [last, Item(sheet.label("signature"), None)]
        rng.shuffle(items)
        top = sheet.pairs(items, sheet.left, sheet.right, top, rng.choice(("band", "above", "inline", "columns")))
    elif rng.yes(0.5):
        sheet.put(sheet.left, top, sheet.phrase("signature"))
        top += 2 * sheet.size
    if rng.yes(0.4):
        line = rng.choice((" · ", " | ", ", ")).join([shop, *address])
        sheet.put(sheet.width / 2, max(top + 6, sheet.height - 40), line, 0.75 * sheet.size, share=0.5)
    return sheet, kind


def _title(sheet: Sheet, kind: DocumentKind) -> float:
    rng, top = sheet.rng, sheet.rng.uniform(22, 70)
    size = sheet.size * rng.choice((1.2, 1.6, 2))
    x = rng.choice((sheet.left, sheet.left, 0.35 * sheet.width))
    sheet.put(x, top, sheet.phrase(kind, "kinds"), size, bold=rng.yes(0.6))
    return top + 1.7 * size + rng.uniform(4, 14)


def _letterhead(sheet: Sheet, shop: str, address: list[str], top: float) -> float:
    """The shop's own particulars, which are nobody's entry."""
    rng = sheet.rng
    if rng.yes(0.25):
        return top
    x, share = rng.choice(((sheet.left, 0.0), (sheet.right, 1.0), (sheet.width / 2, 0.5)))
    at = top if rng.yes(0.5) else 12.0
    lines = [shop, *(address if rng.yes(0.6) else []), *([rng.email()] if rng.yes(0.4) else [])]
    bottom = sheet.block([(line, None) for line in lines], x, at, size=sheet.size, share=share)
    return max(top, bottom) + rng.uniform(4, 14)


def _item(sheet: Sheet, name: str, value: str, empty: float, field: str | None = None) -> Item:
    """An entry, or an empty one in so many cases."""
    field = field or (name if name in _LEARNT else None)
    return Item(sheet.label(name), None) if sheet.rng.yes(empty) else Item(sheet.label(name), value, field)


def _groups(sheet: Sheet, *, is_return: bool) -> tuple[list[list[Item]], Item | None]:
    """What the form asks for in groups, and the day that stands with the signature, if it does."""
    rng = sheet.rng
    empty = rng.choice((0.05, 0.2, 0.4))
    more = {**_COMMON, **(_OF_RETURNS if is_return else _OF_CLAIMS)}
    deals = [_item(sheet, name, _value(sheet, name), empty) for name, share in more.items() if rng.yes(share)]
    goods = [_item(sheet, name, _value(sheet, name), empty) for name, share in _OF_GOODS.items() if rng.yes(share)]
    if rng.yes(0.5):
        rng.shuffle(deals)
    last = next((item for item in deals if item.field in ("request_date", "claim_date") and rng.yes(0.35)), None)
    if last is not None:
        deals.remove(last)
    groups = [_person(sheet, empty), deals, *([goods] if goods and rng.yes(0.6) else [])]
    if rng.yes(0.35):
        mixed = [item for group in groups for item in group]
        if rng.yes(0.4):
            rng.shuffle(mixed)
        groups = [mixed]
    rng.shuffle(groups)
    return [group for group in groups if group], last


def _person(sheet: Sheet, empty: float) -> list[Item]:
    rng, name, address = sheet.rng, sheet.rng.person(), sheet.rng.address()
    found = [_item(sheet, "customer_name", name, empty)]
    if rng.yes(0.15):
        first, last = name.split(" ")[0], name.split(" ")[-1]
        found = [
            _item(sheet, part, text, empty, "customer_name")
            for part, text in (("first_name", first), ("last_name", last))
        ]
    if rng.yes(0.35):
        found.append(_item(sheet, "customer_address", ", ".join(address), empty))
    elif rng.yes(0.5):
        found += [_item(sheet, "street", address[0], empty), _item(sheet, "postcode_city", address[1], empty)]
    else:
        code = address[1].split(" ")[0]
        parts = (("street", address[0]), ("postcode", code), ("city", rng.word(2)))
        found += [_item(sheet, part, text, empty) for part, text in parts]
    return found + [_item(sheet, key, _value(sheet, key), empty) for key, share in _OF_PEOPLE.items() if rng.yes(share)]


def _value(sheet: Sheet, name: str) -> str:
    rng = sheet.rng
    if name.endswith("date"):
        return sheet.date()
    if name.endswith("amount"):
        return sheet.money()
    texts = {
        "dealer_name": rng.company(),
        "customer_company": rng.company(),
        "customer_email": rng.email(),
        "customer_phone": rng.phone(),
        "iban": rng.iban(),
        "description": rng.words(3),
        "quantity": str(rng.randint(1, 5)),
        "usage_value": f"{rng.randint(10, 90000)} {rng.choice(('km', 'h', ''))}",
    }
    return texts.get(name) or rng.number()


def _put_groups(sheet: Sheet, groups: list[list[Item]], top: float) -> float:
    rng, way = sheet.rng, sheet.rng.choice(_WAYS)
    if len(groups) > 1 and rng.yes(0.3):
        cell, bottoms = (sheet.right - sheet.left) / 2, []
        for place, group in enumerate(groups[:2]):
            x = sheet.left + place * cell
            bottoms.append(sheet.pairs(group, x, x + cell - 12, _heading(sheet, x, top), way))
        top, groups = max(bottoms) + 8, groups[2:]
    for group in groups:
        top = _heading(sheet, sheet.left, top)
        top = sheet.pairs(group, sheet.left, sheet.right, top, way if rng.yes(0.8) else None) + rng.uniform(4, 16)
    return top


def _heading(sheet: Sheet, x: float, top: float) -> float:
    if sheet.rng.yes(0.5):
        return top
    sheet.put(x, top, sheet.rng.words(2), 1.15 * sheet.size, bold=True)
    return top + 2 * sheet.size


def _costs(sheet: Sheet, top: float) -> float:
    rng = sheet.rng
    names = [name for name in ("labour_amount", "parts_amount", "travel_amount") if rng.yes(0.6)]
    items = [_item(sheet, name, sheet.money(), 0.0) for name in (*names, "claimed_amount")]
    return sheet.pairs(items, sheet.width / 2, sheet.right, top, rng.choice(("right", "columns"))) + 8


def _told(sheet: Sheet, top: float, *, is_return: bool) -> float:
    """What is wrong, in sentences, and boxes to tick."""
    rng = sheet.rng
    if rng.yes(0.6):
        caption = sheet.label("comments" if is_return else "fault_description")
        sheet.put(sheet.left, top, caption, sheet.label_size, bold=sheet.label_bold)
        top += 1.4 * sheet.size
        for _ in range(rng.randint(1, 3)):
            sheet.put(sheet.left, top, rng.words(rng.randint(6, 10)))
            top += 1.35 * sheet.size
    for _ in range(rng.randint(0, 4)):
        sheet.put(sheet.left, top, f"{rng.choice(_TICKS)} {rng.words(rng.randint(1, 4))}")
        top += 1.4 * sheet.size
    return top
