"""One e-mail to the files that it brings: what its sender wrote, then each attachment.

The letter is written anew as a plain message of a few headers and its text, the same at each try, because what is
received twice is recognised by its bytes.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message

from extractors.readers.message import plain_text, take_apart
from service.usecases.receive_document import Upload

SOURCE = "email"
MOST_PARTS = 100
_HEADERS = ("From", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To")
_LONGEST_HEADER = 2000
_LONGEST_NAME = 150
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


def letter_id(raw: bytes) -> str:
    """The mail's Message-ID; of one without, what its bytes are known by."""
    try:
        given = str(take_apart(raw)["Message-ID"] or "").strip()
    except Exception:  # noqa: BLE001  (the parser meets hostile headers and has no list of what it raises)
        given = ""
    return _CONTROL.sub(" ", given)[:_LONGEST_HEADER] or f"sha256:{hashlib.sha256(raw).hexdigest()}"


def uploads_of(raw: bytes) -> tuple[Upload, ...]:
    """The letter and its attachments, linked by the mail's id as their ``source_ref``.

    A mail that can't be taken apart is one upload as it is, which reading then says what is wrong with.
    """
    reference = letter_id(raw)
    try:
        message = take_apart(raw)
        files = [(name, content) for name, content in _attachments(message) if content]
        letter = _letter(message)
    except Exception:  # noqa: BLE001  (as above)
        return (Upload(raw, "message.eml", SOURCE, None, reference),)
    return (
        Upload(letter, f"{_subject(message)}.eml", SOURCE, None, reference),
        *(Upload(content, name, SOURCE, None, reference) for name, content in files),
    )


def _letter(message: EmailMessage) -> bytes:
    letter = EmailMessage(policy=policy.SMTP.clone(refold_source="none"))
    letter["MIME-Version"] = "1.0"
    for name in _HEADERS:
        value = _header(message, name)
        if value:
            letter.add_header(name, value)
    letter.set_content(plain_text(message), cte="base64")
    return letter.as_bytes()


def _header(message: EmailMessage, name: str) -> str:
    return _CONTROL.sub(" ", str(message[name] or "")).strip()[:_LONGEST_HEADER]


def _subject(message: EmailMessage) -> str:
    return _file_name(_header(message, "Subject")) or "message"


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and content of whatever isn't the letter's own text or a picture in it; ValueError where there are too
    many to be meant.
    """
    shown = _shown_pictures(message)
    parts = [part for part in _leaves(message) if _is_attached(part, shown)]
    if len(parts) > MOST_PARTS:
        raise ValueError(f"{len(parts)} attachments")
    for number, part in enumerate(parts, start=1):
        yield _name(part, number), _content(part)


def _leaves(part: Message) -> Iterator[Message]:
    """Every part that isn't a container; an attached mail is one, whatever is in it."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inner in part.get_payload():
            assert isinstance(inner, Message)
            yield from _leaves(inner)
    else:
        yield part


def _is_attached(part: Message, shown: frozenset[str]) -> bool:
    if str(part.get("Content-ID", "")).strip(" <>") in shown:
        return False
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return True
    return part.get_content_maintype() != "text" and part.get_content_maintype() != "multipart"


def _shown_pictures(message: EmailMessage) -> frozenset[str]:
    """The ids of the pictures that the letter's HTML shows: logos of signatures mostly."""
    html = message.get_body(("html",))
    text = "" if html is None else str(html.get_content())
    return frozenset(re.findall(r"""cid:([^"'\s>]+)""", text))


def _name(part: Message, number: int) -> str:
    given = _file_name(str(part.get_filename() or ""))
    if given:
        return given
    kind = part.get_content_type()
    suffix = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ""
    return f"attachment-{number}{suffix}"


def _file_name(given: str) -> str:
    """Without folders and what no file name may have."""
    name = re.sub(r"[\x00-\x1f\x7f/\\:*?\"<>|]+", " ", re.split(r"[/\\]", given)[-1] if "." in given else given)
    return name.strip(" .")[-_LONGEST_NAME:]


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""
