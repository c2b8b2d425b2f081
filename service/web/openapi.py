"""The API's OpenAPI 3.1 description: one row an operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

from service.domain.codes import Code, Severity
from service.domain.documents import DocumentKind
from service.web.api_input import MOST_ROWS
from service.web.openapi_schemas import TEXT, array, closed, ref, schemas
from service.web.presenters import Json, JsonObject

_JSON = "application/json"
_BINARY: JsonObject = {"type": "string", "contentMediaType": "application/octet-stream"}
_NULLABLE_TEXT: JsonObject = {"anyOf": [TEXT, {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its answer's status and schema, its request body, its query and header parameters."""

    method: str
    path: str
    name: str
    summary: str
    answer: JsonObject
    status: HTTPStatus = HTTPStatus.OK
    answer_type: str = _JSON
    body: JsonObject | None = None
    body_type: str = _JSON
    parameters: tuple[JsonObject, ...] = ()
    problems: tuple[HTTPStatus, ...] = ()


def document() -> JsonObject:
    """The whole description."""
    paths: dict[str, dict[str, Json]] = {}
    for operation in _operations():
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


def _operations() -> tuple[Operation, ...]:
    missing, conflict, unfit = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
    changing = (missing, conflict, unfit)
    head = ref("DocumentHead")
    return (
        Operation("get", "/openapi.json", "openapi", "This description", {"type": "object"}),
        Operation(
            "post",
            "/documents",
            "upload",
            "Send files; answered once they are stored durably",
            closed({"documents": array(ref("Receipt"))}),
            HTTPStatus.ACCEPTED,
            body=_upload_body(),
            body_type="multipart/form-data",
            parameters=(_parameter("Idempotency-Key", "header"),),
            problems=(conflict, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, unfit),
        ),
        Operation(
            "get",
            "/documents",
            "document_list",
            "Documents, newest first; uploaders see their own",
            closed({"documents": array(ref("DocumentSummary")), "cursor": _NULLABLE_TEXT}),
            parameters=(*_list_parameters(), _parameter("text", "query")),
            problems=(unfit,),
        ),
        Operation("get", "/documents/{document_id}", "document", "One document", ref("Document"), problems=(missing,)),
        Operation(
            "get",
            "/documents/{document_id}/file",
            "document_file",
            "The original file",
            _BINARY,
            answer_type="application/octet-stream",
            problems=(missing,),
        ),
        Operation(
            "patch",
            "/documents/{document_id}/fields",
            "correct",
            "Correct values; the document is matched again",
            head,
            body=ref("CorrectionsBody"),
            problems=changing,
        ),
        Operation(
            "post",
            "/documents/{document_id}/decision",
            "decide",
            "Approve, reject, hold or reopen",
            head,
            body=ref("DecisionBody"),
            problems=changing,
        ),
        Operation(
            "post",
            "/documents/{document_id}/reprocess",
            "reprocess",
            "Read the file again",
            head,
            HTTPStatus.ACCEPTED,
            problems=(missing, conflict),
        ),
        Operation(
            "get",
            "/documents/{document_id}/audit",
            "audit",
            "The document's audit chain, oldest first",
            closed({"events": array(ref("AuditEvent"))}),
            problems=(missing,),
        ),
        Operation(
            "get",
            "/exceptions",
            "exception_list",
            "Exceptions, newest first",
            closed({"exceptions": array(ref("Exception")), "cursor": _NULLABLE_TEXT}),
            parameters=_list_parameters(),
            problems=(unfit,),
        ),
        Operation(
            "post",
            "/exceptions/{exception_id}/resolve",
            "resolve",
            "Settle an exception",
            ref("Exception"),
            body=ref("ResolutionBody"),
            problems=changing,
        ),
        Operation("get", "/metrics/summary", "metrics_summary", "Counts", ref("MetricsSummary")),
    )


def _operation_json(operation: Operation) -> JsonObject:
    in_path = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    parameters: list[Json] = [_parameter(name, "path", required=True) for name in in_path]
    described: dict[str, Json] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*parameters, *operation.parameters],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {operation.body_type: {"schema": operation.body}}}
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


def _parameter(name: str, place: str, *, required: bool = False, schema: JsonObject = TEXT) -> JsonObject:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _list_parameters() -> tuple[JsonObject, ...]:
    known: Mapping[str, JsonObject] = {
        "status": TEXT,
        "code": {"type": "string", "enum": [code.value for code in Code]},
        "severity": {"type": "string", "enum": [severity.value for severity in Severity]},
        "kind": {"type": "string", "enum": [kind.value for kind in DocumentKind]},
        "vendor": TEXT,
        "assignee": TEXT,
        "cursor": TEXT,
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
    }
    return tuple(_parameter(name, "query", schema=schema) for name, schema in known.items())


def _upload_body() -> JsonObject:
    kinds: list[Json] = [kind.value for kind in DocumentKind]
    properties: JsonObject = {
        "file": array(_BINARY) | {"minItems": 1},
        "kind": {"type": "string", "enum": kinds},
        "source_ref": TEXT,
    }
    return closed(properties, optional=("kind", "source_ref"))


def _version() -> str:
    try:
        return version("concord-odoo")
    except PackageNotFoundError:  # run from the tree
        return "0"
