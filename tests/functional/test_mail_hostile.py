"""Mail servers that hang or break off, and a disk without room: the mail waits, nothing is lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.domain.errors import StorageError
from service.store.blobs import FileBlobStore
from tests.support.dovecot import Dovecot, dovecot
from tests.support.letters import a_mail
from tests.support.parts import Parts
from workers.intake import mailbox
from workers.intake.mail import collect_mail
from workers.intake.mailbox import mailbox_settings
from workers.intake.receiving import Intake

__all__ = ["dovecot"]

MEGABYTE = 1024 * 1024


@contextmanager
def server(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A listener whose one connection is served like that; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            connection, _ = listening.accept()
            with connection:
                serve(connection)

        thread = threading.Thread(target=accept)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def says_nothing(connection: socket.socket) -> None:
    connection.settimeout(20)
    connection.recv(1)


def breaks_off(connection: socket.socket) -> None:
    connection.sendall(b"* OK ready\r\n* CAPABI")


def talks_nonsense(connection: socket.socket) -> None:
    connection.sendall(b"\xff\xfe\x00" * 1000 + b"\r\n")


@pytest.mark.parametrize("serve", [says_nothing, breaks_off, talks_nonsense])
def test_a_server_that_hangs_or_breaks_off_is_asked_again_later(
    parts: Parts,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    serve: Callable[[socket.socket], None],
) -> None:
    monkeypatch.setattr(mailbox, "_TIMEOUT_S", 1.0)
    with server(serve) as port:
        settings = mailbox_settings(f"imap://papers:secret@127.0.0.1:{port}/INBOX", "")
        assert collect_mail(Intake(parts.uow, parts.blobs, parts.clock, MEGABYTE), settings) == 0
    assert caplog.messages == ["mailbox away"]


def test_mails_wait_while_files_cant_be_stored(parts: Parts, dovecot: Dovecot, tmp_path: Path) -> None:
    dovecot.deliver(a_mail(("a.pdf", b"%PDF a")))
    (tmp_path / "full").write_text("no folder can be made here")
    full = Intake(parts.uow, FileBlobStore(tmp_path / "full"), parts.clock, MEGABYTE)
    settings = mailbox_settings(dovecot.url(), "")
    for _ in range(5):
        with pytest.raises(StorageError):
            collect_mail(full, settings)
    assert collect_mail(Intake(parts.uow, parts.blobs, parts.clock, MEGABYTE), settings) == 1
    assert dovecot.flags() == [{r"\Seen"}]
