"""The mailbox over IMAP: what waits, one mail at a time, and how a mail is put away.

Without a folder to move to, unread mails wait and a received one is marked as read; with one, all mails of the
mailbox wait and a received one is moved there.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

_TIMEOUT_S = 30.0  # for one answer of the server
_PORTS = {"imap": 143, "imaps": 993}
_TRY_CREATE = b"TRYCREATE"


# What imaplib gives: lines, pairs of a line and the bytes that it announced, None for nothing.
Answer = Sequence[bytes | tuple[bytes, ...] | None]


class MailboxError(Exception):
    """The server can't be reached or doesn't do what it is asked; the sentence says what."""


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """Where the mails are. ``done_folder`` is where received ones are moved to; empty: they are marked as read."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    done_folder: str = ""
    start_tls: bool = True


def mailbox_settings(url: str, done_folder: str) -> MailboxSettings:
    """The settings in ``imap(s)://user:password@host:port/FOLDER?starttls=no``. Without TLS from the start, STARTTLS
    is a must unless it is declined, or the server is on this machine.
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query).get("starttls", ["no" if _is_this_machine(parts.hostname or "") else "yes"])
    return MailboxSettings(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        done_folder=done_folder,
        start_tls=asked == ["yes"],
    )


@contextmanager
def open_mailbox(settings: MailboxSettings) -> Iterator[Mailbox]:
    """The mailbox, signed in; MailboxError for whatever the server or the network does in between."""
    try:
        client = _connect(settings)
        try:
            _sign_in(client, settings)
            yield Mailbox(client, settings)
        finally:
            client.shutdown()
    except ssl.SSLCertVerificationError as error:
        raise MailboxError(
            f"The certificate of {settings.host} is not trusted: {error.verify_message}. Have the server show one for "
            "that name, or name its issuer's in SSL_CERT_FILE."
        ) from error
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(str(error)) from error


class Mailbox:
    """One selected folder of a signed-in connection. Mails are named by their UID."""

    def __init__(self, client: imaplib.IMAP4, settings: MailboxSettings) -> None:
        self._client = client
        self._settings = settings
        # Asked for again: servers offer more to who is signed in, and imaplib remembers what came before.
        self._can = frozenset(b" ".join(_lines(client.capability()[1])).decode().upper().split())

    def waiting(self) -> tuple[str, ...]:
        """The mails that are to be received, oldest first."""
        wanted = ("UNDELETED",) if self._settings.done_folder else ("UNSEEN", "UNDELETED")
        found = b" ".join(_lines(self._ask("SEARCH", *wanted)))
        return tuple(number.decode() for number in found.split())

    def size(self, uid: str) -> int:
        """The mail's size in bytes; 0 where it is gone."""
        answer = b" ".join(_lines(self._ask("FETCH", uid, "(RFC822.SIZE)")))
        said = re.search(rb"RFC822\.SIZE (\d+)", answer)
        return int(said[1]) if said else 0

    def fetch(self, uid: str) -> bytes | None:
        """The whole mail, left unread; None where it is gone."""
        parts = self._ask("FETCH", uid, "(BODY.PEEK[])")
        return next((part[1] for part in parts if isinstance(part, tuple)), None)

    def put_away(self, uid: str, *, flagged: bool = False) -> None:
        """Move or mark the mail as done; ``flagged`` so that a person looking into the mailbox notices it."""
        self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Seen \Flagged)" if flagged else r"(\Seen)")
        if self._settings.done_folder:
            self._move(uid, _quoted(self._settings.done_folder))

    def _move(self, uid: str, folder: str) -> None:
        move = "MOVE" if "MOVE" in self._can else "COPY"
        status, answer = self._client.uid(move, uid, folder)
        if status != "OK" and any(_TRY_CREATE in (part or b"") for part in answer):
            self._client.create(folder)
            status, answer = self._client.uid(move, uid, folder)
        if status != "OK":
            raise MailboxError(f"The mail can't be moved to {folder}: {answer!r}")
        if move == "COPY":
            self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
            if "UIDPLUS" in self._can:
                self._ask("EXPUNGE", uid)

    def _ask(self, command: str, *arguments: str) -> Answer:
        status, answer = self._client.uid(command, *arguments)
        if status != "OK":
            raise MailboxError(f"{command} was refused: {answer!r}")
        return list(answer)


def _connect(settings: MailboxSettings) -> imaplib.IMAP4:
    """By TLS where the scheme says so, else by STARTTLS: no password goes over a line that anybody may read."""
    if settings.scheme == "imaps":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(settings.host, settings.port, ssl_context=context, timeout=_TIMEOUT_S)
    client = imaplib.IMAP4(settings.host, settings.port, timeout=_TIMEOUT_S)
    if settings.start_tls:
        try:
            _start_tls(client)
        except BaseException:
            with suppress(OSError):  # a handshake that failed has closed it
                client.shutdown()
            raise
    return client


def _start_tls(client: imaplib.IMAP4) -> None:
    if "STARTTLS" not in client.capabilities:
        raise MailboxError("The server offers no STARTTLS; use imaps://, or ?starttls=no where the network is trusted.")
    client.starttls(ssl.create_default_context())


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _sign_in(client: imaplib.IMAP4, settings: MailboxSettings) -> None:
    if "AUTH=PLAIN" in client.capabilities:
        said = f"\0{settings.user}\0{settings.password}".encode()
        client.authenticate("PLAIN", lambda _challenge: said)
    else:
        client.login(_quoted(settings.user), settings.password)
    status, answer = client.select(_quoted(settings.folder))
    if status != "OK":
        raise MailboxError(f"The folder {settings.folder} can't be opened: {answer!r}")


def _lines(answer: Answer) -> Iterator[bytes]:
    return (part for part in answer if isinstance(part, bytes))


def _quoted(name: str) -> str:
    escaped = name.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'
