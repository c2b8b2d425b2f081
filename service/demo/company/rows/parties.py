"""Rows of the company's own partner, the vendors, some of their people and their bank accounts."""

from __future__ import annotations

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    COMPANY_PARTNER_ID,
    COUNTRY_IDS,
    PAYABLE_ACCOUNT_ID,
    RECEIVABLE_ACCOUNT_ID,
    Row,
    Rows,
    bank_account_id,
    payment_term_id,
    stamps,
)
from service.demo.company.values import Address, DemoCompany, Vendor

_PEOPLE = ((41, 11, "Silke Hansen"), (42, 16, "Joost van der Meulen"), (43, 17, "Rosalind Finch"))


def party_rows(company: DemoCompany) -> Rows:
    """Partners and their bank accounts."""
    vendors = [_vendor(company, vendor) for vendor in company.vendors]
    people = [_person(id_, company.vendor(vendor_id), name) for id_, vendor_id, name in _PEOPLE]
    return {
        "res.partner": [_own(company), *vendors, *people],
        "res.partner.bank": [_account(vendor) for vendor in company.vendors],
    }


def _own(company: DemoCompany) -> Row:
    own = company.own
    return {
        **_partner(COMPANY_PARTNER_ID, own.name, own.address),
        "vat": own.vat_id,
        "email": own.email,
        "email_normalized": own.email,
        "phone": own.phone,
        "property_supplier_payment_term_id": False,
    }


def _vendor(company: DemoCompany, vendor: Vendor) -> Row:
    bills = sum(bill.vendor_id == vendor.id for bill in company.bills)
    return {
        **_partner(vendor.id, vendor.name, vendor.address),
        "vat": vendor.vat_id,
        "email": vendor.email,
        "email_normalized": vendor.email,
        "phone": vendor.phone,
        "ref": vendor.reference,
        "supplier_rank": max(1, bills),
        "property_supplier_payment_term_id": payment_term_id(vendor.terms_days),
    }


def _person(id_: int, vendor: Vendor, name: str) -> Row:
    local = name.lower().replace(" ", ".")
    email = f"{local}@{vendor.email.partition('@')[2]}"
    return {
        **_partner(id_, name, vendor.address),
        "complete_name": f"{vendor.name}, {name}",
        "is_company": False,
        "parent_id": vendor.id,
        "commercial_partner_id": vendor.id,
        "commercial_company_name": vendor.name,
        "vat": vendor.vat_id,
        "email": email,
        "email_normalized": email,
        "property_supplier_payment_term_id": payment_term_id(vendor.terms_days),
    }


def _partner(id_: int, name: str, address: Address) -> Row:
    return {
        "id": id_,
        "name": name,
        "complete_name": name,
        "is_company": True,
        "type": "contact",
        "parent_id": False,
        "commercial_partner_id": id_,
        "commercial_company_name": name,
        "company_id": False,
        "street": address.street,
        "street2": False,
        "zip": address.postcode,
        "city": address.city,
        "state_id": False,
        "country_id": COUNTRY_IDS[address.country],
        "vat": False,
        "ref": False,
        "email": False,
        "email_normalized": False,
        "phone": False,
        "mobile": False,
        "website": False,
        "lang": "en_US",
        "customer_rank": 0,
        "supplier_rank": 0,
        "active": True,
        "property_account_payable_id": PAYABLE_ACCOUNT_ID,
        "property_account_receivable_id": RECEIVABLE_ACCOUNT_ID,
        **stamps(),
    }


def _account(vendor: Vendor) -> Row:
    grouped = " ".join(vendor.iban[start : start + 4] for start in range(0, len(vendor.iban), 4))
    return {
        "id": bank_account_id(vendor.id),
        "acc_number": grouped,
        "sanitized_acc_number": vendor.iban,
        "acc_holder_name": vendor.name,
        "partner_id": vendor.id,
        "bank_id": False,
        "bank_name": vendor.bank_name,
        "bank_bic": vendor.bic,
        "company_id": COMPANY_ID,
        "currency_id": False,
        "allow_out_payment": True,
        "sequence": 10,
        "active": True,
        **stamps(),
    }
