"""The records of one case by id, and which partners are one commercial family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from service.domain.excerpt import Records
from service.domain.records import BankAccount, Partner, Product, PurchaseOrder, Record, Tax, Unit, VendorCode


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """Lookups over ``records``. Families follow Odoo's commercial entity: a contact belongs to its nearest
    ancestor that is a company, and is known by that one's id.
    """

    records: Records
    partners: Mapping[int, Partner]
    families: Mapping[int, tuple[Partner, ...]]
    accounts: Mapping[int, tuple[BankAccount, ...]]
    products: Mapping[int, Product]
    vendor_codes: Mapping[int, tuple[VendorCode, ...]]
    units: Mapping[int, Unit]
    taxes: Mapping[int, Tax]
    orders: Mapping[int, PurchaseOrder]

    def head_id(self, partner_id: int | None) -> int | None:
        """Id of the company that the partner belongs to, which may be itself or none of the records."""
        seen: set[int] = set()
        while partner_id is not None and partner_id not in seen:
            seen.add(partner_id)
            partner = self.partners.get(partner_id)
            if partner is None or partner.is_company or partner.parent_id is None:
                return partner_id
            partner_id = partner.parent_id
        return partner_id

    def product(self, product_id: int | None) -> Product | None:
        """The product, where there is one and the records hold it."""
        return None if product_id is None else self.products.get(product_id)


def index_of(records: Records) -> RecordIndex:
    """``records`` made ready for lookups, by id, so that their order changes no result."""
    records = _by_id(records)
    partners = {partner.ref.id: partner for partner in records.partners}
    accounts: defaultdict[int, list[BankAccount]] = defaultdict(list)
    for account in records.bank_accounts:
        accounts[account.partner_id].append(account)
    bare = RecordIndex(
        records=records,
        partners=partners,
        families={},
        accounts={partner_id: tuple(found) for partner_id, found in accounts.items()},
        products={product.ref.id: product for product in records.products},
        vendor_codes=_codes_by_template(records),
        units={unit.ref.id: unit for unit in records.units},
        taxes={tax.ref.id: tax for tax in records.taxes},
        orders={order.ref.id: order for order in records.orders},
    )
    return _with_families(bare)


def _by_id(records: Records) -> Records:
    kinds = (entry.name for entry in fields(Records) if entry.name != "as_of")
    ordered: dict[str, Any] = {kind: tuple(sorted(getattr(records, kind), key=_record_id)) for kind in kinds}
    return replace(records, **ordered)


def _record_id(record: Record) -> int:
    return record.ref.id


def _codes_by_template(records: Records) -> dict[int, tuple[VendorCode, ...]]:
    templates = {product.ref.id: product.template_id for product in records.products}
    found: defaultdict[int, list[VendorCode]] = defaultdict(list)
    for code in records.vendor_codes:
        template = code.template_id
        if template is None and code.product_id is not None:
            template = templates.get(code.product_id)
        if template is not None:
            found[template].append(code)
    return {template: tuple(codes) for template, codes in found.items()}


def _with_families(index: RecordIndex) -> RecordIndex:
    members: defaultdict[int, list[Partner]] = defaultdict(list)
    for partner in index.partners.values():
        head = index.head_id(partner.ref.id)
        members[partner.ref.id if head is None or head not in index.partners else head].append(partner)
    families = {head: tuple(found) for head, found in members.items()}
    return replace(index, families=families)
