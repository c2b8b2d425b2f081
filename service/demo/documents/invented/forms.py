"""Return forms and warranty claims of invented customers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from service.demo.company.values import TODAY
from service.demo.documents.forms.content import Claim, Costs, FormContent, FormLine
from service.demo.documents.invented.people import bank, firm, person
from service.demo.documents.invented.places import PLACES, Place
from service.demo.documents.invented.wares import Ware, wares
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.wording.form_words import form_wording
from service.domain.documents import DocumentKind
from service.domain.fields import ClaimLineType, Resolution, ReturnReason
from service.domain.money import to_cents

_ORDERS = ("S{n:05d}", "SO-{n}", "{n}", "B{n}", "A-{year}-{n}")
_INVOICES = ("INV/{year}/{n:05d}", "RE{n}", "{year}-{n}")
_SERIALS = ("SN{a}{b}", "{a}-{b}", "BX18-{b:06d}", "{b:09d}")
_LATE = 500
_GROSS = Decimal("1.2")


def invented_return(usage: LayoutSet, rng: Random, language: str | None = None) -> FormContent:
    """A return of some articles, with one reason for all of them more often than not."""
    place = _place(rng, language)
    bought_on, filed_on = _days(rng)
    common = None if rng.random() < 0.3 else rng.choice(list(ReturnReason))
    stock = [ware for ware in wares(place.language) if ware.unit == "C62"]
    lines = tuple(_returned(ware, place, common, rng) for ware in rng.sample(stock, rng.choice((1, 1, 1, 2, 3))))
    total = sum((line.quantity * (line.unit_price or 0) for line in lines), Decimal(0))
    account = bank(place, rng) if rng.random() < 0.6 else None
    asks_refund = rng.random() < 0.5
    return FormContent(
        kind=DocumentKind.RETURN_FORM,
        language=place.language,
        recipient=firm(place, usage, rng),
        customer=person(place, usage, rng),
        filed_on=filed_on,
        lines=lines,
        currency=place.currency,
        number=f"RMA-{rng.randrange(10_000, 99_999)}" if rng.random() < 0.6 else None,
        sale_order=_number(rng.choice(_ORDERS), bought_on, rng),
        invoice=_number(rng.choice(_INVOICES), bought_on, rng) if rng.random() < 0.6 else None,
        purchased_on=bought_on if rng.random() < 0.9 else None,
        resolution=Resolution.REFUND if asks_refund else rng.choice(list(Resolution)),
        refund_amount=total if asks_refund else None,
        restocking_fee=Decimal("4.95") if asks_refund and rng.random() < 0.3 else None,
        iban=account.iban if account else None,
        is_signed=rng.random() < 0.75,
    )


def invented_claim(usage: LayoutSet, rng: Random, language: str | None = None) -> FormContent:
    """A claim for one machine; half of them with what its repair cost."""
    place = _place(rng, language)
    bought_on, filed_on = _days(rng)
    failed_on = filed_on - timedelta(days=rng.randrange(1, 12))
    fault = rng.choice(form_wording(place.language).faults)
    machine = rng.choice([ware for ware in wares(place.language) if ware.is_machine])
    costs = _costs(rng) if rng.random() < 0.5 else None
    product = FormLine(
        description=machine.name,
        quantity=Decimal(1),
        product_code=_code(rng),
        serial_number=_serial(rng),
        line_type=ClaimLineType.PRODUCT,
        fault=fault.short,
        failure_code=f"E{rng.randrange(10, 99)}" if rng.random() < 0.7 else None,
    )
    return FormContent(
        kind=DocumentKind.WARRANTY_CLAIM,
        language=place.language,
        recipient=firm(place, usage, rng),
        customer=person(place, usage, rng),
        filed_on=filed_on,
        lines=(product, *(_cost_lines(place, costs, rng) if costs else ())),
        currency=place.currency,
        number=f"WC{rng.randrange(100_000, 999_999)}" if rng.random() < 0.7 else None,
        sale_order=_number(rng.choice(_ORDERS), bought_on, rng),
        invoice=_number(rng.choice(_INVOICES), bought_on, rng) if rng.random() < 0.5 else None,
        purchased_on=bought_on,
        resolution=rng.choice((Resolution.REPAIR, Resolution.REPAIR, Resolution.EXCHANGE, Resolution.REFUND)),
        is_signed=rng.random() < 0.75,
        claim=Claim(
            fault=fault.text,
            failed_on=failed_on,
            dealer=firm(place, usage, rng).name if rng.random() < 0.6 else None,
            authorization=f"AU-{rng.randrange(1000, 9999)}" if rng.random() < 0.4 else None,
            installed_on=bought_on + timedelta(days=4) if rng.random() < 0.4 else None,
            repaired_on=filed_on - timedelta(days=1) if costs else None,
            usage=(Decimal(rng.randrange(20, 3000)), rng.choice(("h", "km"))) if rng.random() < 0.6 else None,
            costs=costs,
        ),
    )


def _place(rng: Random, language: str | None) -> Place:
    return rng.choice([place for place in PLACES if language in (None, place.language)])


def _days(rng: Random) -> tuple[date, date]:
    filed_on = TODAY - timedelta(days=rng.randrange(_LATE))
    return filed_on - timedelta(days=rng.randrange(6, 300)), filed_on


def _returned(ware: Ware, place: Place, common: ReturnReason | None, rng: Random) -> FormLine:
    return FormLine(
        description=ware.name,
        quantity=Decimal(rng.choice((1, 1, 1, 2, 4))),
        product_code=_code(rng),
        serial_number=_serial(rng) if ware.is_machine else None,
        unit_price=to_cents(ware.price * _GROSS),
        reason=common or rng.choice(list(ReturnReason)),
        condition=rng.choice(form_wording(place.language).conditions),
    )


def _costs(rng: Random) -> Costs:
    hours = Decimal(rng.randrange(2, 12)) / 4
    return Costs(
        parts=Decimal(rng.randrange(900, 24_000)) / 100,
        labour=to_cents(hours * 62),
        hours=hours,
        travel=Decimal(rng.choice(("0.00", "28.00", "45.50"))),
    )


def _cost_lines(place: Place, costs: Costs, rng: Random) -> tuple[FormLine, ...]:
    words = form_wording(place.language).line_types
    part, labour = ClaimLineType.PART, ClaimLineType.LABOUR
    return (
        FormLine(words[part], Decimal(1), _code(rng), None, costs.parts, line_type=part, line_total=costs.parts),
        FormLine(words[labour], costs.hours, None, None, Decimal(62), line_type=labour, line_total=costs.labour),
    )


def _number(pattern: str, day: date, rng: Random) -> str:
    return pattern.format(year=day.year, n=rng.randrange(1000, 9999))


def _code(rng: Random) -> str:
    return f"{rng.choice('ABGHKMT')}{rng.randrange(100, 999)}-{rng.randrange(10, 99)}"


def _serial(rng: Random) -> str:
    return rng.choice(_SERIALS).format(a=rng.randrange(100, 999), b=rng.randrange(10_000, 999_999))
