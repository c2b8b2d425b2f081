"""Starts the stand-in for Odoo in a process of its own, for tests that talk to it as to a real one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import odoorpc
import pytest

from service.demo.odoo_server.server import Rows, ServerOptions, open_services

DATABASE = "demo"
USER = "concord"
PASSWORDS = {USER: "integration-secret", "admin": "admin-secret"}
_START_LIMIT_S = 30.0
_ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class OdooSandbox:
    """A running stand-in. ``user`` is the integration user; ``passwords`` holds the administrator's as well."""

    folder: Path
    port: int
    db: str = DATABASE
    user: str = USER
    passwords: Mapping[str, str] = field(default_factory=lambda: PASSWORDS)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The integration user's."""
        return self.passwords[self.user]

    def start(self) -> None:
        """Start the process and wait until it answers."""
        command = [sys.executable, "-m", "service.demo.odoo_server", "--state", str(self.folder / "odoo.sqlite")]
        command += ["--port", str(self.port), "--db", self.db, "--user", self.user]
        command += ["--password-file", str(self.folder / "passwords.json")]
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        self.process = subprocess.Popen(command, cwd=_ROOT, env=environment)
        self._wait()

    def _wait(self) -> None:
        give_up_at = time.monotonic() + _START_LIMIT_S
        while time.monotonic() < give_up_at:
            try:
                self.post("/web/webclient/version_info", {"jsonrpc": "2.0", "method": "call", "params": {}})
            except urllib.error.URLError:
                assert self.process is not None
                assert self.process.poll() is None, "the stand-in ended at once"
                time.sleep(0.1)
            else:
                return
        raise TimeoutError(f"the stand-in did not answer within {_START_LIMIT_S} s")

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the process; the state stays."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=10)
            self.process = None

    def post(self, path: str, body: object) -> Any:
        """The raw answer to a JSON body."""
        request = urllib.request.Request(
            self.url + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def login(self, user: str | None = None) -> Any:
        """A real odoorpc client, signed in as that user (default: the integration user)."""
        name = user or self.user
        client = odoorpc.ODOO("127.0.0.1", port=self.port, timeout=60)
        client.login(self.db, name, self.passwords[name])
        return client


@contextmanager
def running_sandbox(
    folder: Path,
    rows: Rows | None = None,
    *,
    database: str = DATABASE,
    user: str = USER,
    passwords: Mapping[str, str] | None = None,
) -> Iterator[OdooSandbox]:
    """A stand-in on a free port with its state under ``folder``: of ``rows``, or of the demonstration's company."""
    chosen = PASSWORDS if passwords is None else passwords
    (folder / "passwords.json").write_text(json.dumps(chosen), "utf-8")
    if rows is not None:
        seeded = open_services(ServerOptions(folder / "odoo.sqlite", database, user, {}), lambda: rows)
        seeded.store.close()
    sandbox = OdooSandbox(folder, free_port(), database, user, chosen)
    sandbox.start()
    try:
        yield sandbox
    finally:
        sandbox.stop()


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def odoo_sandbox(tmp_path: Path) -> Iterator[OdooSandbox]:
    """The demonstration's company behind Odoo's JSON-RPC. Import the fixture into a conftest to use it."""
    folder = tmp_path / "odoo"
    folder.mkdir()
    with running_sandbox(folder) as sandbox:
        yield sandbox


__all__: Sequence[str] = ("OdooSandbox", "free_port", "odoo_sandbox", "running_sandbox")
