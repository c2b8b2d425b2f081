"""Papers that only look like invoices, and invoices whose data disagree with their page or with themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from service.demo.documents.content import DocumentContent
from service.demo.documents.scenarios.scenes import EmbeddedData, Scenario, Scenes, is_open
from service.demo.documents.scenarios.vendors import STRANGE_BANK, open_orders
from service.domain.codes import Code
from service.domain.documents import DocumentKind

_TEN = Decimal(10)


def look_alikes(scenes: Scenes) -> Iterator[Scenario]:
    """The papers, in the order in which they arrive."""
    reminder = _titled(scenes, DocumentKind.PAYMENT_REMINDER, "Zahlungserinnerung")
    yield Scenario("thalheim-reminder", "din_letter", reminder, (Code.NOT_PAYABLE_DOCUMENT,))
    prices = _titled(scenes, DocumentKind.OTHER, "Preisliste")
    yield Scenario("thalheim-price-list", "din_letter", prices, (Code.UNKNOWN_DOCUMENT_KIND,))
    yield from _with_data(scenes)


def _titled(scenes: Scenes, kind: DocumentKind, title: str) -> DocumentContent:
    order = scenes.orders(12, is_open)[-1]
    return replace(scenes.invoice_of(order), kind=kind, title=title)


def _with_data(scenes: Scenes) -> Iterator[Scenario]:
    """An account on the page that the data don't name, as a forger leaves it; data that don't add up."""
    second, first = open_orders(scenes, "de")[-2:]
    meant = scenes.invoice_of(first)
    forged = replace(meant, bank=STRANGE_BANK)
    yield Scenario("forged-account", "din_letter", forged, (Code.EINVOICE_MISMATCH,), data=EmbeddedData(meant))
    content = scenes.invoice_of(second)
    wrong = EmbeddedData(content, sum((item.total for item in content.items), _TEN))
    yield Scenario("data-miscounted", "din_letter", content, (Code.EINVOICE_INVALID,), data=wrong)
