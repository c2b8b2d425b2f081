"""Partners whom nobody trades with any more: a former vendor, a vendor entered twice, two customers of one name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from service.demo.company.values import Address, Customer, Vendor

FORMER_VENDOR = Vendor(
    id=44,
    name="Teichgraf Wasserpflanzen GmbH",
    address=Address("Seeweg 8", "24306", "Plön", "DE"),
    vat_id="DE517340621",
    iban="DE02205841907733620194",
    bic="HALBDEL1XXX",
    bank_name="Hanseatische Landbank",
    email="rechnung@teichgraf.example",
    phone="+49 4522 5550117",
    reference="V-0907",
    customer_number="3318",
    language="de",
    tax_rate=Decimal(19),
    terms_days=14,
    number_format="TG{year}-{n:04d}",
)
_ENTERED_TWICE = Vendor(
    id=45,
    name="Grauwald Naturstein GmbH",
    address=Address("Bruchstraße 61", "97318", "Kitzingen", "DE"),
    vat_id="DE284615931",
    iban="DE83793502817746120533",
    bic="MAINDE5WXXX",
    bank_name="Mainfränkische Bank",
    email="buero@grauwald-naturstein.example",
    phone="+49 9321 5550268",
    reference="V-0951",
    customer_number="W 712",
    language="de",
    tax_rate=Decimal(19),
    terms_days=30,
    number_format="{year}/{n:04d}",
)
DOUBLED_VENDORS = (_ENTERED_TWICE, replace(_ENTERED_TWICE, id=46, reference="V-0988"))
_NAMESAKE = Customer(
    id=47,
    name="Monika Hasenpflug",
    address=Address("Rosenhang 14", "34131", "Kassel", "DE"),
    is_company=False,
    vat_id=None,
    iban="DE37520531847702693315",
    bic="KAGEDEDEXXX",
    bank_name="Kasseler Genossenschaftsbank",
    email="monika.hasenpflug@posteo.example",
    phone="+49 561 5550822",
    reference="K-18804",
    language="de",
    terms_days=0,
)
NAMESAKES = (_NAMESAKE, replace(_NAMESAKE, id=48, reference="K-19377"))
