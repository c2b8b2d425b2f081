"""Decides at which pages of a file another document begins, by evidence that adds up.

A document that is torn apart costs more than two that are read as one, so everything that speaks for going on weighs
more than what speaks for a beginning, and no single sign is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from extractors.bundles.page_signs import PageSigns, may_begin, signs_of
from service.domain.documents import BILLABLE_KINDS, CUSTOMER_KINDS, STATEMENT_KINDS, DocumentKind, Page
from service.domain.extraction import Beginning, BeginningSign

_ENOUGH = 3.5  # points
_TITLE = 1.8  # points of a title that is one
_NEEDED = frozenset({BeginningSign.PAGE_ONE, BeginningSign.TITLE, BeginningSign.OTHER_NUMBER, BeginningSign.OWN_NUMBER})
# A title by itself may head a section of the same paper.
_IDENTIFYING = frozenset(BeginningSign) - {
    BeginningSign.TITLE,
    BeginningSign.OTHER_KIND,
    BeginningSign.COMPLETE_BEFORE,
}
_WEIGHTS: Mapping[BeginningSign, float] = {
    BeginningSign.PAGE_ONE: 2.5,
    BeginningSign.TITLE: 1.5,
    BeginningSign.OTHER_NUMBER: 2.0,
    BeginningSign.OWN_NUMBER: 1.0,
    BeginningSign.OTHER_KIND: 1.0,
    BeginningSign.OTHER_SENDER: 2.0,
    BeginningSign.OTHER_DATE: 0.5,
    BeginningSign.COMPLETE_BEFORE: 0.7,
    BeginningSign.SEPARATOR: 1.0,
}
_WORDED_SEPARATOR, _GREAT_TITLE = 3.0, 2.0
_GREAT = 4.0  # points of a title that is set large too
_GOES_ON = -4.0  # for a sum carried over, or a page that says it is the second
_UNFINISHED = -3.0  # before it the pages say that more follow
_SAME_NUMBER = -3.0
_NO_TOTAL = -2.5  # before it, of a bill
_IN_TABLE = -2.5  # for a page that has little above its table
_NOTHING_BEFORE = -3.0  # a cover sheet belongs to what it covers
_ENCLOSED = -3.0  # what a customer's form cites comes with it as proof
_CLEAR_TITLE = 3.3  # points of one that stands out without being large
_CONFUSED = str.maketrans("OQDILSBZG", "000115826")  # letters taken for figures
_SURE_KIND = 0.9
_TELLING = 5  # characters of a number that stands in no other paper's text by chance
_SHORTEST = 4  # characters of a number that is looked for in a text
# What names one of these in its text is seldom one: groups of lines are headed by the delivery that they came with.
_REFERRED_TO = frozenset({DocumentKind.DELIVERY_NOTE, DocumentKind.PURCHASE_ORDER, DocumentKind.ORDER_CONFIRMATION})
_LETTERS = frozenset({DocumentKind.CUSTOMER_COMMUNICATION, DocumentKind.OTHER})
_LISTING = STATEMENT_KINDS | {DocumentKind.REMITTANCE_ADVICE}  # their rows are numbers of other papers
_TOTALLED = BILLABLE_KINDS | {DocumentKind.PRO_FORMA, DocumentKind.ORDER_CONFIRMATION}


def beginnings_of(pages: Sequence[Page]) -> tuple[Beginning, ...]:
    """The pages, but the first, at which another document begins, in their order; most files have none."""
    if len(pages) < 2 or not any(may_begin(page) for page in pages[1:]):
        return ()
    return tuple(_beginnings([signs_of(page) for page in pages]))


@dataclass(frozen=True, slots=True)
class _SoFar:
    """The document that the pages before belong to."""

    kind: DocumentKind | None = None
    number: str | None = None
    issued: date | None = None
    tax_ids: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    has_total: bool = False
    text: str = ""
    last: PageSigns | None = None  # that wasn't blank
    sheets: tuple[PageSigns, ...] = field(default=())  # blank and separating ones since

    def with_page(self, page: PageSigns) -> _SoFar:
        if page.is_blank or page.is_separator:
            return replace(self, sheets=(*self.sheets, page))
        return _SoFar(
            kind=self.kind or _title_kind(page) or _read_kind(page),
            number=self.number or page.number,
            issued=self.issued or page.issued,
            tax_ids=self.tax_ids | page.tax_ids,
            accounts=self.accounts | page.accounts,
            hosts=self.hosts | page.hosts,
            has_total=self.has_total or page.has_total,
            text=self.text + page.text,
            last=page,
        )

    @property
    def is_document(self) -> bool:
        return self.kind is not None or self.number is not None


def _beginnings(pages: Sequence[PageSigns]) -> Iterator[Beginning]:
    so_far = _SoFar().with_page(pages[0])
    for page in pages[1:]:
        if not (page.is_blank or page.is_separator):
            signs = dict(_signs(so_far, page))
            is_told_apart = _NEEDED & signs.keys() and _IDENTIFYING & signs.keys()
            if is_told_apart and sum(signs.values()) + sum(_against(so_far, page)) >= _ENOUGH:
                yield Beginning(page.page, tuple(signs))
                so_far = _SoFar()
        so_far = so_far.with_page(page)


def _signs(so_far: _SoFar, page: PageSigns) -> Iterator[tuple[BeginningSign, float]]:
    """What speaks for a beginning, with its points."""
    title, stated = _title_kind(page), _stated_kind(page)
    if so_far.kind in _LISTING and not _is_first(page) and not (page.title and page.title.is_large):
        return
    is_other_sender = _is_other_sender(so_far, page)
    found = {
        BeginningSign.PAGE_ONE: _is_first(page),
        BeginningSign.TITLE: title is not None,
        BeginningSign.OTHER_NUMBER: _is_other_number(so_far, page),
        BeginningSign.OWN_NUMBER: _has_number_alone(so_far, page) and (title is not None or is_other_sender),
        BeginningSign.OTHER_KIND: None not in (stated, so_far.kind) and stated is not so_far.kind,
        BeginningSign.OTHER_SENDER: is_other_sender,
        BeginningSign.OTHER_DATE: None not in (so_far.issued, page.issued) and so_far.issued != page.issued,
        BeginningSign.COMPLETE_BEFORE: so_far.has_total or _ended(so_far),
        BeginningSign.SEPARATOR: bool(so_far.sheets),
    }
    yield from ((sign, _weight(sign, so_far, page)) for sign, is_there in found.items() if is_there)


def _weight(sign: BeginningSign, so_far: _SoFar, page: PageSigns) -> float:
    if sign is BeginningSign.SEPARATOR and any(sheet.is_separator for sheet in so_far.sheets):
        return _WORDED_SEPARATOR
    if sign is BeginningSign.TITLE and page.title is not None and page.title.is_large and page.title.points >= _GREAT:
        return _GREAT_TITLE
    return _WEIGHTS[sign]


def _against(so_far: _SoFar, page: PageSigns) -> Iterator[float]:
    """What speaks for going on."""
    before, is_counted_on = so_far.last, page.count is not None and page.count.page > 1
    found = (
        (_GOES_ON, page.is_carried or (before is not None and before.carries_on)),
        (_GOES_ON, is_counted_on),
        (_UNFINISHED, _more_follow(so_far) and not _is_first(page)),
        (_SAME_NUMBER, _says_same_number(so_far, page)),
        (_IN_TABLE, page.begins_in_table),
        (_NO_TOTAL, so_far.kind in _TOTALLED and not so_far.has_total and not _ended(so_far)),
        (_ENCLOSED, _is_enclosed(so_far, page)),
        (_NOTHING_BEFORE, not so_far.is_document),
    )
    yield from (points for points, is_there in found if is_there)


def _is_first(page: PageSigns) -> bool:
    return page.count is not None and page.count.page == 1


def _title_kind(page: PageSigns) -> DocumentKind | None:
    """The kind that its title names, where it is a title and no heading of something within."""
    title = page.title
    if title is None or title.points < _TITLE:
        return None
    if title.kind in _REFERRED_TO and not (title.is_large or _is_first(page) or title.points >= _CLEAR_TITLE):
        return None
    if title.kind in CUSTOMER_KINDS and page.number is None and page.issued is None:
        return None  # an empty form to tear off
    return title.kind


def _read_kind(page: PageSigns) -> DocumentKind | None:
    """The kind that it was read as, where that says anything: of a letter it doesn't."""
    is_sure = page.kind_confidence >= _SURE_KIND and page.kind not in _LETTERS
    return page.kind if is_sure or page.number is not None else None


def _stated_kind(page: PageSigns) -> DocumentKind | None:
    """The kind by its title, or of a numbered form without one by what it asks for."""
    is_form = page.kind in CUSTOMER_KINDS and page.number is not None and page.kind_confidence >= _SURE_KIND
    return _title_kind(page) or (page.kind if is_form else None)


def _is_other_number(so_far: _SoFar, page: PageSigns) -> bool:
    if so_far.number is None or page.number is None or _says_same_number(so_far, page):
        return False
    return page.kind not in _REFERRED_TO or _title_kind(page) is not None


def _has_number_alone(so_far: _SoFar, page: PageSigns) -> bool:
    return so_far.number is None and page.number is not None and not _says_same_number(so_far, page)


def _says_same_number(so_far: _SoFar, page: PageSigns) -> bool:
    """Whether it bears the document's number, or one that the document bears too. Another paper may cite it."""
    title = _title_kind(page)
    is_another = title is not None and title is not so_far.kind
    if not is_another and page.number is not None and len(page.number) >= _TELLING and _is_in(page.number, so_far.text):
        return True
    if so_far.number is None:
        return False
    if page.number is not None and _as_recognised(page.number) == _as_recognised(so_far.number):
        return True
    return not (is_another and page.number is not None) and _is_in(so_far.number, page.text)


def _as_recognised(number: str) -> str:
    """The number without what recognising confuses; numbers that follow one another stay apart."""
    return number.translate(_CONFUSED)


def _is_enclosed(so_far: _SoFar, page: PageSigns) -> bool:
    """Whether one of the two is a customer's form and names the other by its number, or is named by it."""
    if not {so_far.kind, page.kind} & CUSTOMER_KINDS or so_far.kind is page.kind:
        return False
    return _is_in(so_far.number, page.text) or _is_in(page.number, so_far.text)


def _is_in(number: str | None, text: str) -> bool:
    return number is not None and len(number) >= _SHORTEST and number.lower() in text


def _is_other_sender(so_far: _SoFar, page: PageSigns) -> bool:
    """By ids of one kind: a maker may print the tax id on one page and the account on the next."""
    if so_far.hosts & page.hosts or so_far.tax_ids & page.tax_ids or so_far.accounts & page.accounts:
        return False
    return bool((so_far.tax_ids and page.tax_ids) or (so_far.accounts and page.accounts))


def _ended(so_far: _SoFar) -> bool:
    return so_far.last is not None and so_far.last.count is not None and so_far.last.count.is_last


def _more_follow(so_far: _SoFar) -> bool:
    count = None if so_far.last is None else so_far.last.count
    return count is not None and count.pages is not None and count.page < count.pages
