"""Mail over TLS against a real Dovecot: passwords never go over a line that anybody may read."""

from __future__ import annotations

import pytest

from tests.support.dovecot import URL_PASSWORD, USER, Dovecot, dovecot, dovecot_tls
from workers.intake.mailbox import MailboxError, mailbox_settings, open_mailbox

__all__ = ["dovecot", "dovecot_tls"]


def url(server: Dovecot, scheme: str, query: str = "", host: str = "127.0.0.1") -> str:
    port = server.tls_port if scheme == "imaps" else server.port
    return f"{scheme}://{USER}:{URL_PASSWORD}@{host}:{port}/INBOX{query}"


@pytest.mark.parametrize(("scheme", "query"), [("imaps", ""), ("imap", "?starttls=yes")])
def test_a_trusted_certificate_is_taken(
    dovecot_tls: Dovecot, monkeypatch: pytest.MonkeyPatch, scheme: str, query: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot_tls.authority))
    dovecot_tls.deliver(b"Subject: one\r\n\r\nHello\r\n")
    with open_mailbox(mailbox_settings(url(dovecot_tls, scheme, query), "")) as mailbox:
        assert len(mailbox.waiting()) == 1


@pytest.mark.parametrize(("scheme", "query"), [("imaps", ""), ("imap", "?starttls=yes")])
def test_another_certificate_is_refused_with_advice(dovecot_tls: Dovecot, scheme: str, query: str) -> None:
    settings = mailbox_settings(url(dovecot_tls, scheme, query), "")
    with (
        pytest.raises(MailboxError, match=r"certificate of 127.0.0.1 is not trusted.*SSL_CERT_FILE"),
        open_mailbox(settings),
    ):
        pass


def test_a_server_without_starttls_gets_no_password(dovecot: Dovecot) -> None:
    settings = mailbox_settings(url(dovecot, "imap", "?starttls=yes"), "")
    with pytest.raises(MailboxError, match="offers no STARTTLS"), open_mailbox(settings):
        pass


def test_starttls_is_a_must_beyond_this_machine_unless_declined(dovecot: Dovecot) -> None:
    assert not mailbox_settings(url(dovecot, "imap"), "").start_tls
    assert mailbox_settings(url(dovecot, "imap", host="mail.example"), "").start_tls
    assert not mailbox_settings(url(dovecot, "imap", "?starttls=no", "mail.example"), "").start_tls
