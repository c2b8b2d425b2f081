"""More families of invoices for building and tuning the reading."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.demo.documents.invented.bill_rows import Trade
from service.demo.documents.makers import feet, letterheads, metas, parties, totals
from service.demo.documents.makers.desk import beside, space, stacked
from service.demo.documents.makers.family import Family
from service.demo.documents.makers.tables import Head, Rules, Table, Where, columns_of, items

_CASH_AND_CARRY = Family(
    stacked(
        beside(letterheads.logo_only(36), letterheads.name_left(), 0.3),
        space(4),
        beside(
            parties.inline_buyer(), metas.dotted(("invoice_number", "issue_date", "customer_number", "contact")), 0.5
        ),
        letterheads.title(1.3, upper=True),
        items(
            Table(
                columns_of("gdquprts"),
                Rules.NONE,
                Head.DOUBLE,
                code=Where.BELOW,
                letters_rate=True,
                gap=1.5,
                carries=True,
            )
        ),
        beside(totals.tax_table(share=0.95, is_lettered=True), totals.column(width=0.9), 0.5),
        feet.terms(),
        feet.account(is_inline=True),
    ),
    feet.page_foot,
    Trade(counts=(4, 8, 15, 26), gtins=0.8, reduced=0.8, has_note=0.2, ship_to=0),
    ("condensed", "liberation-mono"),
    size=8,
    margins=(16, 14, 18, 24),
)
_WIDE_LIST = Family(
    stacked(
        beside(letterheads.logo_left(30), metas.pairs(metas.USUAL, bold_label=True), 0.62),
        space(6),
        beside(parties.boxed(parties.labelled_buyer()), parties.ship_to(), 0.4),
        letterheads.title(1.4),
        items(Table(columns_of("nckgdqubprats"), Rules.ZEBRA, Head.DARK, per_order=True)),
        totals.strip(),
        feet.account(is_inline=True),
        feet.terms(),
    ),
    feet.line_foot,
    Trade(counts=(2, 5, 9, 14), orders=3, discounts=0.6, buyer_codes=0.5, gtins=0.5, hundreds=0.2),
    ("liberation", "vera"),
    size=8.6,
    margins=(15, 15, 16, 26),
    is_landscape=True,
)

MORE_FITTING: Mapping[str, Family] = MappingProxyType({"cash_and_carry": _CASH_AND_CARRY, "wide_list": _WIDE_LIST})
