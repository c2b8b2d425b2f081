"""What a family of kinds calls things, and what a table of its items has at least."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.labels import Lexicon, lexicon


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A lexicon and the shape of item tables: at least ``fewest_columns``, one of each set in ``needed``."""

    lexicon: Lexicon
    fewest_columns: int
    needed: tuple[frozenset[str], ...]


INVOICES = Vocabulary(
    lexicon(),
    3,
    (
        frozenset({"line_total", "unit_price", "gross_total"}),
        frozenset({"description", "quantity", "seller_item_id"}),
    ),
)
FORMS = Vocabulary(
    lexicon("forms"),
    3,
    (
        frozenset({"product_code", "description", "serial_number", "line_type"}),
        frozenset(
            {
                "quantity",
                "reason",
                "serial_number",
                "condition",
                "line_total",
                "unit_price",
                "fault",
                "requested_resolution",
            }
        ),
    ),
)
STATEMENTS = Vocabulary(
    lexicon("statements"),
    2,
    (
        frozenset({"amount", "net_amount", "debit", "credit", "open_amount"}),
        frozenset({"date", "reference", "due_date", "document_type", "description"}),
    ),
)
