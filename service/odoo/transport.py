"""One HTTP exchange with Odoo under a deadline for the whole of it, in the place where odoorpc takes an opener.

A socket's timeout is for one read, so a server that sends a byte a second would hold the caller for ever; here
every read gets what is left of the deadline. No proxies, no redirects, no cookies, a limit on the answer's size.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit
from urllib.request import Request

from service.domain.errors import ConfigurationError, OdooRefusedError, OdooUnreachableError

MAX_ANSWER_BYTES = 64 * 1024 * 1024
_CHUNK = 256 * 1024
_RETRYABLE_STATUSES = frozenset({408, 425, 429})


class NotSentError(OdooUnreachableError):
    """The connection failed before anything was sent: whatever was asked for did not happen."""

    code = "ODOO_NO_CONNECTION"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where Odoo listens, taken apart: odoorpc knows only host and port, so the path prefix is kept here."""

    host: str
    port: int
    secure: bool
    prefix: str

    @classmethod
    def from_url(cls, url: str) -> Endpoint:
        """From a base address such as ``https://example.org/odoo``; ConfigurationError where it is none."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in ("http", "https") or not parts.hostname or port == -1:
            raise ConfigurationError(
                "The address of Odoo must be an http or https address.", advice="For example https://odoo.example.org"
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ConfigurationError("The address of Odoo must not hold credentials, a query or a fragment.")
        secure = parts.scheme == "https"
        return cls(parts.hostname, port or (443 if secure else 80), secure, parts.path.rstrip("/"))


class _Deadline:
    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("deadline passed")
        return left


class _Reader(io.RawIOBase):
    """The receiving side of a socket; each read waits at most until the deadline."""

    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)


class _Wire:
    """What http.client needs of a socket. Closing it is left to the exchange, which still reads the answer."""

    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._deadline))

    def sendall(self, payload: bytes) -> None:
        view = memoryview(payload)
        while view:
            self._sock.settimeout(self._deadline.left())
            view = view[self._sock.send(view) :]

    def close(self) -> None:
        pass


class DeadlineOpener:
    """Opens odoorpc's requests: ``open(request, timeout)`` returns the answer's bytes as a file.

    ``timeout`` is the number of seconds for the whole exchange. Raises NotSentError where there is no connection,
    OdooUnreachableError where no usable answer came, OdooRefusedError where the address or request is refused.
    """

    def __init__(self, endpoint: Endpoint, ca_file: str | None, max_bytes: int = MAX_ANSWER_BYTES) -> None:
        self._endpoint = endpoint
        self._max_bytes = max_bytes
        self._tls = _tls_context(ca_file) if endpoint.secure else None
        self.server_time: datetime | None = None  # that the latest answer told

    def open(self, request: Request, timeout: float) -> io.BytesIO:
        """Send the request, read the whole answer."""
        deadline = _Deadline(timeout)
        sock = self._connect(deadline)
        try:
            return io.BytesIO(self._exchange(sock, request, deadline))
        except TimeoutError as error:
            raise OdooUnreachableError(f"Odoo did not answer within {timeout:g} seconds.") from error
        except (OSError, HTTPException) as error:
            raise OdooUnreachableError(f"The connection to Odoo broke off ({type(error).__name__}).") from error
        finally:
            sock.close()

    def _connect(self, deadline: _Deadline) -> socket.socket:
        where = f"{self._endpoint.host}:{self._endpoint.port}"
        try:
            sock = _first_connection(self._endpoint, deadline)
        except OSError as error:
            raise NotSentError(f"No connection to Odoo at {where} ({_reason(error)}).") from error
        if self._tls is None:
            return sock
        try:
            sock.settimeout(deadline.left())
            return self._tls.wrap_socket(sock, server_hostname=self._endpoint.host)
        except OSError as error:
            sock.close()
            raise NotSentError(f"No secure connection to Odoo at {where} ({_reason(error)}).") from error

    def _exchange(self, sock: socket.socket, request: Request, deadline: _Deadline) -> bytes:
        connection = HTTPConnection(self._endpoint.host, self._endpoint.port)
        connection.sock = _Wire(sock, deadline)
        body = request.data
        assert body is None or isinstance(body, bytes)
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        connection.request(request.get_method(), self._endpoint.prefix + request.selector, body, headers)
        response = connection.getresponse()
        self.server_time = _moment(response.getheader("Date", ""))
        _check_status(response)
        return self._read(response)

    def _read(self, response: HTTPResponse) -> bytes:
        content = bytearray()
        while chunk := response.read(_CHUNK):
            content += chunk
            if len(content) > self._max_bytes:
                raise OdooUnreachableError(f"Odoo's answer is larger than {self._max_bytes} bytes.")
        if response.length:  # read(n) doesn't complain where the connection was cut in the middle
            raise OdooUnreachableError("The connection to Odoo broke off in the middle of the answer.")
        return bytes(content)


def _first_connection(endpoint: Endpoint, deadline: _Deadline) -> socket.socket:
    failure: OSError = OSError("no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(deadline.left())
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


def _tls_context(ca_file: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(f"The certificate authority file {ca_file} can't be read.") from error


def _moment(told: str) -> datetime | None:
    try:
        return parsedate_to_datetime(told).astimezone(UTC)
    except ValueError:
        return None


def _check_status(response: HTTPResponse) -> None:
    status = response.status
    if status == 200:
        return
    if 300 <= status < 400:
        target = urlsplit(response.getheader("Location") or "")
        raise OdooRefusedError(
            f"Odoo's address redirects to {target.scheme or 'http'}://{target.netloc}{target.path}.",
            advice="Set the address of Odoo to the one it redirects to.",
            code="ODOO_REDIRECT",
        )
    if 400 <= status < 500 and status not in _RETRYABLE_STATUSES:
        raise OdooRefusedError(
            f"The server at Odoo's address answered HTTP {status}.",
            advice="Check the address of Odoo and its path.",
            code="ODOO_HTTP",
        )
    raise OdooUnreachableError(f"The server at Odoo's address answered HTTP {status}.")


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return error.strerror or str(error) or type(error).__name__
