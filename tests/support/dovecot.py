"""A real IMAP server over a folder of its own, with one account, on a free port of the loopback address."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.programs import missing
from tests.support.stack import free_ports

USER, PASSWORD = "papers", "open sesame/+"
URL_PASSWORD = "open%20sesame%2F%2B"
_START_TIMEOUT_S = 20
_CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
{tls}
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_location = maildir:{folder}/mail
mail_uid = {owner}
mail_gid = {owner_group}
first_valid_uid = 1
first_valid_gid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/home
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """The running server."""

    port: int
    tls_port: int = 0
    authority: Path | None = None  # the certificate to trust

    def url(self, folder: str = "INBOX") -> str:
        """The setting IMAP_URL for one of its folders."""
        return f"imap://{USER}:{URL_PASSWORD}@127.0.0.1:{self.port}/{folder}"

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """A person's mail program, signed in."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        try:
            client.login(USER, PASSWORD)
            yield client
        finally:
            client.shutdown()

    def deliver(self, *mails: bytes) -> None:
        """Put mails into the inbox, unread."""
        with self.client() as client:
            for mail in mails:
                status, answer = client.append("INBOX", "", "", mail)
                assert status == "OK", answer

    def flags(self, folder: str = "INBOX") -> list[set[str]]:
        """The flags of each mail of a folder, in order; nothing where there is no such folder."""
        with self.client() as client:
            if client.select(folder, readonly=True)[0] != "OK":
                return []
            _, numbers = client.search(None, "ALL")
            if not numbers[0]:
                return []
            _, answer = client.fetch("1:*", "(FLAGS)")
            found = [imaplib.ParseFlags(part) for part in answer if isinstance(part, bytes)]
        return [{flag.decode() for flag in flags} - {r"\Recent"} for flags in found]


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """A running server; ``missing`` says what becomes of the test where Dovecot isn't installed."""
    with _running(tls=False) as server:
        yield server


@pytest.fixture
def dovecot_tls() -> Iterator[Dovecot]:
    """A running server that has a certificate of its own making for 127.0.0.1, and speaks TLS too."""
    with _running(tls=True) as server:
        yield server


@contextmanager
def _running(*, tls: bool) -> Iterator[Dovecot]:
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        missing("The IMAP server Dovecot", "dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="concord-imap-"))
    port, tls_port = free_ports(2)
    settings = folder / "dovecot.conf"
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    authority = _certificate(folder) if tls else None
    settings.write_text(_configuration(folder, port, tls_port if tls else 0))
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen([program, "-F", "-c", str(settings)], stdout=out, stderr=out)
    try:
        _wait_for(port, process, folder)
        yield Dovecot(port, tls_port if tls else 0, authority)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=_START_TIMEOUT_S)
        shutil.rmtree(folder, ignore_errors=True)


def _certificate(folder: Path) -> Path:
    """One that it signs itself; the key beside it."""
    made = folder / "certificate.pem"
    said = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1")
    files = ("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(made))
    subprocess.run(["openssl", "req", *said, *files], check=True, capture_output=True)
    return made


def _configuration(folder: Path, port: int, tls_port: int) -> str:
    """Started by root the server keeps its own accounts, and mail must not be root's; otherwise everything is ours."""
    owner, owner_group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    internal, group, login = owner, owner_group, owner
    if os.geteuid() == 0:
        folder.chmod(0o755)
        internal, group, login = "dovecot", "dovecot", "dovenull"
        owner = "nobody"
        owner_group = grp.getgrgid(pwd.getpwnam(owner).pw_gid).gr_name
    for name in ("mail", "home"):
        (folder / name).mkdir()
        shutil.chown(folder / name, owner, owner_group)
    return _CONFIGURATION.format(
        folder=folder,
        port=port,
        tls_port=tls_port,
        tls=f"ssl = yes\nssl_cert = <{folder}/certificate.pem\nssl_key = <{folder}/key.pem" if tls_port else "ssl = no",
        owner=owner,
        owner_group=owner_group,
        internal=internal,
        group=group,
        login=login,
    )


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while True:
        try:
            with Dovecot(port).client():
                return
        except (OSError, imaplib.IMAP4.error):
            if process.poll() is not None or time.monotonic() > deadline:
                said = [place.read_text() for place in (folder / "out", folder / "log") if place.exists()]
                pytest.fail("the IMAP server didn't start: " + "\n".join(said))
            time.sleep(0.1)
