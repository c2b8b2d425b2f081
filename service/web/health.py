"""Whether the service lives, whether its parts answer, and its counters for Prometheus."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, make_response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.bootstrap import Container
from service.dispatch import CeleryDispatcher
from service.domain.errors import ConcordError
from service.web.context import container

blueprint = Blueprint("health", __name__)

_OK = "ok"
_NOT_CONFIGURED = "not_configured"


@blueprint.get("/healthz")
def healthz() -> Response:
    """Alive: this process answers."""
    return jsonify({"status": _OK})


@blueprint.get("/readyz")
def readyz() -> tuple[Response, HTTPStatus]:
    """Each part's state; 503 where one that is configured doesn't answer."""
    dispatcher = container().dispatcher
    parts = {
        "database": _state(lambda: _ask_database(container())),
        "broker": _state(dispatcher.check),
        "worker": _state(lambda: _ask_workers(dispatcher)),
        "odoo": _odoo_state(container()),
    }
    ready = all(state in (_OK, _NOT_CONFIGURED) for state in parts.values())
    answer = jsonify({"status": _OK if ready else "degraded", **parts})
    return answer, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE


@blueprint.get("/metrics")
def metrics() -> Response:
    """Documents by state, open exceptions by code and dead jobs, in Prometheus' text format."""
    with container().uow.read() as tx:
        documents, exceptions, dead = tx.documents.counts(), tx.discrepancies.open_by_code(), len(tx.jobs.dead())
    registry = CollectorRegistry()
    by_state = Gauge("concord_documents", "Documents by state.", ["status"], registry=registry)
    by_code = Gauge("concord_open_exceptions", "Open exceptions by code.", ["code"], registry=registry)
    Gauge("concord_dead_jobs", "Jobs that used up their attempts.", registry=registry).set(dead)
    for status, count in documents.items():
        by_state.labels(status).set(count)
    for code, count in exceptions.items():
        by_code.labels(code).set(count)
    response = make_response(generate_latest(registry))
    response.headers["Content-Type"] = CONTENT_TYPE_LATEST
    return response


def _state(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (ConcordError, SQLAlchemyError):
        return "unreachable"
    return _OK


def _ask_database(composition: Container) -> None:
    with composition.engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _ask_workers(dispatcher: CeleryDispatcher) -> None:
    if not dispatcher.workers():
        raise ConcordError("No worker answers.")


def _odoo_state(composition: Container) -> str:
    connect = composition.odoo
    return _NOT_CONFIGURED if connect is None else _state(lambda: connect().version())
