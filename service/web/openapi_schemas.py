"""The shapes of the API's answers and requests as JSON Schema, enumerations taken from the domain."""

from __future__ import annotations

from enum import Enum

from pydantic import BaseModel

from service.domain.codes import Code, HoldKind, Severity
from service.domain.discrepancies import ExceptionStatus
from service.domain.documents import DocumentKind
from service.domain.fields import FieldStatus, Source
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.domain.matching import Role
from service.web.api_input import CorrectionsBody, DecisionBody, ReprocessBody, ResolutionBody, SplitBody
from service.web.presenters import Json, JsonObject

TEXT: JsonObject = {"type": "string"}
WHOLE: JsonObject = {"type": "integer"}
NUMBER: JsonObject = {"type": "number"}
FLAG: JsonObject = {"type": "boolean"}
TIME: JsonObject = {"type": "string", "format": "date-time"}
DAY: JsonObject = {"type": "string", "format": "date"}
SHARE: JsonObject = {"type": "number", "minimum": 0, "maximum": 1}
DECIMAL: JsonObject = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
_EVENT: JsonObject = {"at": TIME, "actor": TEXT, "action": TEXT, "detail": {"type": "object"}}
_PROBLEM: JsonObject = {
    "type": "object",
    "properties": {"type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT, "code": TEXT, "instance": TEXT},
    "required": ["type", "title", "status", "detail", "code", "instance"],
}


def ref(name: str) -> JsonObject:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def schemas() -> JsonObject:
    """Every named schema."""
    return {
        **_answers(),
        **_matching(),
        **_exceptions(),
        **{kind.__name__: _of_model(kind) for kind in _BODIES},
    }


_BODIES: tuple[type[BaseModel], ...] = (CorrectionsBody, DecisionBody, ReprocessBody, ResolutionBody, SplitBody)


def closed(properties: JsonObject, optional: tuple[str, ...] = ()) -> JsonObject:
    """An object with exactly these members."""
    required: list[Json] = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def array(items: JsonObject) -> JsonObject:
    """A list of ``items``."""
    return {"type": "array", "items": items}


def by_name(values: JsonObject) -> JsonObject:
    """An object whose members have free names."""
    return {"type": "object", "additionalProperties": values}


def or_null(schema: JsonObject) -> JsonObject:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(kind: type[Enum]) -> JsonObject:
    return {"type": "string", "enum": [member.value for member in kind]}


def _of_model(kind: type[BaseModel]) -> JsonObject:
    """A request's schema, its own parts written in place so that every reference stays within the document."""
    schema: JsonObject = kind.model_json_schema(ref_template="#/$defs/{model}")
    parts = schema.pop("$defs", {})
    assert isinstance(parts, dict)
    inlined = _inline(schema, parts)
    assert isinstance(inlined, dict)
    return inlined


def _inline(node: Json, parts: JsonObject) -> Json:
    if isinstance(node, list):
        return [_inline(entry, parts) for entry in node]
    if not isinstance(node, dict):
        return node
    target = node.get("$ref")
    if isinstance(target, str) and target.startswith("#/$defs/"):
        return _inline(parts.get(target.removeprefix("#/$defs/"), {}), parts)
    return {name: _inline(entry, parts) for name, entry in node.items()}


def _receipt() -> JsonObject:
    return {"id": TEXT, "status": _one_of(DocumentStatus), "sha256": TEXT, "duplicate_of": or_null(TEXT)}


def _head() -> JsonObject:
    return _receipt() | {
        "kind": _one_of(DocumentKind),
        "kind_confidence": SHARE,
        "write_status": or_null(_one_of(WriteStatus)),
        "revision": WHOLE,
        "version": WHOLE,
        "filename": TEXT,
        "media_type": TEXT,
        "size": WHOLE,
        "source": TEXT,
        "source_ref": or_null(TEXT),
        "received_at": TIME,
        "waiting_reason": or_null(TEXT),
        "held_until": or_null(TIME),
        "touchless": FLAG,
        "part_of": or_null(TEXT),
        "page_from": or_null(WHOLE),
        "page_to": or_null(WHOLE),
        "failure": or_null(closed({"code": TEXT, "message": TEXT})),
    }


def _value() -> JsonObject:
    rows: tuple[JsonObject, ...] = (
        {"rate": DECIMAL, "category": TEXT, "taxable_amount": DECIMAL, "tax_amount": DECIMAL},
        {"percent": DECIMAL, "days": WHOLE, "due_date": DAY},
        {"reason": TEXT, "amount": DECIMAL, "rate": DECIMAL},
    )
    return closed(
        {
            "value": {"anyOf": [TEXT, FLAG, *(closed(row, optional=tuple(row)) for row in rows)]},
            "raw": TEXT,
            "confidence": SHARE,
            "page": or_null(WHOLE),
            "bbox": or_null({"type": "array", "items": SHARE, "minItems": 4, "maxItems": 4}),
            "source": _one_of(Source),
            "status": _one_of(FieldStatus),
        }
    )


def _summary() -> JsonObject:
    return closed(
        _head()
        | {
            "seller_name": or_null(TEXT),
            "customer_name": or_null(TEXT),
            "invoice_number": or_null(TEXT),
            "issue_date": or_null(DAY),
            "grand_total": or_null(DECIMAL),
            "currency": or_null(TEXT),
            "open_codes": array(_one_of(Code)),
        }
    )


def _document() -> JsonObject:
    return closed(
        _head()
        | {
            "pages": WHOLE,
            "fields": by_name({"anyOf": [ref("Value"), array(ref("Value"))]}),
            "lines": array(by_name(ref("Value"))),
            "matches": array(ref("Match")),
            "line_matches": array(ref("LineMatch")),
            "exceptions": array(ref("Exception")),
            "books_as_of": or_null(TIME),
            "bill": or_null(ref("Record")),
            "parts": array(
                closed(
                    {
                        "id": TEXT,
                        "status": _one_of(DocumentStatus),
                        "kind": _one_of(DocumentKind),
                        "page_from": WHOLE,
                        "page_to": WHOLE,
                    }
                )
            ),
            "timeline": array(closed(_EVENT)),
        }
    )


def _answers() -> JsonObject:
    return {
        "Value": _value(),
        "Receipt": closed(_receipt()),
        "DocumentHead": closed(_head()),
        "DocumentSummary": _summary(),
        "Document": _document(),
        "AuditEvent": closed({"sequence": WHOLE, **_EVENT, "previous_hash": TEXT, "hash": TEXT}),
        "MetricsSummary": closed(
            {
                "documents": by_name(WHOLE),
                "open_exceptions": by_name(WHOLE),
                "touchless": WHOLE,
                "touchless_rate": or_null(SHARE),
            }
        ),
        "Problem": _PROBLEM,
    }


def _matching() -> JsonObject:
    record: JsonObject = {"model": TEXT, "id": WHOLE, "name": TEXT}
    evidence = closed({"feature": TEXT, "document_value": or_null(TEXT), "odoo_value": or_null(TEXT), "weight": NUMBER})
    return {
        "Record": closed(record),
        "Evidence": evidence,
        "Match": closed(
            {"role": _one_of(Role), "chosen": FLAG, **record, "score": SHARE, "evidence": array(ref("Evidence"))}
        ),
        "LineMatch": closed(
            {"line": WHOLE, **record, "quantity": DECIMAL, "score": SHARE, "evidence": array(ref("Evidence"))}
        ),
    }


def _exceptions() -> JsonObject:
    return {
        "Exception": closed(
            {
                "id": TEXT,
                "document_id": or_null(TEXT),
                "code": _one_of(Code),
                "severity": _one_of(Severity),
                "status": _one_of(ExceptionStatus),
                "subject": {"anyOf": [closed({"document_id": TEXT}), ref("Record")]},
                "message": TEXT,
                "field": or_null(TEXT),
                "line": or_null(WHOLE),
                "expected": or_null(TEXT),
                "actual": or_null(TEXT),
                "difference": or_null(DECIMAL),
                "tolerance": or_null(TEXT),
                "odoo_refs": array(ref("Record")),
                "money_at_risk": or_null(DECIMAL),
                "currency": or_null(TEXT),
                "owner_role": TEXT,
                "assignee": or_null(TEXT),
                "due_at": or_null(TIME),
                "hold": _one_of(HoldKind),
                "releases_when": or_null(TEXT),
                "suggested_action": TEXT,
                "resolution": or_null(TEXT),
                "resolved_by": or_null(TEXT),
                "resolved_at": or_null(TIME),
                "reason": or_null(TEXT),
            }
        )
    }
