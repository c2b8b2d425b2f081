"""A table of items on a composed sheet: figures and numbers that are no field of the head."""

from __future__ import annotations

from collections.abc import Sequence

from training.field_model.sheet import Sheet

_NUMBERED = (
    "seller_item_id", "product_code", "serial_number", "buyer_item_id", "gtin", "order_reference", "invoice_reference",
)  # fmt: skip


def put_items(sheet: Sheet, top: float, count: int, names: Sequence[str]) -> float:
    """Put a table of ``count`` rows down with some of the columns ``names``; returns the top of what follows."""
    rng = sheet.rng
    shown = [name for name in names if rng.yes(0.8)]
    if len(shown) < 3:
        return top
    weights = [3 if name == "description" else 1 for name in shown]
    share = (sheet.right - sheet.left) / sum(weights)
    edges = [sheet.left + share * sum(weights[:place]) for place in range(len(shown))]
    for x, name, weight in zip(edges, shown, weights, strict=True):
        title = sheet.fitting(sheet.phrase(name, "columns"), share * weight - 5, sheet.label_size)
        sheet.put(x, top, title, sheet.label_size, bold=sheet.label_bold)
    step = sheet.size * rng.uniform(1.3, 2)
    for number in range(1, count + 1):
        top += step
        for x, name, weight in zip(edges, shown, weights, strict=True):
            sheet.put(x, top, sheet.fitting(_cell(sheet, name, number), share * weight - 4, sheet.size))
    return top + 1.5 * step


def _cell(sheet: Sheet, name: str, number: int) -> str:
    rng = sheet.rng
    if name in ("unit_price", "line_total"):
        return sheet.money()
    if name in _NUMBERED:
        return rng.number()
    texts = {
        "description": rng.words(rng.randint(2, 4)),
        "quantity": str(rng.randint(1, 40)),
        "line_number": str(number),
        "unit": rng.choice(("Stk", "pcs", "h", "kg")),
        "tax_rate": rng.choice(("19 %", "20%", "21", "7 %")),
    }
    return texts.get(name) or (rng.words(rng.randint(1, 2)) if rng.yes(0.7) else "")
