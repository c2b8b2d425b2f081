"""The truth of a paper: what a perfect reader would return, in the contract's field names and value formats."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from service.demo.documents.content import DocumentContent, Item, TaxRow, street_and_town
from service.demo.documents.wording import Wording
from service.domain.documents import BILLABLE_KINDS
from service.domain.kinds import spec_of
from service.domain.money import plain

Truth = dict[str, object]


def truth_of(content: DocumentContent, words: Wording, *, omits: Collection[str] = ()) -> Truth:
    """``kind``, ``fields`` and ``lines`` with plain values, as printed in ``words``; what isn't printed is absent,
    so are the lines' fields that the layout ``omits``.
    """
    items = content.items if content.kind in BILLABLE_KINDS else ()
    lines = [_line(str(position), item) for position, item in enumerate(items, start=1)]
    fields = _present({**_header(content, words), **_parties(content), **_totals(content)})
    known = spec_of(content.kind).fields
    return {
        "kind": content.kind.value,
        "fields": {name: value for name, value in fields.items() if name in known},
        "lines": [{name: value for name, value in line.items() if name not in omits} for line in lines],
    }


def _header(content: DocumentContent, words: Wording) -> Mapping[str, object]:
    return {
        "invoice_number": content.number,
        "issue_date": _day(content.issue_date),
        "due_date": _day(content.due_date),
        "delivery_date": _day(content.delivery_date),
        "currency": content.currency,
        "order_reference": list(content.order_references),
        "delivery_note_reference": list(content.delivery_notes),
        "preceding_invoice_reference": content.preceding_invoice,
        "payment_terms": words.terms(content),
    }


def _parties(content: DocumentContent) -> Mapping[str, object]:
    seller, bank = content.seller, content.bank
    return {
        "seller_name": seller.name,
        "seller_address": "\n".join(street_and_town(seller)),
        "seller_vat_id": seller.vat_id,
        "seller_email": seller.email,
        "buyer_name": content.buyer.name,
        "buyer_vat_id": content.buyer.vat_id,
        "iban": bank.iban if bank else None,
        "bic": bank.bic if bank else None,
    }


def _totals(content: DocumentContent) -> Mapping[str, object]:
    return {
        "net_total": plain(content.net_total),
        "tax_total": plain(content.tax_total),
        "grand_total": plain(content.grand_total),
        "freight_total": _number(content.freight),
        "tax_breakdown": [_tax(row) for row in content.taxes],
    }


def _tax(row: TaxRow) -> Mapping[str, object]:
    return {"rate": plain(row.rate), "taxable_amount": plain(row.taxable), "tax_amount": plain(row.tax)}


def _line(number: str, item: Item) -> Mapping[str, object]:
    return _present(
        {
            "line_number": number,
            "description": item.description,
            "seller_item_id": item.code,
            "gtin": item.gtin,
            "quantity": plain(item.quantity),
            "unit": item.unit,
            "unit_price": plain(item.unit_price),
            "discount_percent": _number(item.discount_percent),
            "tax_rate": plain(item.tax_rate),
            "line_total": plain(item.total),
            "order_reference": item.order_reference,
        }
    )


def _present(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, [])}


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _number(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)
