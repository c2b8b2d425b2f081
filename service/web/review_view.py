"""What the review page shows of one document, put together from its stored values and the local books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from service.domain.documents import Document
from service.domain.drafts import Draft
from service.domain.errors import ConcordError
from service.domain.lifecycle import Move, is_allowed
from service.domain.matching import Match
from service.domain.policy import Policy
from service.ports import Books
from service.usecases.approval import intent_from_books
from service.usecases.view_document import DocumentView
from service.web.panels import Panel, Subject, panels_of
from service.web.review_fields import BoxView, FieldGroup, RowGroup, boxes_by_page, field_groups, row_groups
from service.web.review_lines import LineView, OpenOrderLine, columns_of, has_order_lines, line_views, open_order_lines
from service.web.waterfall import Waterfall, waterfall


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match and its drawing."""

    match: Match
    waterfall: Waterfall


@dataclass(frozen=True, slots=True)
class PlannedBill:
    """What an approval would write: the draft, or the sentence that says why there is none."""

    draft: Draft | None
    obstacle: str | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything on the page that isn't in the document's own record."""

    groups: tuple[FieldGroup, ...]
    tables: tuple[RowGroup, ...]
    lines: tuple[LineView, ...]
    open_lines: tuple[OpenOrderLine, ...]
    boxes: Mapping[int, tuple[BoxView, ...]]
    page_ratios: tuple[float, ...]  # height over width of each page
    matches: tuple[MatchView, ...]
    planned: PlannedBill
    columns: tuple[str, ...]
    lines_of_order: bool  # whether order lines can stand beneath the lines
    panels: tuple[Panel, ...]


def review_view(
    view: DocumentView, books: Books, policy: Policy, today: date, related: tuple[Document, ...]
) -> ReviewView | None:
    """The page's values; None while the document has no reading."""
    extraction = view.extraction
    if extraction is None:
        return None
    reconciliation = None if view.stored is None else view.stored.reconciliation
    groups = field_groups(extraction, view.exceptions)
    lines = line_views(extraction, reconciliation, view.exceptions)
    header = (field for group in groups for field in group.shown)
    cells = (cell for line in lines for cell in line.cells.values())
    matches = () if reconciliation is None else reconciliation.matches
    return ReviewView(
        groups=groups,
        tables=row_groups(extraction),
        lines=lines,
        open_lines=open_order_lines(reconciliation),
        boxes=boxes_by_page((*header, *cells)),
        page_ratios=tuple(size.height / size.width for size in extraction.pages),
        matches=tuple(MatchView(match, waterfall(match)) for match in matches),
        planned=_planned(view, books),
        columns=columns_of(extraction),
        lines_of_order=has_order_lines(extraction.kind),
        panels=panels_of(Subject(view.document, extraction, reconciliation, policy, today, related), books),
    )


def _planned(view: DocumentView, books: Books) -> PlannedBill:
    if view.write is not None and view.write.revision == view.document.revision:
        return PlannedBill(view.write.draft, None)
    if not is_allowed(view.document.status, Move.APPROVE):
        return PlannedBill(None, None)
    try:
        intent = intent_from_books(books, view.document, view.extraction, view.stored)
    except ConcordError as error:  # what is missing is for the reviewer to read
        return PlannedBill(None, error.message)
    return PlannedBill(intent.draft, None)
