"""The warranty panel: each serial number of a form, its delivery, and how long its warranty lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.domain.documents import CUSTOMER_KINDS, DocumentKind
from service.domain.excerpt import Records
from service.domain.matching import Role
from service.domain.records import Serial
from service.domain.terms import months_later
from service.web.panels.panel import Subject


@dataclass(frozen=True, slots=True)
class Term:
    """A serial number's warranty, None for what the books don't tell; ``days_left`` counts from the failure, else the
    claim, else today, and is negative once the warranty has run out.
    """

    serial: str
    delivery: str | None
    delivered_on: date | None
    until: date | None
    days_left: int | None


@dataclass(frozen=True, slots=True)
class WarrantyPanel:
    """The terms, ``months`` long by the policy, as of that day; whether the form is about a warranty at all."""

    terms: tuple[Term, ...]
    months: int
    as_of: date
    is_claim: bool
    template: str = "panel_warranty.html"


def panel(subject: Subject, records: Records) -> WarrantyPanel | None:
    """The panel; None where no serial number was matched and nothing is claimed."""
    if subject.document.kind not in CUSTOMER_KINDS:
        return None
    read = subject.extraction
    as_of = read.day("failure_date") or read.day("claim_date") or subject.today
    chosen = {match.ref.id for match in subject.chosen(Role.SERIAL)}
    months = subject.policy.warranty_months
    terms = tuple(_term(serial, records, as_of, months) for serial in records.serials if serial.ref.id in chosen)
    is_claim = subject.document.kind is DocumentKind.WARRANTY_CLAIM
    bought_on = read.day("purchase_date")
    if not terms and is_claim and bought_on:
        terms = (_ended("not in Odoo", None, bought_on, as_of, months),)
    return WarrantyPanel(terms, months, as_of, is_claim) if terms else None


def _term(serial: Serial, records: Records, as_of: date, months: int) -> Term:
    """From the last delivery of that serial number."""
    delivered = [
        (transfer.done_at, transfer.ref.name)
        for transfer in records.receipts
        if transfer.is_outgoing and transfer.order_id is None and transfer.state == "done" and transfer.done_at
        for move in transfer.movements
        if serial.ref.id in move.serial_ids
    ]
    if not delivered:
        return Term(serial.number, None, None, None, None)
    done_at, name = max(delivered)
    return _ended(serial.number, name, done_at.date(), as_of, months)


def _ended(serial: str, delivery: str | None, start: date, as_of: date, months: int) -> Term:
    until = months_later(start, months)
    return Term(serial, delivery, start, until, (until - as_of).days)
