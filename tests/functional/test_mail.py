"""Mails in a real mailbox become documents, each once, whatever dies on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.domain.documents import Document
from service.ports import DocumentFilter
from tests.support.dovecot import Dovecot, dovecot
from tests.support.letters import a_mail
from tests.support.parts import Parts
from tests.support.stack import wait_until
from workers.intake.letter import MOST_PARTS
from workers.intake.mail import AT, collect_mail
from workers.intake.mailbox import mailbox_settings
from workers.intake.receiving import Intake

__all__ = ["dovecot"]

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024


def collect(parts: Parts, dovecot: Dovecot, done_folder: str = "", max_bytes: int = MEGABYTE) -> int:
    intake = Intake(parts.uow, parts.blobs, parts.clock, max_bytes)
    return collect_mail(intake, mailbox_settings(dovecot.url(), done_folder))


def documents(parts: Parts) -> list[Document]:
    """Oldest first."""
    with parts.uow.read() as tx:
        found, _ = tx.documents.search(DocumentFilter(), limit=100)
    return [summary.document for summary in reversed(found)]


def test_a_mail_becomes_its_letter_and_its_attachments(parts: Parts, dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail(("../form.pdf", b"%PDF form"), ("photo.png", b"\x89PNG\r\n\x1a\n photo")))
    assert collect(parts, dovecot) == 1
    letter, form, photo = documents(parts)
    assert (letter.kind_hint, letter.media_type) == (None, "message/rfc822")
    assert [form.filename, photo.filename] == ["form.pdf", "photo.png"]
    assert parts.blobs.get(form.sha256) == b"%PDF form"
    assert {document.source for document in (letter, form, photo)} == {"email"}
    assert {document.source_ref for document in (letter, form, photo)} == {"<one@customer.example>"}
    assert dovecot.flags() == [{r"\Seen"}]
    assert collect(parts, dovecot) == 0


def test_with_a_folder_mails_are_moved_there(parts: Parts, dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail(("a.pdf", b"%PDF a")), a_mail(("b.pdf", b"%PDF b"), message_id="<two@customer.example>"))
    assert collect(parts, dovecot, "Concord done") == 2
    assert dovecot.flags() == []
    assert dovecot.flags('"Concord done"') == [{r"\Seen"}] * 2
    assert len(documents(parts)) == 4


def test_the_same_mail_delivered_twice_is_received_once(parts: Parts, dovecot: Dovecot) -> None:
    mail = a_mail(("a.pdf", b"%PDF a"))
    dovecot.deliver(mail, b"Received: from elsewhere\r\n" + mail)
    assert collect(parts, dovecot) == 2
    assert len(documents(parts)) == 2


def test_other_mails_under_the_same_id_are_not_lost(parts: Parts, dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail(("a.pdf", b"%PDF a")), a_mail(("a.pdf", b"%PDF b")))
    assert collect(parts, dovecot) == 2
    assert len(documents(parts)) == 4


def test_bad_mails_end_once_and_stop_nobody(parts: Parts, dovecot: Dovecot, caplog: pytest.LogCaptureFixture) -> None:
    many = [(f"{number}.txt", b"x") for number in range(MOST_PARTS + 1)]
    dovecot.deliver(
        b"\x00\xff no header at all",
        b"Content-Type: multipart/mixed; boundary=x\r\nFrom: \xff\xfe\r\n\r\n--x\r\nbroken off",
        b"Content-Type: text/plain; charset=no-such-charset\r\nSubject: =?x?q?=ff?=\r\n\r\n\xff\xfe",
        a_mail(*many, message_id="<many@customer.example>"),
        a_mail(("large.pdf", b"%PDF" + bytes(MEGABYTE)), message_id="<large@customer.example>"),
        a_mail(("good.pdf", b"%PDF good"), message_id="<good@customer.example>"),
    )
    assert collect(parts, dovecot, max_bytes=MEGABYTE // 4) == 5
    assert [flags for flags in dovecot.flags() if r"\Flagged" in flags] == [{r"\Seen", r"\Flagged"}]
    assert "mail not received" in caplog.messages
    assert "good.pdf" in [document.filename for document in documents(parts)]
    assert collect(parts, dovecot) == 0


def test_a_mail_that_ends_the_process_each_time_gives_way(parts: Parts, dovecot: Dovecot) -> None:
    dovecot.deliver(a_mail(("a.pdf", b"%PDF a")), a_mail(("b.pdf", b"%PDF b"), message_id="<two@customer.example>"))
    with parts.uow.write() as tx:
        tx.facts.put(AT, "3 <one@customer.example>")
    assert collect(parts, dovecot) == 1
    assert [document.filename for document in documents(parts)][1:] == ["b.pdf"]
    assert dovecot.flags() == [{r"\Seen", r"\Flagged"}, {r"\Seen"}]


def test_a_server_that_is_away_is_asked_again_later(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    settings = mailbox_settings("imap://papers:secret@127.0.0.1:1/INBOX", "")
    assert collect_mail(Intake(parts.uow, parts.blobs, parts.clock, MEGABYTE), settings) == 0
    assert caplog.messages == ["mailbox away"]
    assert "secret" not in repr(settings)


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
@pytest.mark.parametrize("done_folder", ["", "Done"])
def test_a_killed_worker_loses_and_doubles_nothing(
    parts: Parts, dovecot: Dovecot, moment: str, done_folder: str
) -> None:
    dovecot.deliver(a_mail(("a.pdf", b"%PDF a")), a_mail(("b.pdf", b"%PDF b"), message_id="<two@customer.example>"))
    reached = parts.folder / "reached"
    command = [sys.executable, "-m", "tests.support.stopping_intake", "mail", moment, str(parts.folder), str(reached)]
    worker = subprocess.Popen([*command, dovecot.url(), done_folder], cwd=ROOT, env={**os.environ})
    wait_until(reached.exists, 30, f"a mail is {moment}")
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=10)
    committed = len(documents(parts))
    assert committed == (0 if moment == "before the commit" else 2)
    assert len(dovecot.flags()) == 2
    assert collect(parts, dovecot, done_folder) == 2
    assert sorted(document.filename for document in documents(parts)) == [
        "Return of order S00012.eml",
        "Return of order S00012.eml",
        "a.pdf",
        "b.pdf",
    ]
    assert collect(parts, dovecot, done_folder) == 0
