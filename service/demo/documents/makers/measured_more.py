"""More families of invoices for measuring alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.demo.documents.invented.bill_rows import Trade
from service.demo.documents.makers import feet, letterheads, listings, metas, parties, totals
from service.demo.documents.makers.desk import at_least, beside, space, stacked
from service.demo.documents.makers.family import Family
from service.demo.documents.makers.hand import Money
from service.demo.documents.makers.tables import Head, Rules, Table, Where, columns_of, items

_IBERIAN = Family(
    stacked(
        beside(letterheads.name_left(), parties.boxed(parties.window_buyer(with_vat=True)), 0.5),
        space(8),
        metas.table(
            (
                "invoice_number",
                "issue_date",
                "customer_number",
                "order_reference",
                "due_date",
                "preceding_invoice_reference",
            ),
            count=6,
        ),
        letterheads.title(1.1, upper=True),
        items(Table(columns_of("cdqpras"), Rules.FRAME, Head.GREY, per_note=True)),
        totals.tax_table(share=0.7),
        totals.strip(),
        feet.account(is_inline=True),
        feet.terms(),
    ),
    feet.line_foot,
    Trade(counts=(2, 5, 9, 16), notes_by_line=1, discounts=0.7, orders=2, has_delivery=0.6),
    ("helvetica", "narrow"),
    size=9,
    countries=("ES", "PT", "IT", "FR"),
    margins=(16, 16, 18, 32),
)
_MINIMAL = Family(
    stacked(
        metas.inline(("issue_date",)),
        space(30),
        letterheads.title_with_number(2.0),
        space(10),
        beside(parties.seller_box(), parties.labelled_buyer(), 0.5),
        space(16),
        items(Table(columns_of("dqus"), Rules.NONE, Head.PLAIN, gap=8, code=Where.BEFORE)),
        totals.leaders(),
        feet.terms(with_closing=False),
        feet.account(),
    ),
    feet.no_foot,
    Trade(counts=(1, 2, 3, 5), has_note=0.1, freight=0.1),
    ("helvetica", "times", "dejavu-serif"),
    size=10,
    margins=(32, 30, 30, 26),
)
_AMERICAN_FORM = Family(
    stacked(
        beside(letterheads.name_left(), metas.grid(("issue_date", "invoice_number")), 0.62),
        letterheads.title(1.6, is_right=True),
        beside(parties.boxed(parties.labelled_buyer(with_vat=False)), parties.boxed(parties.ship_to()), 0.5),
        space(4),
        metas.boxes(("order_reference", "due_date", "contact", "delivery_date", "customer_number"), count=5),
        items(Table(columns_of("cdqups"), Rules.COLUMNS, Head.GREY, upper=True)),
        totals.column(width=0.4, is_boxed=True, with_due=True),
        feet.terms(),
        feet.slip(),
    ),
    feet.page_foot,
    Trade(counts=(1, 3, 6, 10), ship_to=1, prepaid=0.3, reduced=0, has_note=0),
    ("times", "liberation-serif", "helvetica"),
    size=9.6,
    countries=("US", "GB", "IE"),
    is_letter=True,
    money=(Money.SIGN_BEFORE, Money.CODE_AFTER),
)
_TWO_LANGUAGES = Family(
    stacked(
        letterheads.band(46),
        beside(stacked(parties.window_buyer(), parties.ship_to()), metas.stacked_pairs(metas.FULL), 0.6),
        items(Table(columns_of("nkdqpts"), Rules.ROWS, Head.RULE, code=Where.ABOVE, joins=True, scale=0.96)),
        totals.column(width=0.55, with_bases=True),
        feet.account(),
        feet.terms(),
        feet.stamp("received", 0.4),
    ),
    feet.page_foot,
    Trade(buyer_codes=0.8, is_reverse=0.3, early=0.5),
    ("condensed", "vera"),
    size=8.6,
    languages=("de", "fr", "it", "nl", "pl", "sv", "es", "pt"),
    second="en",
)
_MEMBERSHIP = Family(
    stacked(
        letterheads.block_right(),
        at_least(150, stacked(letterheads.window(underlined=False), parties.window_buyer(attention=True))),
        space(30),
        beside(letterheads.title_with_number(1.2, dated=True), space(0), 0.9),
        metas.inline(("customer_number", "contract_reference", "period")),
        feet.opening(),
        listings.cards(),
        totals.sentence(),
        feet.terms(),
    ),
    feet.columns_foot,
    Trade(
        "software",
        counts=(1, 1, 2),
        codes=0,
        period=0.9,
        contract=0.7,
        has_note=0,
        has_order=0.2,
        has_delivery=0,
        discounts=0,
        ship_to=0,
        negative=0,
        allowance=0,
    ),
    ("liberation-serif", "times", "helvetica"),
    size=10.2,
    margins=(25, 20, 22, 40),
)
_ROAMING = Family(
    stacked(
        beside(letterheads.logo_left(28), space(0), 0.98),
        beside(parties.window_buyer(), totals.big_figure(), 0.55),
        metas.dotted(("invoice_number", "customer_number", "issue_date", "due_date", "payment_reference")),
        metas.inline(("period", "contract_reference")),
        listings.groups(size=3),
        totals.leaders(),
        totals.tax_table(),
        feet.terms(with_closing=False),
        feet.account(is_inline=True),
    ),
    feet.line_foot,
    Trade(
        "telecom",
        counts=(5, 10, 15, 25),
        codes=0,
        period=1,
        payment_reference=0.8,
        has_note=0,
        has_order=0,
        has_delivery=0,
        discounts=0,
        ship_to=0,
        extras=0,
        negative=0,
        allowance=0,
        freight=0,
    ),
    ("dejavu", "condensed"),
    size=8.8,
)
_FOOD_WHOLESALE = Family(
    stacked(
        beside(letterheads.title(1.3), letterheads.name_left(), 0.5),
        space(6),
        beside(parties.labelled_buyer(upper=True), metas.pairs((*metas.USUAL, "contact"), colon=""), 0.5),
        items(Table(columns_of("qudgcprs"), Rules.ROWS, Head.DARK, scale=0.95, carries=True, gap=1.5)),
        totals.tax_table(share=0.5),
        totals.column(is_left=True, width=0.5),
        feet.terms(with_closing=False),
        feet.account(is_inline=True),
        feet.stamp("copy", 0.4),
    ),
    feet.page_foot,
    Trade("food", counts=(5, 9, 16, 30, 45), gtins=0.8, discounts=0.4, negative=0.3, freight=0.3),
    ("narrow", "condensed", "helvetica"),
    size=8.2,
    margins=(15, 15, 16, 24),
)
_BUREAU = Family(
    stacked(
        letterheads.logo_left(40),
        space(30),
        beside(
            metas.pairs((*metas.FULL, "contact"), colon=":", bold_label=True),
            parties.boxed(parties.window_buyer()),
            0.5,
        ),
        letterheads.title(1.5, is_right=True),
        items(Table(columns_of("sdqptc"), Rules.ROWS, Head.GREY, joins=True)),
        totals.column(width=0.5, is_left=True, with_bases=True, with_due=True),
        feet.terms(),
    ),
    feet.columns_foot,
    Trade(counts=(1, 3, 5, 7)),
    ("liberation", "vera", "helvetica"),
    size=8.8,
    margins=(20, 20, 20, 40),
)

_GARDEN_CENTRE = Family(
    stacked(
        letterheads.band(40),
        metas.boxes(("invoice_number", "issue_date", "order_reference", "due_date"), count=4, filled=True),
        beside(parties.labelled_buyer(rule=True), parties.ship_to(), 0.5),
        items(Table(columns_of("cdqpst"), Rules.FRAME, Head.RULE, letters_rate=True, joins=True)),
        totals.tax_table(share=0.5, is_lettered=True),
        totals.column(width=0.4, with_due=True),
        feet.terms(),
    ),
    feet.line_foot,
    Trade(counts=(2, 4, 7, 12), reduced=0.9),
    ("helvetica", "dejavu"),
    size=9,
)
_LANDSCAPE = Family(
    stacked(
        beside(letterheads.title(1.6), letterheads.name_left(), 0.6),
        metas.table((*metas.USUAL, "payment_reference"), count=8),
        parties.both_boxed(),
        items(Table(columns_of("ngcdquprs"), Rules.GRID, Head.GREY, per_note=True, carries=True)),
        beside(totals.tax_table(share=0.8), totals.column(width=0.8, with_due=True), 0.55),
        feet.terms(with_closing=False),
        feet.account(is_inline=True),
    ),
    feet.page_foot,
    Trade(counts=(2, 6, 11, 20), notes_by_line=1, discounts=0.5, gtins=0.5, orders=2),
    ("times", "liberation", "condensed"),
    size=9,
    margins=(18, 18, 16, 20),
    is_landscape=True,
)

MORE_MEASURED: Mapping[str, Family] = MappingProxyType(
    {
        "iberian": _IBERIAN,
        "minimal": _MINIMAL,
        "american_form": _AMERICAN_FORM,
        "two_languages": _TWO_LANGUAGES,
        "membership": _MEMBERSHIP,
        "roaming": _ROAMING,
        "food_wholesale": _FOOD_WHOLESALE,
        "bureau": _BUREAU,
        "garden_centre": _GARDEN_CENTRE,
        "landscape": _LANDSCAPE,
    }
)
