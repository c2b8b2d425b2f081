"""What a return form or a warranty claim says, apart from how the form looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.demo.documents.content import Party, street_and_town
from service.demo.documents.wording.form_words import FormWording
from service.domain.documents import DocumentKind
from service.domain.fields import ClaimLineType, Resolution, ReturnReason
from service.domain.money import plain


@dataclass(frozen=True, slots=True)
class FormLine:
    """An article that comes back, or something that a claim asks to be paid for."""

    description: str
    quantity: Decimal
    product_code: str | None = None
    serial_number: str | None = None
    unit_price: Decimal | None = None
    reason: ReturnReason | None = None
    condition: str | None = None
    line_type: ClaimLineType | None = None
    line_total: Decimal | None = None
    fault: str | None = None
    failure_code: str | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """What a dealer claims for a repair; ``hours`` of labour."""

    parts: Decimal
    labour: Decimal
    hours: Decimal
    travel: Decimal

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.parts + self.labour + self.travel


@dataclass(frozen=True, slots=True)
class Claim:
    """What a warranty claim says besides who, what and when; ``usage`` with its unit."""

    fault: str
    failed_on: date | None = None
    dealer: str | None = None
    authorization: str | None = None
    installed_on: date | None = None
    repaired_on: date | None = None
    usage: tuple[Decimal, str] | None = None
    costs: Costs | None = None


@dataclass(frozen=True, slots=True)
class FormContent:
    """A filled form. ``number`` is the return's or claim's own; ``claim`` is set on warranty claims alone."""

    kind: DocumentKind
    language: str
    recipient: Party
    customer: Party
    filed_on: date
    lines: tuple[FormLine, ...]
    currency: str = "EUR"
    number: str | None = None
    sale_order: str | None = None
    invoice: str | None = None
    purchased_on: date | None = None
    resolution: Resolution | None = None
    refund_amount: Decimal | None = None
    restocking_fee: Decimal | None = None
    iban: str | None = None
    is_signed: bool = True
    claim: Claim | None = None

    @property
    def reason(self) -> ReturnReason | None:
        """The one reason of all lines; None where they differ or have none."""
        reasons = {line.reason for line in self.lines}
        return reasons.pop() if len(reasons) == 1 else None


def header_values(content: FormContent) -> Mapping[str, str | Decimal | date | None]:
    """The header's values by the contract's field names; None where nothing is filled in."""
    common: dict[str, str | Decimal | date | None] = {
        "customer_name": content.customer.name,
        "customer_email": content.customer.email,
        "customer_phone": content.customer.phone,
        "customer_address": "\n".join(street_and_town(content.customer)),
        "sale_order_reference": content.sale_order,
        "invoice_reference": content.invoice,
        "purchase_date": content.purchased_on,
        "requested_resolution": content.resolution,
    }
    if content.claim is not None:
        return common | _claim_values(content, content.claim)
    return common | {
        "return_number": content.number,
        "request_date": content.filed_on,
        "refund_amount": content.refund_amount,
        "restocking_fee_amount": content.restocking_fee,
        "iban": content.iban,
    }


def _claim_values(content: FormContent, claim: Claim) -> dict[str, str | Decimal | date | None]:
    costs = claim.costs
    return {
        "claim_number": content.number,
        "claim_date": content.filed_on,
        "dealer_name": claim.dealer,
        "failure_date": claim.failed_on,
        "fault_description": claim.fault,
        "authorization_number": claim.authorization,
        "installation_date": claim.installed_on,
        "repair_date": claim.repaired_on,
        "usage_value": claim.usage[0] if claim.usage else None,
        "parts_amount": costs.parts if costs else None,
        "labour_amount": costs.labour if costs else None,
        "labour_hours": costs.hours if costs else None,
        "travel_amount": costs.travel if costs else None,
        "claimed_amount": costs.total if costs else None,
    }


_PARTS_OF_ADDRESS = ", "


def printed_value(content: FormContent, words: FormWording, name: str) -> str:
    """A header value as it is written into the form, empty where nothing is."""
    value = header_values(content).get(name)
    if value is None:
        return ""
    if isinstance(value, date):
        return words.figures.day(value)
    if isinstance(value, Decimal):
        return f"{words.figures.number(value)}{_unit(content, name)}"
    if isinstance(value, Resolution):
        return words.resolutions[value]
    if name == "iban":
        return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
    return value.replace("\n", _PARTS_OF_ADDRESS)


def _unit(content: FormContent, name: str) -> str:
    if name.endswith("_amount"):
        return f" {content.currency}"
    if name == "usage_value" and content.claim is not None and content.claim.usage is not None:
        return f" {content.claim.usage[1]}"
    return ""


def printed_cell(words: FormWording, line: FormLine, name: str) -> str:
    """A line's value as it is written into the table, empty where nothing is."""
    value = getattr(line, name)
    if value is None:
        return ""
    if isinstance(value, ReturnReason):
        return words.reasons[value]
    if isinstance(value, ClaimLineType):
        return words.line_types[value]
    return words.figures.number(value) if isinstance(value, Decimal) else str(value)


def plain_value(value: str | Decimal | date) -> str:
    """A value as the contract writes it."""
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else str(value)
