"""A whole installation in a folder: servers, workers, beat, web and the stand-in for Odoo, as real processes."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from service.bootstrap import Container, build
from service.config import load_settings
from service.domain.decisions import Actor, UserRole
from service.usecases.people import create_user, issue_token

ROOT = Path(__file__).resolve().parents[2]
ODOO_PASSWORD = "the sandbox's own password"
_OPERATOR = Actor("tests", "tests", frozenset({UserRole.ADMIN}))
# What tells the supervised processes' command lines apart.
_SIGNS = {
    "postgresql": "bin/postgres ",
    "redis": "redis-server",
    "worker": "workers worker",
    "fast": "workers fast",
    "ocr": "workers ocr",
    "odoo worker": "workers odoo",
    "intake": "workers intake",
    "beat": "workers beat",
    "web": "service.wsgi",
    "odoo": "odoo_server",
}


@dataclass(frozen=True)
class Answer:
    """What the web server said."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Speaks to the API as the person whose token it has."""

    base: str
    token: str

    def get(self, path: str) -> Answer:
        """GET."""
        return self._send("GET", path, None, {})

    def post(self, path: str, body: object) -> Answer:
        """POST with a JSON body."""
        return self._send("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def patch(self, path: str, body: object) -> Answer:
        """PATCH with a JSON body."""
        return self._send("PATCH", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def upload(self, files: Mapping[str, bytes], key: str | None = None) -> Answer:
        """POST files by name, under an idempotency key."""
        boundary = uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: application/pdf\r\n\r\n".encode()
            + content
            + b"\r\n"
            for name, content in files.items()
        ]
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self._send("POST", "/documents", b"".join(parts) + f"--{boundary}--\r\n".encode(), headers)

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        request = urllib.request.Request(f"{self.base}/api/v1{path}", body, dict(headers), method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())


class Stack:
    """The installation; ``start`` returns when its web server answers."""

    program: tuple[str, ...] = ("-m", "tests.support.run_stack")

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port, odoo_port = free_ports(2)
        self.environment = {
            "CONCORD_DATA_DIR": str(folder),
            "CONCORD_PORT": str(self.port),
            "CONCORD_ODOO_URL": f"http://127.0.0.1:{odoo_port}",
            "CONCORD_ODOO_DB": "demo",
            "CONCORD_ODOO_USER": "concord",
            "CONCORD_ODOO_PASSWORD": ODOO_PASSWORD,
            **settings,
        }
        self._supervisor: subprocess.Popen[bytes] | None = None

    @cached_property
    def container(self) -> Container:
        """The same database and Odoo seen from the test."""
        return build(load_settings(self.environment))

    @property
    def supervisor_pid(self) -> int:
        """The supervisor's process id."""
        assert self._supervisor is not None
        return self._supervisor.pid

    def start(self) -> None:
        """Start, and wait until the web server answers and the sandbox listens."""
        passwords = self.folder / "odoo-passwords.json"
        passwords.write_text(json.dumps({"concord": ODOO_PASSWORD}))
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}
        with (self.folder / "supervisor.log").open("ab") as log:
            self._supervisor = subprocess.Popen(
                [sys.executable, *self.program],
                cwd=ROOT,
                env={**kept, **self.environment},
                stdout=log,
                stderr=log,
            )
        wait_until(self._answers, 60, "the web server answers")

    def stop(self) -> int:
        """Ask it to stop; the supervisor's exit status."""
        assert self._supervisor is not None
        self._supervisor.terminate()
        return self._supervisor.wait(timeout=60)

    def kill(self) -> None:
        """End the supervisor with -9, as the machine's memory killer would."""
        assert self._supervisor is not None
        self._supervisor.kill()
        self._supervisor.wait(timeout=10)

    def close(self) -> None:
        """Let go of what the test itself had open."""
        if "container" in self.__dict__:
            parts = self.__dict__.pop("container")
            parts.reader.close()
            parts.dispatcher.close()
            parts.engine.dispose()

    def client(self, name: str, *roles: UserRole) -> Client:
        """A new person with those roles, at the API."""
        parts = self.container
        create_user(
            uow=parts.uow,
            clock=parts.clock,
            actor=_OPERATOR,
            name=name,
            roles=frozenset(roles),
            password=uuid4().hex,
        )
        token = issue_token(uow=parts.uow, clock=parts.clock, actor=_OPERATOR, name=name)
        return Client(f"http://127.0.0.1:{self.port}", token)

    def pid_of(self, name: str) -> int | None:
        """The process id of a supervised process; None while it doesn't run."""
        for pid in children_of(self.supervisor_pid):
            if _SIGNS[name] in command_of(pid):
                return pid
        return None

    def kill_process(self, name: str) -> bool:
        """End a supervised process with -9; whether there was one."""
        pid = self.pid_of(name)
        if pid is None:
            return False
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def processes(self) -> list[str]:
        """The command lines of all processes that belong to this folder or descend from the supervisor."""
        return [command for pid in all_pids() if self._is_ours(pid) and (command := command_of(pid))]

    def _is_ours(self, pid: int) -> bool:
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            return False
        ours = str(self.folder).encode()
        return pid != os.getpid() and (ours in environment or str(self.folder) in command_of(pid) + _folder_of(pid))

    def _answers(self) -> bool:
        assert self._supervisor is not None
        assert self._supervisor.poll() is None, (self.folder / "supervisor.log").read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False


class Distributed(Stack):
    """``concord demo --distributed``, as a person starts it."""

    program = ("-m", "service", "demo", "--distributed")

    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder, **settings)
        # Its Odoo it brings along.
        self.environment = {"CONCORD_DATA_DIR": str(folder), "CONCORD_PORT": str(self.port), **settings}

    @property
    def data(self) -> Path:
        """The folder that it makes for itself."""
        return self.folder / "distributed"

    @cached_property
    def container(self) -> Container:
        """The same database and Odoo, as the addresses that it wrote down lead to them."""
        return build(load_settings({**self.environment, **self.addresses()}))

    def addresses(self) -> dict[str, str]:
        """What it wrote down for the command line."""
        words = shlex.split((self.data / "distributed.env").read_text())
        return dict(word.split("=", 1) for word in words if "=" in word)

    def credentials(self) -> Any:
        """The people and Odoo's administrator of the first start."""
        return json.loads((self.data / "demo-credentials.json").read_text())

    def person(self, role: UserRole) -> Client:
        """The demonstration's person of that role, at the API."""
        (token,) = [user["token"] for user in self.credentials()["users"] if user["roles"] == [role.value]]
        return Client(f"http://127.0.0.1:{self.port}", token)


@contextmanager
def running_stack(folder: Path, **settings: str) -> Iterator[Stack]:
    """A started installation, stopped at the end."""
    stack = Stack(folder, **settings)
    stack.start()
    try:
        yield stack
    finally:
        stack.stop()
        stack.close()


def free_ports(count: int) -> tuple[int, ...]:
    """Ports of the loopback address that nobody listens on now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return tuple(probe.getsockname()[1] for probe in probes)
    finally:
        for probe in probes:
            probe.close()


def wait_until(holds: Callable[[], object], seconds: float, what: str) -> None:
    """Look again and again until it holds; AssertionError saying what didn't happen."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def _folder_of(pid: int) -> str:
    """Where a process works; empty where it is gone."""
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink())
    except OSError:
        return ""


def all_pids() -> list[int]:
    """The ids of all processes."""
    return [int(place.name) for place in Path("/proc").iterdir() if place.name.isdigit()]


def children_of(pid: int) -> list[int]:
    """The ids of a process's children."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def command_of(pid: int) -> str:
    """A process's command line; empty where it is gone or a zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""
