"""Who the document is from, and whether Odoo knows them by what it says of them."""

from __future__ import annotations

from matchers.case import Case, Linkage
from matchers.compare.parties import RIVAL
from matchers.explain import percent_text
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.keys import account_key
from service.domain.matching import Evidence, Match
from service.domain.records import RecordRef

_WORTH_NAMING = 0.3


def unknown_vendor(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """UNKNOWN_VENDOR: not enough speaks for any partner in Odoo. ``actual`` is None where the document says nothing
    of its seller.
    """
    if linkage.vendor is not None:
        return ()
    said = _said(case, "seller_name", "seller_vat_id", "iban")
    shown = f"the seller {said}" if said else "this document, which names no seller"
    nearest = _nearest(linkage.vendors)
    return (
        finding(
            Code.UNKNOWN_VENDOR,
            f"No vendor in Odoo fits {shown}{_closest(nearest)}.",
            field="seller_name",
            expected=nearest.ref.name if nearest else None,
            actual=said,
            odoo_refs=(nearest.ref,) if nearest else (),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when="The vendor exists in Odoo with this name, VAT id or bank account.",
        ),
    )


def unknown_customer(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """UNKNOWN_CUSTOMER: not enough speaks for any partner in Odoo. ``actual`` as for vendors."""
    if linkage.customer is not None:
        return ()
    said = _said(case, "customer_name", "customer_email", "customer_phone")
    shown = f"the customer {said}" if said else "this document, which names no customer"
    nearest = _nearest(linkage.customers)
    return (
        finding(
            Code.UNKNOWN_CUSTOMER,
            f"No customer in Odoo fits {shown}{_closest(nearest)}.",
            field="customer_name",
            expected=nearest.ref.name if nearest else None,
            actual=said,
            odoo_refs=(nearest.ref,) if nearest else (),
            money_at_risk=case.extraction.amount("refund_amount") or case.extraction.amount("claimed_amount"),
            releases_when="The customer exists in Odoo with this name, e-mail address or telephone number.",
        ),
    )


def _said(case: Case, *names: str) -> str | None:
    return ", ".join(text for name in names if (text := case.extraction.text(name))) or None


def _nearest(matches: tuple[Match, ...]) -> Match | None:
    return next((match for match in matches if match.score >= _WORTH_NAMING), None)


def _closest(nearest: Match | None) -> str:
    return f"; the nearest, {nearest.ref.name}, fits at {percent_text(nearest.score)}" if nearest else ""


def ambiguous_vendor(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """AMBIGUOUS_VENDOR: as much speaks for another vendor as for the chosen one."""
    said = _said(case, "seller_name", "seller_vat_id", "iban")
    return _ambiguous(Code.AMBIGUOUS_VENDOR, "seller_name", said, linkage.vendors)


def ambiguous_customer(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """AMBIGUOUS_CUSTOMER: as much speaks for another customer as for the chosen one."""
    said = _said(case, "customer_name", "customer_email", "customer_phone")
    return _ambiguous(Code.AMBIGUOUS_CUSTOMER, "customer_name", said, linkage.customers)


def _ambiguous(code: Code, field: str, said: str | None, matches: tuple[Match, ...]) -> tuple[Discrepancy, ...]:
    if not matches or _evidence(matches[0], RIVAL) is None:
        return ()
    refs = (matches[0].ref, matches[1].ref)
    shown = " and ".join(_with_id(ref) for ref in refs)
    return (
        finding(
            code,
            f"{said or 'The document'} fits {shown} in Odoo equally well.",
            field=field,
            expected=shown,
            actual=said,
            odoo_refs=refs,
            releases_when="Only one of them is left in Odoo, or the document names an order of one of them.",
        ),
    )


def _with_id(ref: RecordRef) -> str:
    return f"{ref.name} (no. {ref.id})"


def _evidence(match: Match, feature: str) -> Evidence | None:
    return next((entry for entry in match.evidence if entry.feature == feature), None)


def vendor_blocked(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """VENDOR_BLOCKED: the vendor is archived in Odoo."""
    vendor = linkage.vendor
    if vendor is None or vendor.active:
        return ()
    return (
        finding(
            Code.VENDOR_BLOCKED,
            f"The vendor {vendor.ref.name} is archived in Odoo.",
            field="seller_name",
            expected="active",
            actual="archived",
            odoo_refs=(vendor.ref,),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when=f"{vendor.ref.name} is restored in Odoo.",
        ),
    )


def vat_id_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """VAT_ID_MISMATCH: the document's VAT id, valid by itself, isn't the one that Odoo has of the vendor."""
    chosen = next((match for match in linkage.vendors if match.chosen), None)
    compared = _evidence(chosen, "vat_id") if chosen else None
    if chosen is None or compared is None or compared.weight >= 0:
        return ()
    return (
        finding(
            Code.VAT_ID_MISMATCH,
            f"The document has the VAT id {compared.document_value}, Odoo has {compared.odoo_value} of "
            f"{chosen.ref.name}.",
            field="seller_vat_id",
            expected=compared.odoo_value,
            actual=compared.document_value,
            odoo_refs=(chosen.ref,),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when=f"{chosen.ref.name} has this VAT id in Odoo.",
        ),
    )


def bank_account_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """BANK_ACCOUNT_MISMATCH: money is asked to an account that is none of the vendor's in Odoo. Where Odoo has no
    account of the vendor there is nothing to compare, unless the account is somebody else's.
    """
    vendor, index = linkage.vendor, linkage.index
    printed = {account_key(text): text for text in case.extraction.texts("iban") if account_key(text)}
    if vendor is None or not printed:
        return ()
    family = {vendor.ref.id, *(member.ref.id for member in index.families.get(vendor.ref.id, ()))}
    own = {account_key(a.number): a for a in index.records.bank_accounts if a.partner_id in family}
    others = {account_key(a.number): a for a in index.records.bank_accounts if a.partner_id not in family}
    strange = [key for key in printed if key not in own and (own or key in others)]
    if not strange:
        return ()
    owner = index.partners.get(others[strange[0]].partner_id) if strange[0] in others else None
    belongs = f"; it belongs to {owner.ref.name}" if owner else ""
    known = ", ".join(account.number for account in own.values())
    return (
        finding(
            Code.BANK_ACCOUNT_MISMATCH,
            f"The document asks for money to {strange[0]}, Odoo has {known or 'no account'} of "
            f"{vendor.ref.name}{belongs}.",
            field="iban",
            expected=known or None,
            actual=", ".join(printed[key] for key in strange),
            odoo_refs=(vendor.ref, *(account.ref for account in own.values()), *((owner.ref,) if owner else ())),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when=f"The account is one of {vendor.ref.name}'s in Odoo.",
        ),
    )
