"""Media types by magic bytes, whatever the file is called."""

from __future__ import annotations

import pytest

from extractors.readers.detect import media_type


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"%PDF-1.7\n", "invoice.jpg", "application/pdf"),
        (b"\r\n\r\n%PDF-1.4", "x", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "invoice.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0", "invoice.pdf", "image/jpeg"),
        (b"II*\x00", "scan", "image/tiff"),
        (b"RIFF0000WEBPVP8 ", "x", "image/webp"),
        (b"PK\x03\x04", "invoice.pdf", "application/zip"),
        (b"<?xml version='1.0'?><Invoice/>", "invoice.pdf", "application/xml"),
        (b"\xef\xbb\xbf<html>", "x.txt", "text/html"),
        (b"From: a@b.example\r\nSubject: x", "mail", "message/rfc822"),
        (b"a;b;c\n1;2;3", "list.csv", "text/csv"),
        (b"plain words", "x.pdf", "text/plain"),
        (b"\x00\x01\x02", "x.pdf", "application/octet-stream"),
        (b"", "x.pdf", "application/octet-stream"),
    ],
)
def test_media_type(content: bytes, filename: str, expected: str) -> None:
    assert media_type(content, filename) == expected
