"""A PostgreSQL server of Concord's own: a cluster in a folder, run by an account that isn't root."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg

from service.domain.errors import ConfigurationError
from service.supervisor.child import ProcessSpec

_ROLE = "concord"


@dataclass(frozen=True, slots=True)
class Postgresql:
    """A server on the loopback address. ``folder`` is its own; ``base``, above it, is the outermost that its account
    may be let through.
    """

    folder: Path
    base: Path
    port: int

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _password_file(self) -> Path:
        return self.folder / "password"

    def url(self, database: str = "postgres") -> str:
        """Where SQLAlchemy finds a database of it, once ``prepare`` has run; it holds the password."""
        return f"postgresql://{_ROLE}:{self._password_file.read_text()}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the cluster where there is none yet; ConfigurationError where PostgreSQL or a way to it is missing."""
        programs = _programs()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        account = _account()
        if account is not None:
            _let_through(account, self.folder, self.base)
        if self._data.exists():
            return
        if not self._password_file.exists():
            self._password_file.touch(mode=0o600)
            self._password_file.write_text(secrets.token_urlsafe(24))
        if account is not None:
            os.chown(self._password_file, account.pw_uid, account.pw_gid)
        self._make(programs, account)

    def process(self) -> ProcessSpec:
        """How to start it, after ``prepare``."""
        programs, account = _programs(), _account()
        # TCP only: a socket's path would be too long in many a folder.
        options = ("-D", str(self._data), "-h", "127.0.0.1", "-p", str(self.port), "-k", "")
        # INT, not KILL: it goes down with the process that started it, and in good order.
        command = (*_as_account(account, "--pdeathsig", "INT"), str(programs / "postgres"), *options)
        return ProcessSpec(
            "postgresql",
            command,
            folder=self.folder,
            stop_signal=signal.SIGINT,  # TERM would wait for connections that others left open
            is_ready=self.is_ready,
        )

    def is_ready(self) -> bool:
        """Whether it takes connections: it listens before, while it recovers from a crash."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make(self, programs: Path, account: pwd.struct_passwd | None) -> None:
        """Under another name first: what an interrupted attempt leaves is no cluster."""
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        options = ["-U", _ROLE, "-A", "scram-sha-256", f"--pwfile={self._password_file}", "--no-locale", "-E", "UTF8"]
        command = [*_as_account(account), str(programs / "initdb"), "-D", str(fresh), *options]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder)  # noqa: S603
        if done.returncode != 0:
            raise ConfigurationError(f"PostgreSQL can't make its folder {self._data}: {done.stderr.strip()}")
        fresh.rename(self._data)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None:
        raise ConfigurationError(
            "The PostgreSQL server isn't installed.", advice="As root: apt-get install postgresql; then try again."
        )
    return newest.parent


def _account() -> pwd.struct_passwd | None:
    """Who the server runs as; None for us, where we aren't root, as which it refuses to run."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _as_account(account: pwd.struct_passwd | None, *options: str) -> list[str]:
    """What a command line begins with to run as that account."""
    if account is None:
        return ["setpriv", *options] if options else []
    return ["setpriv", *options, f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _let_through(account: pwd.struct_passwd, folder: Path, base: Path) -> None:
    """Give the account the folder, and its group the way to it; ConfigurationError where it gets there no less."""
    os.chown(folder, account.pw_uid, account.pw_gid)
    for above in folder.parents:
        if above.is_relative_to(base):
            os.chown(above, -1, account.pw_gid)
            above.chmod(above.stat().st_mode | 0o010)
    looked = subprocess.run([*_as_account(account), "test", "-x", str(folder)], check=False)  # noqa: S603
    if looked.returncode != 0:
        raise ConfigurationError(
            f"The account {account.pw_name}, as which PostgreSQL has to run, can't reach {folder}.",
            advice="Set CONCORD_DATA_DIR to a folder that others may pass through, or don't run as root.",
        )
