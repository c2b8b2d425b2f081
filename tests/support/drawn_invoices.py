"""What the drawn invoices of tests have in common: two parties, the totals, texts of one row."""

from __future__ import annotations

Text = tuple[float, float, str]  # x and y from the top left corner in points, words; they end at x behind ">"
HEAD: tuple[Text, ...] = (
    (40, 60, "Ostwall Metallbau GmbH"), (40, 72, "Kieler Weg 12"), (40, 84, "24103 Kiel"),
    (40, 130, "Harbour Stores Ltd"), (40, 142, "9 Quay Street"), (40, 154, "Bristol BS1 5TT"),
)  # fmt: skip
TOTALS: tuple[Text, ...] = (
    (300, 500, "Net total"), (540, 500, ">100.00"), (300, 514, "VAT 20%"), (540, 514, ">20.00"),
    (300, 528, "Invoice total"), (540, 528, ">120.00"),
)  # fmt: skip


def row(y: float, *cells: tuple[float, str]) -> tuple[Text, ...]:
    """Texts at one height, each with its x."""
    return tuple((x, y, text) for x, text in cells)
