"""Families of invoices for building and tuning the reading."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.demo.documents.invented.bill_rows import Trade
from service.demo.documents.makers import feet, letterheads, listings, metas, parties, totals
from service.demo.documents.makers.desk import at_least, beside, space, stacked
from service.demo.documents.makers.family import Family
from service.demo.documents.makers.fitting_more import MORE_FITTING
from service.demo.documents.makers.hand import Money
from service.demo.documents.makers.tables import Head, Rules, Table, Where, columns_of, items

_END = (feet.terms(), feet.account())

_ERP_EXPORT = Family(
    stacked(
        letterheads.logo_left(),
        space(18),
        beside(stacked(letterheads.window(), parties.window_buyer()), metas.pairs(metas.FULL), 0.5),
        space(14),
        letterheads.title_with_number(),
        items(Table(columns_of("ncdqupts"), Rules.NONE, Head.DOUBLE, gtin=Where.BELOW, carries=True, per_order=True)),
        totals.column(with_bases=True),
        *_END[:1],
        feet.stamp("received"),
    ),
    feet.columns_foot,
    Trade(orders=3, counts=(2, 4, 6, 9, 14, 26), gtins=0.3),
    ("helvetica", "liberation"),
    size=8.6,
    margins=(22, 16, 20, 36),
)
_WORD_TEMPLATE = Family(
    stacked(
        beside(letterheads.name_left(), letterheads.title(2.1, is_right=True, upper=True), 0.6),
        space(16),
        beside(parties.labelled_buyer(upper=True), metas.pairs(metas.SHORT, bold_label=True), 0.55),
        space(8),
        metas.inline(metas.REFERENCES),
        space(6),
        items(Table(columns_of("qdps"), Rules.GRID, Head.DARK, code=Where.BEFORE, joins=True, in_currency=True)),
        totals.column(width=0.4),
        *_END,
    ),
    feet.no_foot,
    Trade(counts=(1, 2, 3, 4), early=0.1),
    ("times", "liberation-serif", "helvetica"),
    size=10.5,
)
_SPREADSHEET = Family(
    stacked(
        metas.grid(metas.FULL),
        beside(parties.labelled_buyer(), parties.seller_box(), 0.5),
        space(8),
        letterheads.title(1.4),
        items(Table(columns_of("ncdqurpts"), Rules.GRID, Head.GREY, gap=2, upper=True)),
        totals.column(is_boxed=True, with_due=True),
        *_END,
        feet.scribble(),
    ),
    feet.no_foot,
    Trade(discounts=0.6, counts=(3, 5, 8, 12)),
    ("liberation", "narrow", "vera"),
    size=8.2,
    margins=(14, 14, 16, 20),
)
_SAAS = Family(
    stacked(
        beside(letterheads.logo_only(52), letterheads.title(2.2, is_right=True), 0.5),
        space(16),
        beside(
            letterheads.name_left(), metas.stacked_pairs(("invoice_number", "issue_date", "due_date", "period")), 0.6
        ),
        space(12),
        beside(parties.labelled_buyer(), totals.big_figure(), 0.5),
        space(10),
        items(Table(columns_of("dqps"), Rules.ROWS, Head.PLAIN, in_currency=True, gap=9)),
        totals.column(width=0.42, with_due=True, ruled=False),
        feet.terms(with_closing=False),
    ),
    feet.page_foot,
    Trade("software", counts=(1, 2, 3, 4), codes=0, period=0.8, has_note=0, has_order=0.4, has_delivery=0, discounts=0),
    ("helvetica", "dejavu"),
    size=9.5,
    margins=(22, 22, 24, 26),
)
_TILL_A4 = Family(
    stacked(
        letterheads.centred(),
        letterheads.title(1.3),
        metas.dotted(("invoice_number", "issue_date", "contact", "customer_number")),
        parties.inline_buyer(),
        listings.two_rows(ruled=False),
        totals.leaders(),
        totals.tax_table(),
        feet.terms(),
    ),
    feet.no_foot,
    Trade("food", counts=(1, 3, 5, 8), has_order=0.1, has_note=0, ship_to=0, early=0, discounts=0),
    ("courier", "liberation-mono"),
    size=9,
    money=(Money.CODE_AFTER, Money.SIGN_AFTER, Money.CODE_BEFORE),
)
_WHOLESALER = Family(
    stacked(
        letterheads.block_right(),
        at_least(
            130, beside(stacked(letterheads.window(), parties.window_buyer(with_vat=True)), parties.ship_to(), 0.55)
        ),
        space(14),
        letterheads.title(1.5),
        metas.table((*metas.USUAL, "contact")),
        items(
            Table(columns_of("ncgdqubprs"), Rules.COLUMNS, Head.GREY, carries=True, per_note=True, scale=0.94, gap=1.5)
        ),
        totals.strip(),
        totals.tax_table(share=0.6),
        *_END,
    ),
    feet.line_foot,
    Trade(
        counts=(6, 10, 18, 30, 44), gtins=1, discounts=0.5, hundreds=0.3, notes_by_line=1, negative=0.25, price_scale=3
    ),
    ("liberation", "condensed"),
    size=8,
    margins=(15, 13, 18, 32),
)
_HOTEL = Family(
    stacked(
        letterheads.logo_only(40, is_right=True),
        space(6),
        parties.window_buyer(),
        space(26),
        letterheads.title_with_number(1.5),
        metas.inline(("issue_date", "period", "customer_number", "order_reference"), mark="  |  "),
        listings.days(),
        totals.column(width=0.5),
        space(10),
        totals.tax_table(),
        feet.terms(with_closing=False),
        feet.scribble(0.3),
    ),
    feet.columns_foot,
    Trade(
        "hotel",
        counts=(1, 2, 3, 4),
        period=1,
        has_note=0,
        has_order=0.3,
        has_delivery=0,
        discounts=0,
        ship_to=0,
        prepaid=0.4,
    ),
    ("times", "dejavu-serif"),
    size=10,
    margins=(24, 24, 22, 38),
)
_TELECOM = Family(
    stacked(
        letterheads.band(),
        space(14),
        beside(parties.window_buyer(), metas.pairs((*metas.SHORT, "customer_number", "period"), is_right=True), 0.5),
        space(16),
        totals.big_figure(),
        space(6),
        listings.groups(),
        totals.column(width=0.6),
        feet.terms(),
        feet.slip(),
    ),
    feet.page_foot,
    Trade(
        "telecom",
        counts=(3, 5, 10, 20),
        codes=0,
        period=1,
        has_note=0,
        has_order=0,
        has_delivery=0,
        discounts=0,
        ship_to=0,
        extras=0,
        negative=0,
    ),
    ("narrow", "helvetica"),
    size=9.4,
)
_BUILDER = Family(
    stacked(
        letterheads.name_left(),
        space(22),
        at_least(140, parties.window_buyer(attention=True)),
        space(24),
        beside(letterheads.title(1.3), metas.pairs(("invoice_number", "issue_date", "contract_reference")), 0.5),
        totals.stage(),
        feet.opening(),
        items(Table(columns_of("ndqups"), Rules.NONE, Head.RULE, gap=7)),
        totals.column(with_due=True),
        *_END,
    ),
    feet.line_foot,
    Trade(
        "building",
        counts=(2, 3, 4, 5),
        retention=0.6,
        prepaid=0.3,
        contract=0.9,
        codes=0,
        has_note=0,
        period=0.4,
        discounts=0,
        ship_to=0,
        is_reverse=0.2,
        negative=0,
    ),
    ("helvetica", "liberation-serif"),
    size=9.8,
    margins=(25, 20, 24, 34),
)
_FAKTURA = Family(
    stacked(
        beside(letterheads.logo_only(), metas.pairs(("issue_date", "delivery_date", "due_date")), 0.55),
        space(8),
        letterheads.title_with_number(1.5),
        parties.both_boxed(),
        metas.inline(("order_reference", "delivery_note_reference", "preceding_invoice_reference")),
        items(Table(columns_of("ndcquprts"), Rules.GRID, Head.GREY, signs_rate=True)),
        beside(totals.tax_table(share=0.98), totals.column(width=0.95, with_due=True), 0.55),
        feet.account(),
        feet.terms(with_closing=False),
    ),
    feet.page_foot,
    Trade(has_delivery=0.9, discounts=0.3),
    ("dejavu", "liberation"),
    size=8.4,
    countries=("PL",),
)
_AMERICAN = Family(
    stacked(
        beside(letterheads.logo_left(), space(0), 0.99),
        letterheads.title(1.9, is_right=True, upper=True),
        beside(parties.labelled_buyer(rule=True), parties.ship_to(), 0.5),
        space(6),
        metas.table(("order_reference", "contact", "delivery_date", "due_date", "invoice_number", "issue_date")),
        items(Table(columns_of("qcdps"), Rules.ZEBRA, Head.DARK, in_currency=True)),
        totals.banner(),
        feet.terms(),
    ),
    feet.page_foot,
    Trade(ship_to=0.8, has_note=0, early=0.4, discounts=0, reduced=0),
    ("helvetica", "times"),
    size=9.4,
    countries=("US",),
    is_letter=True,
    money=(Money.SIGN_BEFORE,),
)
_SWISS = Family(
    stacked(
        letterheads.block_right(),
        at_least(120, parties.window_buyer()),
        space(20),
        letterheads.title(1.4),
        metas.stacked_pairs(("invoice_number", "issue_date", "order_reference")),
        items(Table(columns_of("dqups"), Rules.ROWS, Head.RULE, code=Where.ABOVE)),
        totals.column(with_due=True),
        feet.qr_bill(),
    ),
    feet.no_foot,
    Trade(counts=(1, 2, 3), rounding=0.6, payment_reference=0.8, early=0),
    ("liberation", "helvetica"),
    size=8.8,
    countries=("CH",),
    margins=(20, 18, 18, 20),
    money=(Money.CODE_BEFORE,),
)
_COLOUR_BAND = Family(
    stacked(
        letterheads.band(62),
        beside(parties.boxed(parties.labelled_buyer(), fill=0.94), metas.pairs(metas.USUAL, split=0.5), 0.5),
        space(8),
        items(Table(columns_of("dcqpats"), Rules.ZEBRA, Head.GREY, joins=True, gtin=Where.BELOW)),
        totals.strip(dark=True),
        *_END,
        feet.stamp("copy", 0.3),
    ),
    feet.page_foot,
    Trade(discounts=0.5, freight=0.4),
    ("dejavu", "vera"),
    size=8,
    flips=True,
)
_LETTER = Family(
    stacked(
        letterheads.centred(ruled=False),
        space(20),
        parties.window_buyer(),
        space(20),
        metas.inline(("issue_date", "order_reference", "delivery_date")),
        letterheads.title_with_number(1.2),
        feet.opening(),
        items(Table(columns_of("dqps"), Rules.NONE, Head.PLAIN, joins=True)),
        totals.sentence(),
        *_END,
    ),
    feet.no_foot,
    Trade(counts=(1, 2, 3), codes=0, discounts=0, allowance=0),
    ("times", "dejavu-serif", "courier"),
    size=11,
    margins=(26, 26, 26, 26),
)
_BILINGUAL = Family(
    stacked(
        beside(letterheads.logo_left(), space(0), 0.98),
        space(10),
        beside(parties.boxed(parties.labelled_buyer()), parties.boxed(metas.pairs(metas.FULL, split=0.5)), 0.48),
        letterheads.title(1.6),
        items(Table(columns_of("nkcdqupts"), Rules.FRAME, Head.GREY, scale=0.92, per_order=True)),
        totals.column(is_boxed=True),
        *_END,
    ),
    feet.columns_foot,
    Trade(buyer_codes=0.7, orders=2, is_reverse=0.25),
    ("liberation", "condensed"),
    size=8.4,
    languages=("de", "fr", "it", "nl", "pl", "sv", "es", "pt"),
    second="en",
    margins=(18, 16, 20, 38),
)
_UTILITY = Family(
    stacked(
        letterheads.corner_strip(),
        space(10),
        parties.window_buyer(),
        space(10),
        metas.boxes(("customer_number", "contract_reference", "invoice_number", "issue_date", "period")),
        letterheads.title(1.4),
        items(Table(columns_of("dqups"), Rules.ROWS, Head.RULE, gap=4)),
        totals.leaders(),
        feet.terms(with_closing=False),
        feet.slip(),
    ),
    feet.page_foot,
    Trade(
        "energy",
        counts=(2, 3, 4),
        codes=0,
        period=1,
        contract=0.9,
        has_note=0,
        has_order=0,
        has_delivery=0,
        discounts=0,
        ship_to=0,
        prepaid=0.4,
        price_scale=4,
        allowance=0,
        negative=0,
    ),
    ("vera", "dejavu", "helvetica"),
    size=8.8,
    margins=(22, 20, 22, 26),
)

FITTING: Mapping[str, Family] = MappingProxyType(
    {
        **MORE_FITTING,
        "erp_export": _ERP_EXPORT,
        "word_template": _WORD_TEMPLATE,
        "spreadsheet": _SPREADSHEET,
        "saas": _SAAS,
        "till_a4": _TILL_A4,
        "wholesaler": _WHOLESALER,
        "hotel": _HOTEL,
        "telecom": _TELECOM,
        "builder": _BUILDER,
        "faktura": _FAKTURA,
        "american": _AMERICAN,
        "swiss": _SWISS,
        "colour_band": _COLOUR_BAND,
        "letter": _LETTER,
        "bilingual": _BILINGUAL,
        "utility": _UTILITY,
    }
)
