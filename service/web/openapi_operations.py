"""The operations of the API, one row each; what ``openapi`` makes a document of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from service.domain.codes import Code, Severity
from service.domain.documents import DocumentKind
from service.web.api_input import MOST_ROWS
from service.web.openapi_schemas import TEXT, array, closed, or_null, ref
from service.web.presenters import Json, JsonObject

JSON = "application/json"
_BINARY: JsonObject = {"type": "string", "contentMediaType": "application/octet-stream"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its answer's status and schema, its request body, its query and header parameters."""

    method: str
    path: str
    name: str
    summary: str
    answer: JsonObject
    status: HTTPStatus = HTTPStatus.OK
    answer_type: str = JSON
    body: JsonObject | None = None
    body_required: bool = True
    body_type: str = JSON
    parameters: tuple[JsonObject, ...] = ()
    problems: tuple[HTTPStatus, ...] = ()


def parameter(name: str, place: str, *, required: bool = False, schema: JsonObject = TEXT) -> JsonObject:
    """A parameter in a path, a query or the headers."""
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
    return tuple(parameter(name, "query", schema=schema) for name, schema in known.items())


def _upload_body() -> JsonObject:
    kinds: list[Json] = [kind.value for kind in DocumentKind]
    properties: JsonObject = {
        "file": array(_BINARY) | {"minItems": 1},
        "kind": {"type": "string", "enum": kinds},
        "source_ref": TEXT,
    }
    return closed(properties, optional=("kind", "source_ref"))


_MISSING, _CONFLICT, _UNFIT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
_CHANGING = (_MISSING, _CONFLICT, _UNFIT)
_HEAD = ref("DocumentHead")

OPERATIONS: tuple[Operation, ...] = (
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
        parameters=(parameter("Idempotency-Key", "header"),),
        problems=(_CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _UNFIT),
    ),
    Operation(
        "get",
        "/documents",
        "document_list",
        "Documents, newest first; uploaders see their own",
        closed({"documents": array(ref("DocumentSummary")), "cursor": or_null(TEXT)}),
        parameters=(*_list_parameters(), parameter("text", "query")),
        problems=(_UNFIT,),
    ),
    Operation("get", "/documents/{document_id}", "document", "One document", ref("Document"), problems=(_MISSING,)),
    Operation(
        "get",
        "/documents/{document_id}/file",
        "document_file",
        "The original file",
        _BINARY,
        answer_type="application/octet-stream",
        problems=(_MISSING,),
    ),
    Operation(
        "patch",
        "/documents/{document_id}/fields",
        "correct",
        "Correct values; the document is matched again",
        _HEAD,
        body=ref("CorrectionsBody"),
        problems=_CHANGING,
    ),
    Operation(
        "post",
        "/documents/{document_id}/decision",
        "decide",
        "Approve, reject, hold or reopen",
        _HEAD,
        body=ref("DecisionBody"),
        problems=_CHANGING,
    ),
    Operation(
        "post",
        "/documents/{document_id}/reprocess",
        "reprocess",
        "Read the file again",
        _HEAD,
        HTTPStatus.ACCEPTED,
        body=ref("ReprocessBody"),
        body_required=False,
        problems=_CHANGING,
    ),
    Operation(
        "post",
        "/documents/{document_id}/split",
        "split",
        "Say at which pages the documents of a file begin; at none, it is one document",
        _HEAD,
        HTTPStatus.ACCEPTED,
        body=ref("SplitBody"),
        problems=_CHANGING,
    ),
    Operation(
        "get",
        "/documents/{document_id}/audit",
        "audit",
        "The document's audit chain, oldest first",
        closed({"events": array(ref("AuditEvent"))}),
        problems=(_MISSING,),
    ),
    Operation(
        "get",
        "/exceptions",
        "exception_list",
        "Exceptions, newest first",
        closed({"exceptions": array(ref("Exception")), "cursor": or_null(TEXT)}),
        parameters=_list_parameters(),
        problems=(_UNFIT,),
    ),
    Operation(
        "post",
        "/exceptions/{exception_id}/resolve",
        "resolve",
        "Settle an exception",
        ref("Exception"),
        body=ref("ResolutionBody"),
        problems=_CHANGING,
    ),
    Operation("get", "/metrics/summary", "metrics_summary", "Counts", ref("MetricsSummary")),
)
