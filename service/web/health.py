"""Whether the service lives, whether its parts answer, and its counters for Prometheus."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify, make_response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import text

from service.bootstrap import Container
from service.dispatch import CeleryDispatcher
from service.domain.errors import ConcordError
from service.web.context import container
from service.web.probes import OK, Probes, Question

blueprint = Blueprint("health", __name__)

_EXTENSION = "concord-probes"
_PATIENCE_S = 3.0  # seconds; what asks this page gives up after five or ten
_NOT_CONFIGURED = "not_configured"


@blueprint.get("/healthz")
def healthz() -> Response:
    """Alive: this process answers."""
    return jsonify({"status": OK})


@blueprint.get("/readyz")
def readyz() -> tuple[Response, HTTPStatus]:
    """Each part's state within seconds; 503 where one that is configured doesn't answer."""
    composition = container()
    connect, dispatcher = composition.odoo, composition.dispatcher
    questions: dict[str, Question] = {
        "database": lambda: _ask_database(composition),
        "broker": dispatcher.check,
        "worker": lambda: _ask_workers(dispatcher),
    }
    if connect is not None:
        questions["odoo"] = lambda: connect().version()
    states = _probes().states(questions, _PATIENCE_S)
    ready = all(state == OK for state in states.values())
    answer = jsonify({"status": OK if ready else "degraded", "odoo": _NOT_CONFIGURED, **states})
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


def _probes() -> Probes:
    """This application's, made at first use."""
    probes = current_app.extensions.setdefault(_EXTENSION, Probes())
    assert isinstance(probes, Probes)
    return probes


def _ask_database(composition: Container) -> None:
    with composition.engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _ask_workers(dispatcher: CeleryDispatcher) -> None:
    if not dispatcher.workers():
        raise ConcordError("No worker answers.")
