"""Rows of the company's own partner, the vendors and customers, some of their people and their bank accounts."""

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
    by_id,
    payment_term_id,
    stamps,
)
from service.demo.company.values import Address, Customer, DemoCompany, Vendor

_PEOPLE = ((41, 11, "Silke Hansen"), (42, 16, "Joost van der Meulen"), (43, 17, "Rosalind Finch"))


def party_rows(company: DemoCompany) -> Rows:
    """Partners and their bank accounts."""
    vendors = (*company.vendors, company.former_vendor, *company.doubled_vendors)
    customers = (*company.customers, *company.namesakes)
    parties: tuple[Vendor | Customer, ...] = (*vendors, *customers)
    partners = [_own(company)]
    partners += [_vendor(company, vendor) for vendor in vendors]
    partners += [_person(id_, company.vendor(vendor_id), name) for id_, vendor_id, name in _PEOPLE]
    partners += [_customer(company, customer) for customer in customers]
    return {
        "res.partner": by_id(partners),
        "res.partner.bank": by_id(_account(party) for party in parties),
    }


def _own(company: DemoCompany) -> Row:
    own = company.own
    return {
        **_partner(COMPANY_PARTNER_ID, own.name, own.address),
        "vat": own.vat_id,
        "email": own.email,
        "email_normalized": own.email,
        "phone": own.phone,
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
        "active": vendor.id != company.former_vendor.id,
        "property_supplier_payment_term_id": payment_term_id(vendor.terms_days),
    }


def _customer(company: DemoCompany, customer: Customer) -> Row:
    orders = sum(order.customer_id == customer.id for order in company.sale_orders)
    return {
        **_partner(customer.id, customer.name, customer.address),
        "is_company": customer.is_company,
        "commercial_company_name": customer.name if customer.is_company else False,
        "vat": customer.vat_id or False,
        "email": customer.email,
        "email_normalized": customer.email,
        "phone": customer.phone,
        "ref": customer.reference,
        "customer_rank": max(1, orders),
        "property_payment_term_id": payment_term_id(customer.terms_days),
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
        "property_payment_term_id": False,
        "property_supplier_payment_term_id": False,
        "property_account_payable_id": PAYABLE_ACCOUNT_ID,
        "property_account_receivable_id": RECEIVABLE_ACCOUNT_ID,
        **stamps(),
    }


def _account(party: Vendor | Customer) -> Row:
    grouped = " ".join(party.iban[start : start + 4] for start in range(0, len(party.iban), 4))
    return {
        "id": bank_account_id(party.id),
        "acc_number": grouped,
        "sanitized_acc_number": party.iban,
        "acc_holder_name": party.name,
        "partner_id": party.id,
        "bank_id": False,
        "bank_name": party.bank_name,
        "bank_bic": party.bic,
        "company_id": COMPANY_ID,
        "currency_id": False,
        "allow_out_payment": isinstance(party, Vendor),
        "sequence": 10,
        "active": True,
        **stamps(),
    }
