"""The count that pages print of themselves: "Page 1 of 3", "Seite 2/2", or a bare "1/3" at the edge of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.choose.hits import find_hits
from extractors.labels import lexicon
from extractors.layout.lines import Segment, TextLine

_EDGE = 0.14  # share of the page's height in which a bare count may stand
_MOST = 999
_COUNT = r"(?P<page>[0-9lI|]{1,3})(?:\s?(?:/|\(|[^\W\d_]{1,5}\.?)\s?(?P<pages>\d{1,3}))?(?!\d|[.,/-]\d)"
_AFTER_WORD = re.compile(rf"^\s*[.:#]?\s*(?:n[or°º]?\.?\s*)?{_COUNT}")
_BARE = re.compile(r"^\W*(?P<page>\d{1,3})\s?(?:/|of|von|de|di|sur|van|z|av|af|из)\s?(?P<pages>\d{1,3})\W*$")
_BEFORE_WORD = re.compile(r"(?P<page>\d{1,3})\.?\s*(?:/\s*(?P<pages>\d{1,3})\.?\s*)?$")
_LIKE_ONE = str.maketrans("lI|", "111")


@dataclass(frozen=True, slots=True)
class PageCount:
    """That a page is the ``page``-th; of ``pages``, where it says so."""

    page: int
    pages: int | None = None

    @property
    def is_last(self) -> bool:
        """Whether it says that none follows."""
        return self.page == self.pages


def page_count(lines: Sequence[TextLine], height: float) -> PageCount | None:
    """What a page of that ``height`` says of its place, the whole counts before those without an end."""
    found = sorted(_counts(lines, height), key=lambda count: count.pages is None)
    return found[0] if found else None


def _counts(lines: Sequence[TextLine], height: float) -> Iterator[PageCount]:
    for segment in (segment for line in lines for segment in line.segments):
        if any(character.isdigit() or character in "lI|" for character in segment.text):
            is_at_edge = not _EDGE * height < segment.box.y_mid < (1 - _EDGE) * height
            yield from (count for count in _worded(segment) if count.pages or is_at_edge or _is_alone(segment))
            if is_at_edge:
                yield from _told(_BARE.match(segment.text))


def _worded(segment: Segment) -> Iterator[PageCount]:
    for hit in find_hits(segment, lexicon().words):
        if hit.meanings[0].name == "page":
            yield from _told(_AFTER_WORD.match(segment.text[hit.end :]))
            yield from _told(_BEFORE_WORD.search(segment.text[: hit.start]))


def _is_alone(segment: Segment) -> bool:
    """Whether nothing but a word and a number stands there: "Sheet 40" is more often a part of a text."""
    return len(re.findall(r"\w+", segment.text)) == 2


def _told(match: re.Match[str] | None) -> Iterator[PageCount]:
    if match is None:
        return
    page = int(match["page"].translate(_LIKE_ONE))
    pages = int(match["pages"]) if match["pages"] else None
    if 1 <= page <= (pages or _MOST):
        yield PageCount(page, pages)
