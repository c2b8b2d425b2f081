"""Families of invoices for measuring alone: whoever builds and tunes the reading doesn't look at them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.demo.documents.invented.bill_rows import Trade
from service.demo.documents.makers import feet, letterheads, listings, metas, parties, totals
from service.demo.documents.makers.desk import beside, space, stacked
from service.demo.documents.makers.family import Family
from service.demo.documents.makers.hand import Money
from service.demo.documents.makers.measured_more import MORE_MEASURED
from service.demo.documents.makers.tables import Head, Rules, Table, Where, columns_of, items

_FREIGHT_FORWARDER = Family(
    stacked(
        beside(letterheads.title(1.5), letterheads.logo_only(38, is_right=True), 0.6),
        metas.grid((*metas.FULL, "contact")),
        parties.both_boxed(),
        space(4),
        items(Table(columns_of("dqtps"), Rules.FRAME, Head.PLAIN, upper=True, signs_rate=True)),
        beside(totals.tax_table(share=0.95), totals.column(width=0.9, with_due=True), 0.5),
        feet.account(is_inline=True),
        feet.terms(),
        feet.stamp("received", 0.3),
    ),
    feet.page_foot,
    Trade(
        "transport",
        counts=(1, 2, 3, 4),
        codes=0,
        is_reverse=0.3,
        has_delivery=0.8,
        discounts=0,
        ship_to=0,
        negative=0,
        buyer_codes=0,
    ),
    ("liberation", "condensed"),
    size=8.8,
    margins=(16, 16, 18, 24),
)
_PLAIN_TEXT = Family(
    stacked(
        letterheads.name_left(with_vat=False),
        space(6),
        metas.pairs((*metas.USUAL, "contact"), colon=" ", split=0.3),
        parties.labelled_buyer(),
        letterheads.title(1.0, upper=True),
        items(Table(columns_of("ndqups"), Rules.NONE, Head.DOUBLE, code=Where.BELOW, gap=6, carries=True)),
        totals.column(width=0.6, ruled=False),
        feet.account(),
        feet.terms(with_closing=False),
    ),
    feet.no_foot,
    Trade(counts=(2, 4, 7, 12, 22)),
    ("liberation-mono", "dejavu-mono", "courier"),
    size=8.2,
    margins=(18, 14, 18, 24),
    flips=True,
)
_GST = Family(
    stacked(
        letterheads.centred(),
        letterheads.title(1.1, upper=True),
        beside(
            parties.boxed(parties.labelled_buyer()),
            metas.grid(
                (
                    "invoice_number",
                    "issue_date",
                    "order_reference",
                    "delivery_note_reference",
                    "due_date",
                    "delivery_date",
                )
            ),
            0.45,
        ),
        parties.ship_to(),
        items(Table(columns_of("ndcqupras"), Rules.GRID, Head.GREY, in_currency=False)),
        totals.column(width=0.5, is_boxed=True),
        totals.tax_table(),
        feet.terms(),
        feet.scribble(0.5),
    ),
    feet.page_foot,
    Trade(counts=(1, 3, 5, 9), rounding=0.8, discounts=0.4, ship_to=0.6, has_delivery=0.3, prepaid=0.05),
    ("dejavu", "liberation"),
    size=8.6,
    countries=("IN",),
    money=(Money.SIGN_BEFORE, Money.CODE_BEFORE, Money.CODE_AFTER),
)
_DESIGNER = Family(
    stacked(
        letterheads.corner_strip(),
        space(26),
        letterheads.title(3.0),
        space(8),
        beside(
            metas.stacked_pairs(("invoice_number", "issue_date", "order_reference", "due_date")),
            parties.labelled_buyer(),
            0.45,
        ),
        space(20),
        listings.cards(),
        totals.banner(),
        feet.terms(with_closing=False),
        feet.account(is_inline=True),
    ),
    feet.no_foot,
    Trade("software", counts=(1, 2, 3), codes=0.2, has_note=0, has_delivery=0.1, discounts=0.2, ship_to=0, negative=0),
    ("dejavu", "helvetica"),
    size=9.6,
    margins=(30, 24, 26, 24),
    leading=1.45,
)
_LEDGER = Family(
    stacked(
        beside(parties.window_buyer(), letterheads.block_right(with_logo=False), 0.6),
        space(22),
        metas.boxes(metas.FULL, count=4, filled=True),
        letterheads.title(1.2),
        items(
            Table(
                columns_of("cdbqupts"),
                Rules.COLUMNS,
                Head.DOUBLE,
                gtin=Where.BELOW,
                carries=True,
                per_order=True,
                scale=0.95,
            )
        ),
        totals.strip(),
        totals.tax_table(with_gross=False),
        feet.terms(),
    ),
    feet.columns_foot,
    Trade(counts=(4, 8, 15, 28, 40), orders=4, hundreds=0.6, gtins=0.4, price_scale=4, freight=0.4),
    ("narrow", "liberation"),
    size=8.8,
    margins=(17, 15, 20, 38),
)
_WEB_SHOP = Family(
    stacked(
        beside(
            letterheads.logo_only(44),
            metas.pairs(
                ("invoice_number", "issue_date", "order_reference", "order_date", "delivery_date"), is_right=True
            ),
            0.5,
        ),
        space(12),
        letterheads.title(1.7),
        beside(parties.labelled_buyer(with_vat=False), parties.ship_to(), 0.5),
        space(10),
        items(
            Table(
                columns_of("dqpts"),
                Rules.ZEBRA,
                Head.RULE,
                code=Where.BELOW,
                gtin=Where.BELOW,
                in_currency=True,
                signs_rate=True,
            )
        ),
        totals.column(width=0.5, with_due=True),
        feet.terms(with_closing=True),
    ),
    feet.line_foot,
    Trade(counts=(1, 1, 2, 3, 5), ship_to=0.7, freight=0.7, allowance=0.3, prepaid=0.3, early=0, has_note=0),
    ("vera", "dejavu", "helvetica"),
    size=8.8,
)
_MASTER_CRAFTSMAN = Family(
    stacked(
        letterheads.centred(),
        space(8),
        beside(
            parties.window_buyer(),
            metas.pairs(("issue_date", "invoice_number", "customer_number", "buyer_reference"), bold_label=True),
            0.58,
        ),
        space(24),
        letterheads.title(1.4),
        feet.opening(),
        listings.two_rows(),
        totals.column(width=0.55, is_left=False, with_bases=True),
        feet.terms(),
        feet.account(),
        feet.watermark("copy"),
    ),
    feet.no_foot,
    Trade(
        "building",
        counts=(1, 2, 3, 4),
        codes=0.2,
        has_note=0,
        has_order=0.3,
        prepaid=0.3,
        ship_to=0,
        discounts=0,
        period=0.2,
        negative=0,
    ),
    ("dejavu-serif", "times"),
    size=10,
    margins=(24, 22, 22, 24),
)
_NORDIC = Family(
    stacked(
        beside(letterheads.logo_left(), letterheads.title(1.6), 0.72),
        space(8),
        beside(
            metas.pairs(("invoice_number", "issue_date", "customer_number", "payment_reference", "due_date")),
            parties.boxed(parties.labelled_buyer(with_vat=False)),
            0.5,
        ),
        metas.inline(("order_reference", "contact", "buyer_reference", "delivery_note_reference", "buyer_vat_id")),
        items(Table(columns_of("cdqups"), Rules.NONE, Head.GREY, gap=4)),
        totals.strip(dark=True),
        feet.terms(),
        feet.slip(),
    ),
    feet.columns_foot,
    Trade(payment_reference=0.9, rounding=0.7, contract=0, early=0.05),
    ("liberation", "helvetica"),
    size=9,
    countries=("SE", "NL", "DE", "GB"),
    margins=(18, 18, 20, 40),
    money=(Money.CODE_AFTER, Money.SIGN_AFTER, Money.BARE, Money.CODE_BEFORE),
)
MEASURED: Mapping[str, Family] = MappingProxyType(
    {
        **MORE_MEASURED,
        "freight_forwarder": _FREIGHT_FORWARDER,
        "plain_text": _PLAIN_TEXT,
        "gst": _GST,
        "designer": _DESIGNER,
        "ledger": _LEDGER,
        "web_shop": _WEB_SHOP,
        "master_craftsman": _MASTER_CRAFTSMAN,
        "nordic": _NORDIC,
    }
)
