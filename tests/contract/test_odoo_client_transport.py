"""The real odoorpc over a real socket, against servers that misbehave."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest

from service.domain.drafts import BillDraft, BillLineDraft
from service.domain.errors import ConfigurationError, OdooAmbiguousError, OdooRefusedError, OdooUnreachableError
from service.domain.records import RecordKind, RecordRef
from service.odoo.rpc import OdooRpcClient, OdooSettings
from service.odoo.session import Session
from service.odoo.transport import DeadlineOpener, Endpoint, NotSentError

Answer = Callable[[socket.socket, str, dict[str, Any]], None]


class RawServer:
    """Accepts connections, reads one request of each and lets ``answer`` do what it likes with the socket."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.answer: Answer = odoo()
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        try:
            with self._context.wrap_socket(connection, server_side=True) if self._context else connection as sock:
                path, body = _read_request(sock)
                self.requests.append((path, body))
                self.answer(sock, path, body)
        except OSError:
            pass  # the client went away, as some tests mean it to


def _read_request(sock: socket.socket) -> tuple[str, dict[str, Any]]:
    with sock.makefile("rb") as stream:
        path = stream.readline().split()[1].decode()
        length = 0
        while (line := stream.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return path, json.loads(stream.read(length))


def send(sock: socket.socket, body: bytes, status: str = "200 OK", headers: str = "") -> None:
    sock.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)


def result(value: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "result": value}).encode()


def odoo(**methods: Answer) -> Answer:
    """Answers version, login and context like Odoo; ``methods`` are by the method's name."""

    def answer(sock: socket.socket, path: str, body: dict[str, Any]) -> None:
        if path.endswith("/web/webclient/version_info"):
            send(sock, result({"server_version": "17.0"}))
            return
        arguments = body["params"]["args"]
        method = body["params"]["method"] if body["params"]["service"] == "common" else arguments[4]
        if method in methods:
            methods[method](sock, path, body)
        else:
            send(sock, result({"login": 2, "context_get": {"lang": "de_DE"}, "search": [], "search_read": []}[method]))

    return answer


def drip(sock: socket.socket, _path: str, _body: dict[str, Any]) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        sock.sendall(b" ")
        time.sleep(0.05)


def drip_headers(sock: socket.socket, _path: str, _body: dict[str, Any]) -> None:
    for _ in range(100):
        sock.sendall(b"HTTP/1.1 200 OK"[:1])
        time.sleep(0.05)


def cut(sock: socket.socket, _path: str, _body: dict[str, Any]) -> None:
    sock.close()


def cut_in_the_middle(sock: socket.socket, _path: str, _body: dict[str, Any]) -> None:
    sock.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"jsonrpc": ')


def status(line: str, headers: str = "") -> Answer:
    return lambda sock, _path, _body: send(sock, b"<html>", line, headers)


def text(body: bytes) -> Answer:
    return lambda sock, _path, _body: send(sock, body)


@pytest.fixture
def server() -> Iterator[RawServer]:
    raw = RawServer()
    yield raw
    raw.close()


def settings(server: RawServer, **changes: Any) -> OdooSettings:
    values = {
        "url": f"http://127.0.0.1:{server.port}",
        "db": "demo",
        "user": "concord",
        "password": "hidden-word",
        "timeout_s": 0.6,
        "company_ids": (1,),
    }
    return OdooSettings(**{**values, **changes})


def search(client: OdooRpcClient) -> frozenset[int]:
    return client.existing_ids(RecordKind.PARTNER)


LINE = BillLineDraft("x", Decimal(1), Decimal(1), Decimal(0), None, None, None, ())
DRAFT = BillDraft("ab12", False, 1, 1, "EUR", "RE-1", None, date(2026, 1, 1), None, (), (LINE,))
CURRENCY = text(result([{"id": 1, "name": "EUR"}]))


@pytest.mark.parametrize("dripping", [drip, drip_headers])
def test_a_slow_drip_does_not_hold_beyond_the_deadline(server: RawServer, dripping: Answer) -> None:
    server.answer = odoo(search=dripping)
    client = OdooRpcClient(settings(server))
    client.version()
    started = time.monotonic()
    with pytest.raises(OdooUnreachableError, match=r"0\.6 seconds"):
        search(client)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    ("misbehaviour", "error", "code"),
    [
        (cut, OdooUnreachableError, "ODOO_UNREACHABLE"),
        (cut_in_the_middle, OdooUnreachableError, "ODOO_UNREACHABLE"),
        (status("500 Internal Server Error"), OdooUnreachableError, "ODOO_UNREACHABLE"),
        (status("502 Bad Gateway"), OdooUnreachableError, "ODOO_UNREACHABLE"),
        (status("429 Too Many Requests"), OdooUnreachableError, "ODOO_UNREACHABLE"),
        (status("404 Not Found"), OdooRefusedError, "ODOO_HTTP"),
        (status("302 Found", "Location: https://x.example/web?a=b\r\n"), OdooRefusedError, "ODOO_REDIRECT"),
        (text(b"<html>hello"), OdooUnreachableError, "ODOO_GARBAGE"),
        (text(b"\xff\xfe"), OdooUnreachableError, "ODOO_GARBAGE"),
        (text(b"[]"), OdooUnreachableError, "ODOO_GARBAGE"),
        (text(b'{"error": {}}'), OdooUnreachableError, "ODOO_GARBAGE"),
    ],
)
def test_reads_that_fail(server: RawServer, misbehaviour: Answer, error: type[Exception], code: str) -> None:
    server.answer = odoo(search=misbehaviour)
    with pytest.raises(error) as raised:
        search(OdooRpcClient(settings(server)))
    assert getattr(raised.value, "code", None) == code
    assert not isinstance(raised.value, OdooAmbiguousError)


@pytest.mark.parametrize("misbehaviour", [cut, cut_in_the_middle, drip, status("504 Gateway Timeout"), text(b"<html>")])
def test_a_create_without_an_answer_is_ambiguous(server: RawServer, misbehaviour: Answer) -> None:
    server.answer = odoo(search_read=CURRENCY, create=misbehaviour)
    with pytest.raises(OdooAmbiguousError):
        OdooRpcClient(settings(server)).create_bill(DRAFT)


def test_a_create_that_was_redirected_or_refused_is_not_ambiguous(server: RawServer) -> None:
    for line in ("301 Moved Permanently", "413 Payload Too Large"):
        server.answer = odoo(search_read=CURRENCY, create=status(line))
        with pytest.raises(OdooRefusedError):
            OdooRpcClient(settings(server)).create_bill(DRAFT)


def test_a_create_that_could_not_be_sent_is_not_ambiguous(server: RawServer) -> None:
    server.answer = odoo(search_read=CURRENCY)
    session = Session(settings(server))
    session.search("res.partner", [])
    server.close()
    time.sleep(0.05)
    values = {"move_type": "in_invoice", "partner_id": 1}
    with pytest.raises(NotSentError):
        session.create("account.move", values, company_id=1)


def test_a_create_is_done_though_its_name_cannot_be_read(server: RawServer) -> None:
    answers = iter([CURRENCY, cut])
    server.answer = odoo(search_read=lambda *asked: next(answers)(*asked), create=text(result(55)))
    assert OdooRpcClient(settings(server)).create_bill(DRAFT) == RecordRef("account.move", 55, "Draft 55")


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = OdooRpcClient(OdooSettings(f"http://127.0.0.1:{port}", "demo", "u", "p", 1.0))
    with pytest.raises(OdooUnreachableError, match="No connection"):
        client.version()


def test_wrong_credentials_are_not_tried_again(server: RawServer) -> None:
    server.answer = odoo(login=text(result(False)))
    client = OdooRpcClient(settings(server))
    for _ in range(3):
        with pytest.raises(OdooRefusedError) as raised:
            search(client)
        assert raised.value.code == "ODOO_LOGIN"
    logins = [body for _, body in server.requests if body["params"].get("method") == "login"]
    assert len(logins) == 1


def test_every_call_names_language_companies_and_fields(server: RawServer) -> None:
    server.answer = odoo()
    client = OdooRpcClient(settings(server, company_ids=(3, 4)))
    assert list(client.changed(RecordKind.PARTNER, None)) == []
    arguments = server.requests[-1][1]["params"]["args"]
    assert arguments[:5] == ["demo", 2, "hidden-word", "res.partner", "search_read"]
    assert arguments[6]["context"] == {"lang": "en_US", "allowed_company_ids": [3, 4], "active_test": False}
    assert "write_date" in arguments[6]["fields"]


def test_companies_are_the_users_where_none_are_set(server: RawServer) -> None:
    server.answer = odoo(search_read=text(result([{"id": 2, "company_ids": [5, 1]}])))
    assert Session(settings(server, company_ids=())).companies() == (1, 5)


def test_the_path_of_the_address_is_kept(server: RawServer) -> None:
    client = OdooRpcClient(settings(server, url=f"http://127.0.0.1:{server.port}/behind/proxy/"))
    assert client.version() == "17.0"
    search(client)
    assert [path for path, _ in server.requests][:2] == [
        "/behind/proxy/web/webclient/version_info",
        "/behind/proxy/jsonrpc",
    ]


def test_an_answer_that_is_too_large(server: RawServer) -> None:
    server.answer = text(b"x" * 5000)
    endpoint = Endpoint.from_url(f"http://127.0.0.1:{server.port}")
    opener = DeadlineOpener(endpoint, None, max_bytes=1000)
    with pytest.raises(OdooUnreachableError, match="larger than 1000 bytes"):
        opener.open(Request(f"http://127.0.0.1:{server.port}/jsonrpc", data=b"{}"), 1.0)


def test_the_password_is_neither_logged_nor_shown(server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        search(OdooRpcClient(settings(server)))
    assert "hidden-word" not in caplog.text
    assert "hidden-word" not in repr(settings(server))


def test_each_thread_signs_in_for_itself(server: RawServer) -> None:
    client = OdooRpcClient(settings(server))
    search(client)
    thread = threading.Thread(target=search, args=(client,))
    thread.start()
    thread.join()
    logins = [body for _, body in server.requests if body["params"].get("method") == "login"]
    assert len(logins) == 2


@pytest.mark.parametrize(
    "url", ["", "odoo.example", "ftp://x", "http://", "http://x:port", "http://u:p@x", "http://x/?db=1"]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(ConfigurationError):
        OdooRpcClient(OdooSettings(url, "demo", "u", "p"))


def test_own_certificate_authority(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    extra = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *extra], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = RawServer(context)
    url = f"https://127.0.0.1:{server.port}"
    try:
        trusted = OdooRpcClient(settings(server, url=url, timeout_s=5.0, ca_file=str(certificate)))
        assert trusted.version() == "17.0"
        with pytest.raises(NotSentError, match="certificate"):
            OdooRpcClient(settings(server, url=url, timeout_s=5.0)).version()
    finally:
        server.close()
    with pytest.raises(ConfigurationError):
        OdooRpcClient(settings(server, url=url, ca_file=str(tmp_path / "missing.pem")))
