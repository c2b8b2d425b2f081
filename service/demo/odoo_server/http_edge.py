"""The two addresses that clients use, as a WSGI application."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import IO, TYPE_CHECKING, cast

from service.demo.odoo_server.rpc import VERSION, Services
from service.demo.odoo_server.values import JsonValue, mapping_of

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

# Where Concord links to: a person who follows the link should learn why there is nothing to see.
_SCREENS = "/web"
_NO_SCREENS = (
    "<!doctype html><html lang=en><title>Sandbox</title><h1>This sandbox has no screens</h1>"
    "<p>It answers like Odoo to programs only. The record in the address is there: read it by odoorpc, with the "
    "credentials in demo-credentials.json. In a real Odoo this link opens the draft."
)
_JSON_TYPES = ("application/json", "application/json-rpc")
Answer = Callable[[Mapping[str, JsonValue]], dict[str, JsonValue]]


def application(services: Services) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """Serve the database."""
    routes: Mapping[str, Answer] = {
        "/jsonrpc": services.answer,
        "/web/webclient/version_info": lambda _params: {"result": dict(VERSION)},
    }

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == _SCREENS and environ["REQUEST_METHOD"] == "GET":
            return _html(start_response, "200 OK", _NO_SCREENS)
        answer = routes.get(path)
        if answer is None:
            return _html(start_response, "404 NOT FOUND", "The requested URL was not found on the server.")
        kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if environ["REQUEST_METHOD"] != "POST" or kind not in _JSON_TYPES:
            return _html(start_response, "400 BAD REQUEST", "The route wants a JSON body.")
        try:
            request = json.loads(_body(environ))
        except ValueError:
            return _html(start_response, "400 BAD REQUEST", "Invalid JSON data")
        if not isinstance(request, dict):
            return _html(start_response, "400 BAD REQUEST", "Invalid JSON-RPC data")
        head = {"jsonrpc": "2.0", "id": request.get("id")}
        return _json(start_response, head | answer(mapping_of(request.get("params"))))

    return app


def _body(environ: WSGIEnvironment) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return cast("IO[bytes]", environ["wsgi.input"]).read(length)


def _json(start_response: StartResponse, answer: Mapping[str, JsonValue]) -> Iterable[bytes]:
    body = json.dumps(answer, ensure_ascii=False).encode()
    start_response("200 OK", [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def _html(start_response: StartResponse, status: str, reason: str) -> Iterable[bytes]:
    body = reason.encode()
    start_response(status, [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
