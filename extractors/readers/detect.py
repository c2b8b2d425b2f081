"""What a file really is, by its first bytes; its name is never believed."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from types import MappingProxyType

PDF = "application/pdf"
XML = "application/xml"
MESSAGE = "message/rfc822"
# Pictures that can be read, by media type, with the name of their decoder.
PICTURES: Mapping[str, str] = MappingProxyType(
    {"image/png": "PNG", "image/jpeg": "JPEG", "image/tiff": "TIFF", "image/webp": "WEBP"}
)
UNKNOWN = "application/octet-stream"
CUTTABLE = frozenset({PDF, "image/tiff"})  # of whose pages files of their own can be made
_INVOICE_ROOT = re.compile(rb"<(?:\w+:)?(?:crossindustry(?:invoice|document)|invoice|creditnote)[\s>]")
_PDF_HEADER_WITHIN = 1024  # bytes; readers accept a PDF header that far into the file

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"),
    (b"%!PS", "application/postscript"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
)


def media_type(content: bytes, filename: str) -> str:
    """The media type of ``content``; ``filename`` only tells text formats apart that share their look."""
    head = content[:_PDF_HEADER_WITHIN]
    if b"%PDF-" in head:
        return PDF
    for magic, found in _MAGIC:
        if content.startswith(magic):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):  # UTF-16, which only XML begins like that
        return XML
    if not content or b"\x00" in head:
        return UNKNOWN
    return _text_type(head, filename)


def _text_type(head: bytes, filename: str) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start.startswith(b"<?xml") or _INVOICE_ROOT.match(start):
        return XML
    if re.match(rb"(received|return-path|from|mime-version|delivered-to):", start):
        return MESSAGE
    try:
        head.decode("utf-8", errors="strict" if len(head) < _PDF_HEADER_WITHIN else "ignore")
    except UnicodeDecodeError:
        return UNKNOWN
    if any(byte < 9 or 13 < byte < 32 for byte in head):
        return UNKNOWN
    guessed, _ = mimetypes.guess_type(filename)
    return guessed if guessed and guessed.startswith("text/") else "text/plain"
