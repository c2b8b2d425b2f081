"""An e-mail's own text: the plain version where there is one, else its HTML without the markup."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html.parser import HTMLParser

LONGEST_TEXT = 200_000  # characters; nobody wrote more by hand
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_BREAKING = frozenset(
    "address article blockquote br dd div dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul".split()
)


def plain_text(message: EmailMessage) -> str:
    """The letter as text, at most ``LONGEST_TEXT`` characters; empty where it has none."""
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    content = body.get_content()
    text = content if isinstance(content, str) else ""
    if body.get_content_subtype() == "html":
        text = _without_markup(text)
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", " ", text.replace("\r\n", "\n"))
    return text[:LONGEST_TEXT]


def _without_markup(html: str) -> str:
    page = _Page()
    page.feed(html[: LONGEST_TEXT * 10])
    page.close()
    lines = (" ".join(line.split()) for line in "".join(page.pieces).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Page(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Remember what isn't shown, break lines where the page does."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag in _BREAKING:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The other end of the same."""
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        if tag in _BREAKING:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if not self._unseen:
            self.pieces.append(data)
