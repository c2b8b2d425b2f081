"""Any number of good return forms and warranty claims over the company's real sales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import TypeVar

from service.demo.company.values import TODAY, DemoCompany, Serial
from service.demo.documents.forms import FORMS
from service.demo.documents.forms.content import FormContent
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.papers import DemoDocument, printed_form
from service.demo.documents.selling import RETURN_WINDOW, WARRANTY, Sold, claim_form, return_form, sold, under_repair
from service.demo.documents.wording.form_words import form_wording
from service.domain.documents import DocumentKind
from service.domain.fields import Resolution, ReturnReason

_T = TypeVar("_T")
_ONE = Decimal(1)
_MARGIN = timedelta(days=5)


def make_returns(company: DemoCompany, count: int, seed: int) -> tuple[DemoDocument, ...]:
    """``count`` different valid returns of a part of what customers got, each within its window, on all forms for
    fitting in turn. Together they bring back no more than was delivered. ValueError where that isn't enough.
    """
    rng = Random(seed)  # noqa: S311 - reproducible, nothing secret
    pieces = [piece for piece in sold(company) for _ in range(int(piece.line.quantity))]
    contents = [_return(company, piece, rng) for piece in _picked(pieces, count, rng)]
    return _printed(contents, DocumentKind.RETURN_FORM)


def _return(company: DemoCompany, piece: Sold, rng: Random) -> FormContent:
    days = rng.randrange(2, RETURN_WINDOW.days - 2)
    filed_on = min(piece.delivered_on + timedelta(days=days), TODAY)
    reason, resolution = rng.choice(list(ReturnReason)), rng.choice(list(Resolution))
    content = return_form(company, {piece: _ONE}, filed_on, reason, resolution)
    lines = tuple(replace(line, serial_number=None) for line in content.lines)
    return replace(content, lines=lines, is_signed=rng.random() < 0.8)


def make_claims(company: DemoCompany, count: int, seed: int) -> tuple[DemoDocument, ...]:
    """``count`` valid claims, each for another piece with a serial number that failed under warranty and isn't being
    repaired, on all forms for fitting in turn. ValueError where there are too few such pieces.
    """
    rng = Random(seed)  # noqa: S311 - reproducible, nothing secret
    repaired = under_repair(company)
    pieces = [piece for piece in sold(company) if piece.order.id not in repaired]
    numbered = [(piece, serial) for piece in pieces for serial in piece.serials]
    contents = [_claim(company, piece, serial, rng) for piece, serial in _picked(numbered, count, rng)]
    return _printed(contents, DocumentKind.WARRANTY_CLAIM)


def _claim(company: DemoCompany, piece: Sold, serial: Serial, rng: Random) -> FormContent:
    latest = min(TODAY, piece.delivered_on + WARRANTY - _MARGIN)
    failed_on = piece.delivered_on + timedelta(days=rng.randrange(1, max(2, (latest - piece.delivered_on).days)))
    faults = form_wording(company.customer(piece.order.customer_id).language).faults
    content = claim_form(company, piece, min(failed_on, TODAY), rng.choice(faults), serial)
    return replace(content, is_signed=rng.random() < 0.8)


def _picked(pieces: Sequence[_T], count: int, rng: Random) -> list[_T]:
    if len(pieces) < count:
        raise ValueError(f"the company's sales are enough for {len(pieces)} forms, not for {count}")
    return rng.sample(pieces, count)


def _printed(contents: Sequence[FormContent], kind: DocumentKind) -> tuple[DemoDocument, ...]:
    forms = cycle(name for name, form in FORMS.items() if form.kind is kind and form.set is LayoutSet.FITTING)
    prefix = "return" if kind is DocumentKind.RETURN_FORM else "claim"
    numbered = (
        replace(content, number=f"{prefix[0].upper()}-{place:05d}") for place, content in enumerate(contents, start=1)
    )
    return tuple(
        printed_form(content, next(forms), f"{prefix}-{place:05d}") for place, content in enumerate(numbered, start=1)
    )
