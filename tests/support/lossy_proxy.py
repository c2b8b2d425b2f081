"""A proxy before the stand-in for Odoo that loses what it is told to lose, as a network does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

_CHUNK = 65536


class Loses(Enum):
    """What is lost of the call that it watches for: one that creates a bill, unless told otherwise."""

    NOTHING = "nothing"
    REQUEST = "request"  # it never reaches Odoo
    ANSWER = "answer"  # Odoo does it, nobody hears of it


@dataclass
class LossyProxy:
    """Forwards one exchange a connection to ``target_port``; counts the watched calls that reached it."""

    target_port: int
    loses: Loses = Loses.NOTHING
    creates: int = 0
    model: str = "account.move"
    method: str = "create"
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def serve(self) -> None:
        """Accept connections until closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._exchange, args=(client,), daemon=True).start()

    def close(self) -> None:
        """Stop accepting."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _exchange(self, client: socket.socket) -> None:
        with client:
            request = _whole_request(client)
            creates = all(f'"{name}"'.encode() in request for name in (self.model, self.method))
            if creates and self.loses is Loses.REQUEST:
                return
            self.creates += creates
            try:
                answer = _ask(self.target_port, request)
            except OSError:
                return  # Odoo is away: the client sees a connection that breaks off
            if not (creates and self.loses is Loses.ANSWER):
                client.sendall(answer)


def _ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as odoo:
        odoo.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
        return b"".join(iter(lambda: odoo.recv(_CHUNK), b""))


def _whole_request(client: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += client.recv(_CHUNK)
    head, _, body = received.partition(b"\r\n\r\n")
    lines = [line.partition(b":") for line in head.lower().split(b"\r\n")]
    length = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
    while len(body) < length:
        body += client.recv(_CHUNK)
    kept = b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:"))
    return kept + b"\r\n\r\n" + body


@contextmanager
def lossy_proxy(target_port: int) -> Iterator[LossyProxy]:
    """A running proxy that loses nothing yet."""
    proxy = LossyProxy(target_port)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(timeout=5)
