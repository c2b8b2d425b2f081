"""Who the document is from."""

from __future__ import annotations

from matchers.case import Case, Linkage
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy

_WORTH_NAMING = 0.1


def unknown_vendor(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """UNKNOWN_VENDOR: not enough speaks for any partner in Odoo. ``actual`` is None where the document says nothing
    of its seller.
    """
    if linkage.vendor is not None:
        return ()
    extraction = case.extraction
    said = [text for name in ("seller_name", "seller_vat_id", "iban") if (text := extraction.text(name))]
    nearest = next((match for match in linkage.vendors if match.score >= _WORTH_NAMING), None)
    seller = ", ".join(said)
    shown = f"the seller {seller}" if seller else "this document, which names no seller"
    closest = f"; the nearest, {nearest.ref.name}, scores {nearest.score:.2f}" if nearest else ""
    return (
        finding(
            Code.UNKNOWN_VENDOR,
            f"No vendor in Odoo fits {shown}{closest}.",
            field="seller_name",
            expected=nearest.ref.name if nearest else None,
            actual=seller or None,
            odoo_refs=(nearest.ref,) if nearest else (),
            money_at_risk=extraction.amount("grand_total"),
            releases_when="The vendor exists in Odoo with this name, VAT id or bank account.",
        ),
    )
