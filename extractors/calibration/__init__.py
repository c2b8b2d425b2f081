"""What a reading's points are worth: how often values with as many points were right, learnt from invented papers.

``curves.json`` holds for each group of fields the corners of a curve that only rises, from the confidence that the
choosers give to the share that was right; ``python -m benchmarks.calibration --write`` fits it anew.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from extractors.choose.advice import BY_MODEL
from extractors.choose.agreement import figures_agree, line_adds_up, totals_add_up
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField

Corner = tuple[float, float]
_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "invoice_number": ("invoice_number", "preceding_invoice_reference"),
        "references": ("order_reference", "delivery_note_reference", "payment_reference"),
        "issue_date": ("issue_date",),
        "dates": ("due_date", "delivery_date"),
        "totals": ("net_total", "tax_total", "grand_total", "amount_due"),
        "extras": (
            "freight_total",
            "allowance_total",
            "prepaid_amount",
            "retention_amount",
            "withholding_tax_amount",
            "rounding_amount",
            "tax_breakdown",
            "charges",
            "allowances",
        ),
        "particulars": (
            "period_start",
            "period_end",
            "contract_reference",
            "buyer_reference",
            "tax_note",
            "payee_name",
            "early_payment_discount",
        ),
        "tax_ids": ("seller_vat_id", "buyer_vat_id"),
        "accounts": ("iban", "bic", "currency", "seller_email"),
        "names": ("seller_name", "buyer_name"),
        "addresses": ("seller_address",),
        "terms": ("payment_terms",),
        "line_figures": ("quantity", "unit_price", "line_total"),
        "line_texts": ("description",),
    }
)
_FORM_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "form_people": ("customer_name", "dealer_name"),
        "form_contacts": ("customer_email", "customer_phone", "iban", "currency"),
        "form_dates": (
            "request_date",
            "claim_date",
            "purchase_date",
            "failure_date",
            "installation_date",
            "repair_date",
        ),
        "form_references": (
            "return_number",
            "claim_number",
            "sale_order_reference",
            "invoice_reference",
            "authorization_number",
        ),
        "form_texts": ("customer_address", "fault_description"),
        "form_amounts": (
            "refund_amount",
            "restocking_fee_amount",
            "claimed_amount",
            "parts_amount",
            "labour_amount",
            "travel_amount",
        ),
        "form_goods": ("product_code", "serial_number", "description"),
        "form_figures": ("quantity", "unit_price", "line_total"),
    }
)
_WHERE_SUMS_FAIL = "_apart"  # what the groups of figures are called where the figures don't support one another
_FIGURES = frozenset({"totals", "extras", "line_figures", "line_texts"})
_GROUP_OF = {name: group for group, names in _GROUPS.items() for name in names}
_FORM_GROUP_OF = {name: group for group, names in _FORM_GROUPS.items() for name in names}


def group_of(name: str, *, adds_up: bool) -> str | None:
    """The group whose curve a field's confidence follows, ``adds_up`` where its document's figures support one another;
    None where it has none.
    """
    group = _GROUP_OF.get(name)
    return group + _WHERE_SUMS_FAIL if group in _FIGURES and not adds_up else group


def whole_adds_up(extraction: Extraction) -> bool:
    """Whether the document's lines, net, tax and total support one another."""
    return totals_add_up(extraction) and figures_agree(extraction)


@cache
def _curves() -> Mapping[str, Sequence[Corner]]:
    text = files(__name__).joinpath("curves.json").read_text(encoding="utf-8")
    return {group: tuple((x, y) for x, y in corners) for group, corners in json.loads(text).items()}


def form_group_of(name: str) -> str | None:
    """The group whose curve a field of a return form or a claim follows; None where it has none."""
    return _FORM_GROUP_OF.get(name)


def calibrated_form(extraction: Extraction) -> Extraction:
    """A return form or a claim with confidences that say how often such values are right."""
    fields = {n: tuple(_on_curve_of(form_group_of(n), one) for one in found) for n, found in extraction.fields.items()}
    lines = tuple(
        Line(MappingProxyType({n: _on_curve_of(form_group_of(n), one) for n, one in line.fields.items()}))
        for line in extraction.lines
    )
    return replace(extraction, fields=MappingProxyType(fields), lines=lines)


def forget() -> None:
    """Read the curves anew the next time, as after they were fitted."""
    _curves.cache_clear()


def calibrated(extraction: Extraction) -> Extraction:
    """The extraction with confidences that say how often such values are right."""
    adds_up = whole_adds_up(extraction)
    fields = {n: tuple(_mended(n, one, adds_up=adds_up) for one in found) for n, found in extraction.fields.items()}
    lines = tuple(_mended_line(line, adds_up=adds_up and line_adds_up(line)) for line in extraction.lines)
    return replace(extraction, fields=MappingProxyType(fields), lines=lines)


def _mended_line(line: Line, *, adds_up: bool) -> Line:
    return Line(MappingProxyType({n: _mended(n, found, adds_up=adds_up) for n, found in line.fields.items()}))


def _mended(name: str, found: AnyField, *, adds_up: bool) -> AnyField:
    return _on_curve_of(group_of(name, adds_up=adds_up), found)


def _on_curve_of(group: str | None, found: AnyField) -> AnyField:
    """What the field model found has its own confidence: the curves are of what the rules find."""
    is_advised = found.provenance.method == BY_MODEL
    corners = _curves().get(group, ()) if group is not None and not is_advised else ()
    return replace(found, confidence=on_curve(found.confidence, corners)) if corners else found


def on_curve(value: float, corners: Sequence[Corner]) -> float:
    """The curve's height at ``value``, straight between its corners and level beyond the first and the last."""
    position = bisect_right([x for x, _ in corners], value)
    if position == 0:
        return corners[0][1]
    if position == len(corners):
        return corners[-1][1]
    (x0, y0), (x1, y1) = corners[position - 1], corners[position]
    return round(y0 + (y1 - y0) * (value - x0) / (x1 - x0), 3)
