"""The API's OpenAPI 3.1 description."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

from service.web.openapi_operations import OPERATIONS, Operation, parameter
from service.web.openapi_schemas import ref, schemas
from service.web.presenters import Json, JsonObject


def document() -> JsonObject:
    """The whole description."""
    paths: dict[str, dict[str, Json]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation_json(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Concord",
            "version": _version(),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {path: dict(operations) for path, operations in paths.items()},
        "components": {
            "schemas": schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation_json(operation: Operation) -> JsonObject:
    in_path = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    parameters: list[Json] = [parameter(name, "path", required=True) for name in in_path]
    described: dict[str, Json] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*parameters, *operation.parameters],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        described["requestBody"] = {
            "required": operation.body_required,
            "content": {operation.body_type: {"schema": operation.body}},
        }
    return described


def _responses(operation: Operation) -> JsonObject:
    found: dict[str, Json] = {
        str(operation.status.value): {
            "description": operation.status.phrase,
            "content": {operation.answer_type: {"schema": operation.answer}},
        }
    }
    for status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, *operation.problems):
        found[str(status.value)] = {
            "description": status.phrase,
            "content": {"application/problem+json": {"schema": ref("Problem")}},
        }
    return found


def _version() -> str:
    try:
        return version("concord-odoo")
    except PackageNotFoundError:  # run from the tree
        return "0"
