"""Mails that are meant to hang or to break what takes them apart: each is taken in seconds, with names to be shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.usecases.receive_document import receive_documents, shown_name
from tests.support.parts import UPLOADER, Parts, parts_in
from workers.intake.letter import uploads_of


@pytest.fixture
def parts(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Parts]:
    made = parts_in(tmp_path, migrated_sqlite)
    yield made
    made.engine.dispose()


HEAD = b"From: a@b.example\r\nMIME-Version: 1.0\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"


def nested(depth: int) -> bytes:
    inner = HEAD + b"\r\nhello"
    for _ in range(depth):
        inner = HEAD + b"Content-Type: message/rfc822\r\n\r\n" + inner
    return inner


HOSTILE = {
    "senders": b"From: " + b"a@b.c, " * 20_000 + b"\r\n\r\nhello",
    "encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 10_000 + b"\r\n\r\nhello",
    "parameters": HEAD
    + b"Content-Type: text/plain; "
    + b"; ".join(b"a*%d*=b" % n for n in range(20_000))
    + b"\r\n\r\nx",
    "parts": MIXED + b"\r\n" + b"--b\r\n\r\nx\r\n" * 100_000 + b"--b--",
    "attachments": MIXED + b"\r\n" + b"--b\r\nContent-Type: a/b; name=a\r\n\r\nx\r\n" * 1_000 + b"--b--",
    "mails in mails": nested(2_000),
    "less than": HTML + b"<" * 1_000_000,
    "comments": HTML + b"<!-- " * 200_000,
    "sections": HTML + b"<![ " * 200_000,
    "attributes": HTML + b"<a " + b"a='" * 200_000,
    "charset": HEAD + b"Content-Type: text/plain; charset=klingon\r\n\r\nhello \xff",
    "bytes": MIXED
    + b'Subject: \xff\xfe\r\nMessage-ID: <\xff@x>\r\n\r\n--b\r\nContent-Type: a/b; name="\xff.pdf"\r\n\r\nx',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_taken_within_seconds(parts: Parts, name: str) -> None:
    started = time.process_time()
    uploads = uploads_of(HOSTILE[name])
    assert time.process_time() - started < 15
    received = receive_documents(uow=parts.uow, blobs=parts.blobs, clock=parts.clock, uploads=uploads, actor=UPLOADER)
    assert all(document.filename.isprintable() for document in received)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("a\r\nb.pdf", "ab.pdf"), ("\u202efdp.exe", "fdp.exe"), ("\udcff.pdf", ".pdf"), ("\x00", "document")],
)
def test_a_name_is_stored_without_what_nobody_sees(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_folder_in_a_name_leads_nowhere() -> None:
    part = b'--b\r\nContent-Type: a/b; name="../../etc/passwd.pdf"\r\n\r\nx\r\n--b--'
    assert uploads_of(MIXED + b"\r\n" + part)[1].filename == "passwd.pdf"
