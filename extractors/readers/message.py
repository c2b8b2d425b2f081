"""An e-mail as a page to be read like any other: its subject, then its text, plain or HTML without the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from itertools import groupby, islice

from extractors.readers.quoting import is_answer, own_lines
from service.domain.documents import Page, PageSize, Word
from service.domain.errors import UnreadableDocumentError
from service.domain.geometry import Box

LONGEST_TEXT = 200_000  # characters; nobody wrote more by hand
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_QUOTING = frozenset({"blockquote"})
_CELLS = frozenset({"td", "th"})
_COLUMN_GAP = 3  # spaces
_FAR_MORE = 2.0
_BREAKING = frozenset(
    "address article blockquote br dd div dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul".split()
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_MOST_LINES = 600  # nobody who wants something of us writes more
_MOST_READ = 40_000  # characters, likewise
_LONGEST_LINE = 240  # characters; what is longer goes on in the next line
_LONGEST_HTML = 500_000  # characters with the markup
_LONGEST_HEADER = 4_000  # characters; the parser's time grows with their square
_MOST_PARAMETERS = 40  # of a header; likewise
_MOST_PARTS = 5_000  # that a mail may seem to have
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)|<!\[[^>]*>?", re.DOTALL)
_LETTER, _LEADING, _SIZE, _MARGIN = 6.0, 13.0, 10.0, 40.0  # points


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail: what its headers say, "" where they don't (``sent_at`` in ISO 8601), and its text as a page."""

    sender_name: str
    sender_email: str
    sent_at: str
    subject: str
    page: Page


class _Brief(EmailPolicy):
    """The usual policy, that keeps of each header as much as can be meant."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        """Name and value of a header; what is too long or has too many parameters ends early."""
        name, value = super().header_source_parse(list(sourcelines))
        return name, ";".join(value[:_LONGEST_HEADER].split(";")[:_MOST_PARAMETERS])


_BRIEF = _Brief()


def take_apart(content: bytes) -> EmailMessage:
    """The mail with its parts, in a time that its size bounds; whatever the parser raises where it is damaged."""
    if _has_too_many_parts(content):
        raise ValueError("more parts than a mail can have")
    message = message_from_bytes(content, policy=_BRIEF)
    assert isinstance(message, EmailMessage)
    return message


def _has_too_many_parts(content: bytes) -> bool:
    return content.count(b"\n--") > _MOST_PARTS


def read_message(content: bytes) -> Message:
    """The e-mail; UnreadableDocumentError where it can't be taken apart."""
    if _has_too_many_parts(content):
        raise UnreadableDocumentError(
            f"The e-mail has more than {_MOST_PARTS:,} parts; ask the sender for the document alone.", code="TOO_LARGE"
        )
    try:
        return _message(take_apart(content))
    except Exception as error:  # hostile headers: the parser has no list of what it raises
        raise UnreadableDocumentError(
            "This e-mail is damaged; ask the sender to send it again.", code="UNSUPPORTED_FORMAT"
        ) from error


def _message(message: EmailMessage) -> Message:
    addresses = getattr(message["From"], "addresses", ())
    first = addresses[0] if addresses else None
    subject = _clean(str(message["Subject"] or ""))
    return Message(
        _clean(first.display_name if first else ""),
        _clean(first.addr_spec if first and first.domain else ""),
        _moment(str(message["Date"] or "")),
        subject,
        _page(subject, plain_text(message)),
    )


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _moment(text: str) -> str:
    """As ISO 8601, where it is a date at all."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError):
        return ""


def _page(subject: str, text: str) -> Page:
    """The text as a typewriter would set it, without what is quoted of earlier messages. Its subject stands above it in
    the same type: it is no title, many an answer bears that of another message.
    """
    written = (line.expandtabs() for line in own_lines(subject, text[:_MOST_READ].splitlines()))
    lines = list(islice((part for line in written for part in _broken(line)), _MOST_LINES))
    words = list(_words(subject, _MARGIN))
    top = _MARGIN + 3 * _LEADING
    for number, line in enumerate(lines):
        words.extend(_words(line, top + number * _LEADING))
    width = max((word.box.x1 for word in words), default=0.0) + _MARGIN
    return Page(1, PageSize(max(595.0, width), max(842.0, top + len(lines) * _LEADING + _MARGIN)), tuple(words))


def _broken(line: str) -> Iterator[str]:
    """The line in pieces of at most the longest that is read."""
    yield from (line[at : at + _LONGEST_LINE] for at in range(0, max(len(line), 1), _LONGEST_LINE))


def _words(line: str, top: float) -> Iterator[Word]:
    for match in re.finditer(r"\S+", line):
        x0, x1 = (_MARGIN + _LETTER * place for place in match.span())
        yield Word(match.group(), Box(x0, top, x1, top + _SIZE), 1, _SIZE)


def plain_text(message: EmailMessage) -> str:
    """The letter as text, at most ``LONGEST_TEXT`` characters; empty where it has none. Its plain version, unless the
    HTML says far more: some programs send the plain one as a mere hint.
    """
    answer = is_answer(str(message["Subject"] or ""))
    plain, shown = _body(message, "plain"), _without_markup(_body(message, "html"), answer=answer)
    text = shown if len(shown) > _FAR_MORE * len(plain) else plain
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", " ", text.replace("\r\n", "\n"))
    return text[:LONGEST_TEXT]


def _body(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    content = "" if body is None else body.get_content()
    return content if isinstance(content, str) else ""


def _without_markup(html: str, *, answer: bool) -> str:
    """The page's text; of an ``answer`` without what it quotes."""
    page = _Page(_UNSEEN | _QUOTING if answer else _UNSEEN)
    page.feed(_COMMENTS.sub("", html[:_LONGEST_HTML]))
    page.close()
    rows = [[" ".join(cell.split()) for cell in line.split("\t")] for line in "".join(page.pieces).split("\n")]
    lines = [line for count, group in groupby(rows, key=len) for line in _aligned(list(group), count)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _aligned(rows: Sequence[Sequence[str]], count: int) -> Iterator[str]:
    """Rows of as many cells, the columns below one another."""
    widths = [max(len(row[column]) for row in rows) + _COLUMN_GAP for column in range(count)]
    for row in rows:
        yield "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).strip()


class _Page(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self, hidden: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._hidden = hidden
        self.pieces: list[str] = []
        self._unseen: list[str] = []
        self._cells = 0  # of the row so far

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Remember what isn't shown, break lines where the page does."""
        if tag in self._hidden:
            self._unseen.append(tag)
        if tag in _BREAKING:
            self.pieces.append("\n")
            self._cells = 0
        if tag in _CELLS:
            self.pieces.extend("\t" * (self._cells > 0))
            self._cells += 1

    def handle_endtag(self, tag: str) -> None:
        """The other end of the same."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        if tag in _BREAKING and tag != "tr":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))
