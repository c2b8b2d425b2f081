"""The retailer's newer suppliers, in eight countries, and their articles made from a table of assortments."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from random import Random

from service.demo.company import identifiers
from service.demo.company.assortments import Assortment
from service.demo.company.assortments_abroad import ABROAD
from service.demo.company.assortments_home import HOME
from service.demo.company.places import COUNTRIES, address
from service.demo.company.values import Product, Vendor

_FIRST_PRODUCT_ID = 161
_TERMS = (14, 30, 30, 45, 60, 30, 10)
_NUMBER_FORMATS = ("{year}-{n:05d}", "RG{n:06d}", "F{year}{n:04d}", "{n:07d}", "INV{n:05d}", "{year}/{n:05d}", "S-{n}")
_CENTS = Decimal("0.05")


def more_vendors() -> tuple[Vendor, ...]:
    """The vendors of the assortments, the same ones every time."""
    rng = Random(40)  # noqa: S311 - reproducible, nothing secret
    return tuple(_vendor(position, assortment, rng) for position, assortment in enumerate(HOME + ABROAD))


def more_products() -> tuple[Product, ...]:
    """Every article of the assortments in every variant, numbered in the order of the vendors."""
    rows = [(assortment, number) for assortment in HOME + ABROAD for number in range(assortment.size)]
    return tuple(
        _product(_FIRST_PRODUCT_ID + position, assortment, number) for position, (assortment, number) in enumerate(rows)
    )


def _vendor(position: int, assortment: Assortment, rng: Random) -> Vendor:
    country = assortment.country
    place = COUNTRIES[country]
    bank_name, bank_code = rng.choice(place.banks)
    return Vendor(
        id=assortment.vendor_id,
        name=assortment.vendor,
        address=address(country, rng),
        vat_id=identifiers.vat_id(country, rng),
        iban=identifiers.account(country, bank_code, rng),
        bic=f"{bank_code}{country}{place.bic_place}XXX",
        bank_name=bank_name,
        email=f"{assortment.mailbox}@{assortment.domain}.example",
        phone=identifiers.telephone(country, rng),
        reference=f"V-{1011 + position}",
        customer_number=str(rng.randrange(20000, 99999)),
        language=place.language,
        tax_rate=assortment.tax_rate,
        terms_days=_TERMS[position % len(_TERMS)],
        number_format=_NUMBER_FORMATS[position % len(_NUMBER_FORMATS)],
    )


def _product(product_id: int, assortment: Assortment, number: int) -> Product:
    article, variant = assortment.item(number)
    return Product(
        id=product_id,
        code=f"{assortment.prefix}-{assortment.vendor_id * 100 + number + 1}",
        name=f"{article.name} {variant.name}",
        barcode=identifiers.barcode(assortment.country, assortment.vendor_id * 1000 + number * 7),
        vendor_id=assortment.vendor_id,
        vendor_code=assortment.code_format.format(n=product_id * 13 % 1000),
        vendor_name=f"{article.vendor_name} {variant.vendor_name}",
        unit=article.unit,
        price=_rounded(article.price * variant.factor),
        tax_rate=assortment.tax_rate,
        is_service=False,
        has_serials=assortment.has_serials,
    )


def _rounded(price: Decimal) -> Decimal:
    return ((price / _CENTS).to_integral_value() * _CENTS).quantize(Decimal("0.01"))


def vendors_with_serials(products: Iterable[Product]) -> frozenset[int]:
    """The vendors whose articles we follow piece by piece."""
    return frozenset(product.vendor_id for product in products if product.has_serials)
