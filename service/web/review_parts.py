"""What the review page shows of a split: which document of the file this is, its neighbours, what may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extractors.readers.detect import CUTTABLE
from service.domain.documents import Document
from service.domain.extraction import BeginningSign
from service.domain.lifecycle import APPROVED_OR_RECORDED, DocumentStatus, Move, is_allowed
from service.domain.page_ranges import PageRange
from service.usecases.view_document import DocumentView

_SAID: Mapping[str, str] = MappingProxyType(
    {
        BeginningSign.PAGE_ONE: "its pages are counted from 1",
        BeginningSign.TITLE: "it has a title of its own",
        BeginningSign.OTHER_NUMBER: "it bears another number",
        BeginningSign.OWN_NUMBER: "it bears a number of its own",
        BeginningSign.OTHER_KIND: "it is of another kind",
        BeginningSign.OTHER_SENDER: "it comes from somebody else",
        BeginningSign.OTHER_DATE: "it has another date",
        BeginningSign.COMPLETE_BEFORE: "the one before is complete",
        BeginningSign.SEPARATOR: "a sheet lies between",
    }
)


@dataclass(frozen=True, slots=True)
class SplitView:
    """A file and what it is split into; ``place`` is that of the shown document among ``parts``, from 1, None where it
    is the file itself or a part that was withdrawn. ``beginnings`` are those of the split as it is.
    """

    whole: Document
    parts: tuple[Document, ...]
    place: int | None
    pages: PageRange | None
    reasons: tuple[str, ...]
    beginnings: tuple[int, ...]
    may_undo: bool
    may_change: bool

    @property
    def before(self) -> Document | None:
        """The document before this one in the file."""
        return self.parts[self.place - 2] if self.place is not None and self.place > 1 else None

    @property
    def after(self) -> Document | None:
        """The document behind this one in the file."""
        return self.parts[self.place] if self.place is not None and self.place < len(self.parts) else None

    def joined(self) -> str:
        """The beginnings without this document's own, as the form sends them: it goes on with the one before."""
        assert self.pages is not None
        return _told(page for page in self.beginnings if page != self.pages.first)

    def split_before(self, page: int) -> str:
        """The beginnings with one more at ``page`` (1-based) of the shown document, as the form sends them."""
        shift = 0 if self.pages is None else self.pages.first - 1
        return _told(sorted({*self.beginnings, page + shift}))


def split_view(view: DocumentView) -> SplitView:
    """The split as it is, of a file that is one document too."""
    document, whole = view.document, view.whole or view.document
    places = [part.id for part in view.parts]
    is_changeable = is_allowed(whole.status, Move.CHANGE_SPLIT) and whole.media_type in CUTTABLE
    return SplitView(
        whole=whole,
        parts=view.parts,
        place=places.index(document.id) + 1 if document.id in places else None,
        pages=document.pages,
        reasons=_reasons(view),
        beginnings=tuple(part.pages.first for part in view.parts[1:] if part.pages is not None),
        may_undo=is_changeable
        and bool(view.parts)
        and not any(part.status in APPROVED_OR_RECORDED for part in view.parts),
        may_change=is_changeable and document.status not in (*APPROVED_OR_RECORDED, DocumentStatus.WITHDRAWN),
    )


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th"."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number % 100 in (11, 12, 13) else endings.get(number % 10, "th")
    return f"{number}{ending}"


def _reasons(view: DocumentView) -> tuple[str, ...]:
    """What said that a document begins here, as it was received."""
    signs = str(view.events[0].detail.get("signs") or "") if view.events and view.document.part_of else ""
    return tuple(_SAID[sign] for sign in signs.split() if sign in _SAID)


def _told(pages: Iterable[int]) -> str:
    return " ".join(map(str, pages))
