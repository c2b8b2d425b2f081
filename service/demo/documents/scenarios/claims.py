"""Customers' warranty claims: good ones, and one for each way in which a claim can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from service.demo.company.values import TODAY, DemoCompany, Serial
from service.demo.documents.forms.content import FormContent
from service.demo.documents.scans import ScanFile, ScanKind
from service.demo.documents.scenarios.scenes import Scenario, Scenes
from service.demo.documents.selling import WARRANTY, Sold, claim_form, sold, under_repair
from service.demo.documents.wording.form_words import Fault, form_wording
from service.domain.codes import Code

_AGO = timedelta(days=6)


def claims(scenes: Scenes) -> Iterator[Scenario]:
    """The papers, in the order in which they arrive."""
    pieces = _covered(scenes.company)
    yield from _good(scenes, pieces)
    yield from _wrong_serial(scenes, pieces)
    yield from _wrong_time(scenes)


def _covered(company: DemoCompany) -> Iterator[Sold]:
    """Pieces with serial numbers under warranty that nobody repairs, one an order."""
    seen = set(under_repair(company))
    for piece in sold(company):
        fresh = TODAY - piece.delivered_on < WARRANTY - timedelta(days=30)
        if piece.serials and fresh and piece.order.id not in seen:
            seen.add(piece.order.id)
            yield piece


def _fault(company: DemoCompany, piece: Sold, number: int) -> Fault:
    faults = form_wording(company.customer(piece.order.customer_id).language).faults
    return faults[number % len(faults)]


def _claim(scenes: Scenes, piece: Sold, number: int, failed_on: date | None = None) -> FormContent:
    company = scenes.company
    return claim_form(company, piece, failed_on or TODAY - _AGO, _fault(company, piece, number))


def _good(scenes: Scenes, pieces: Iterator[Sold]) -> Iterator[Scenario]:
    yield Scenario("claim-boxes", "makers_boxes", replace(_claim(scenes, next(pieces), 0), number="G-26-0031"))
    yield Scenario("claim-letter", "letter_of_claim", _claim(scenes, next(pieces), 1))
    yield Scenario("claim-scanned", "makers_boxes", _claim(scenes, next(pieces), 2), (), ScanKind.CLEAN)
    unsigned = replace(_claim(scenes, next(pieces), 3), is_signed=False)
    yield Scenario("claim-dealers-form", "dealers_claim", unsigned, (), ScanKind.CLEAN, ScanFile.TIFF)


def _wrong_serial(scenes: Scenes, pieces: Iterator[Sold]) -> Iterator[Scenario]:
    company = scenes.company
    content = _claim(scenes, next(pieces), 4)
    unknown = replace(content, lines=(replace(content.lines[0], serial_number="EG9999-2601-0001"),))
    yield Scenario("claim-unknown-serial", "makers_boxes", unknown, (Code.SERIAL_UNKNOWN,))
    theirs, others = _same_product(company, pieces)
    content = _claim(scenes, theirs, 5)
    foreign = replace(content, lines=(replace(content.lines[0], serial_number=others.serials[0].number),))
    yield Scenario("claim-second-hand", "letter_of_claim", foreign, (Code.SERIAL_NOT_SOLD_TO_CUSTOMER,))
    unproven = _claim(scenes, next(pieces), 6)
    line = replace(unproven.lines[0], serial_number=None, product_code=None, description="Gerät ohne Typenschild")
    unproven = replace(unproven, lines=(line,), sale_order=None, invoice=None, purchased_on=None)
    codes = (Code.PROOF_OF_PURCHASE_MISSING,)
    yield Scenario("claim-no-proof", "makers_boxes", unproven, codes, ScanKind.POOR)


def _same_product(company: DemoCompany, pieces: Iterator[Sold]) -> tuple[Sold, Sold]:
    """A piece, and one like it that another customer has."""
    kept = [piece for piece in sold(company) if piece.serials]
    for piece in pieces:
        for other in kept:
            is_alike = other.product.id == piece.product.id
            if is_alike and other.order.customer_id != piece.order.customer_id:
                return piece, other
    raise ValueError("no two customers have the same product")


def _wrong_time(scenes: Scenes) -> Iterator[Scenario]:
    company = scenes.company
    old = [piece for piece in sold(company) if piece.serials and TODAY - piece.delivered_on > WARRANTY + 3 * _AGO]
    free = [piece for piece in old if piece.order.id not in under_repair(company)]
    yield Scenario("claim-too-late", "dealers_claim", _claim(scenes, free[0], 7), (Code.OUT_OF_WARRANTY,))
    repaired = under_repair(company)
    busy = next(
        piece
        for piece in sold(company)
        if piece.serials and piece.order.id in repaired and TODAY - piece.delivered_on < WARRANTY - _AGO
    )
    serial = _serial_in_repair(company, busy)
    codes = (Code.DUPLICATE_CLAIM,)
    again = claim_form(company, busy, TODAY - _AGO, _fault(company, busy, 8), serial)
    yield Scenario("claim-again", "makers_boxes", again, codes, ScanKind.POOR)


def _serial_in_repair(company: DemoCompany, piece: Sold) -> Serial | None:
    repair = next(repair for repair in company.repairs if repair.sale_order_id == piece.order.id)
    return company.serial(repair.serial_id) if repair.serial_id is not None else None
