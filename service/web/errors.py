"""Errors as answers: RFC 9457 problem details under /api, plain pages elsewhere."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from service.domain.errors import (
    ConcordError,
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    OdooRefusedError,
    OdooUnreachableError,
    StorageError,
    UnreadableDocumentError,
    UsageError,
    VersionConflictError,
)

log = logging.getLogger(__name__)
API_PREFIX = "/api/"

_STATUS: tuple[tuple[type[ConcordError], HTTPStatus], ...] = (  # the most special class first
    (NotFoundError, HTTPStatus.NOT_FOUND),
    (NotAllowedError, HTTPStatus.FORBIDDEN),
    (VersionConflictError, HTTPStatus.CONFLICT),
    (InvalidMoveError, HTTPStatus.CONFLICT),
    (UsageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UnreadableDocumentError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (OdooUnreachableError, HTTPStatus.SERVICE_UNAVAILABLE),
    (OdooRefusedError, HTTPStatus.BAD_GATEWAY),
    (StorageError, HTTPStatus.SERVICE_UNAVAILABLE),
)
_TITLES = {
    HTTPStatus.FORBIDDEN: ("You may not do this", "Your roles don't include it. An administrator can change them."),
    HTTPStatus.NOT_FOUND: ("Nothing here", "The address is wrong, or the document isn't yours to see."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("Too large", "The upload is larger than this installation accepts."),
    HTTPStatus.TOO_MANY_REQUESTS: ("Too many attempts", "Wait a minute, then try again."),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Something broke", "It was logged. Nothing that you entered before is lost."),
}


def status_of(error: ConcordError) -> HTTPStatus:
    """The HTTP status that an error of ours is answered with."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(status: HTTPStatus, detail: str, *, code: str, **more: object) -> Response:
    """An RFC 9457 problem; ``type`` names our error code, ``more`` adds members."""
    body = {
        "type": f"urn:concord:error:{code}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "code": code,
        "instance": request.path,
        **more,
    }
    response = jsonify(body)
    response.status_code = status.value
    response.mimetype = "application/problem+json"
    return response


def error_page(status: HTTPStatus, message: str = "") -> Response:
    """A plain page about an error."""
    title, fallback = _TITLES.get(status, (status.phrase, status.description))
    page = render_template("error.html", status=status.value, title=title, message=message or fallback)
    return make_response(page, status.value)


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(ConcordError, _concord_error)
    app.register_error_handler(ValidationError, _validation_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected_error)


def _wants_problem() -> bool:
    return request.path.startswith(API_PREFIX)


def _concord_error(error: ConcordError) -> Response:
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request failed", extra={"code": error.code, "path": request.path}, exc_info=error)
    if _wants_problem():
        advice = {"advice": error.advice} if error.advice else {}
        return problem(status, error.message, code=error.code, **advice)
    return error_page(status, error.message)


def _validation_error(error: ValidationError) -> Response:
    where = [{"pointer": "/".join(str(p) for p in e["loc"]), "detail": e["msg"]} for e in error.errors()]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The body doesn't fit.", code="USAGE", errors=where)


def _csrf_error(_: CSRFError) -> Response:
    return error_page(HTTPStatus.BAD_REQUEST, "The page was open for too long. Go back, reload it and try again.")


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if _wants_problem():
        answer = problem(status, error.description or status.description, code=status.name)
    else:
        answer = error_page(status)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "www-authenticate"}:
            answer.headers[name] = value
    return answer


def _unexpected_error(error: Exception) -> Response:
    log.error("request crashed", extra={"path": request.path}, exc_info=error)
    if _wants_problem():
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Unexpected error; it was logged.", code="INTERNAL")
    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR)
