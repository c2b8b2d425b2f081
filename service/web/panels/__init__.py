"""Panels of the review page: one module and one template for each thing that the books say of a document."""

from __future__ import annotations

from collections.abc import Callable

from matchers.block import document_keys
from service.domain.excerpt import Records
from service.ports import Books
from service.web.panels import messages, payments, sale, warranty
from service.web.panels.panel import Panel, Subject

_PANELS: tuple[Callable[[Subject, Records], Panel | None], ...] = (
    sale.panel,
    warranty.panel,
    payments.panel,
    messages.panel,
)
__all__ = ["Panel", "Subject", "panels_of"]


def panels_of(subject: Subject, books: Books) -> tuple[Panel, ...]:
    """Those that have something to say, in the order of the page."""
    records = books.candidates(document_keys(subject.extraction))
    found = (panel(subject, records) for panel in _PANELS)
    return tuple(panel for panel in found if panel is not None)
