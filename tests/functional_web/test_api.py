"""The HTTP API of the contract over a real store: shapes, states, errors; every answer fits its description."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from service.domain.codes import Code, Severity
from service.domain.decisions import UserRole
from service.domain.documents import Document
from service.domain.lifecycle import DocumentStatus
from service.web import openapi
from tests.functional_web.conftest import Person, Site
from tests.functional_web.schema import complaints
from tests.support.matched import fill_books, matched
from tests.support.values import a_discrepancy

DESCRIPTION: Any = openapi.document()
PDF = b"%PDF-1.7 not really"


class Api:
    """Calls as one person; each answer is held against the description."""

    def __init__(self, site: Site, person: Person) -> None:
        self.client = site.app.test_client()
        self.person = person

    def __call__(self, method: str, path: str, template: str = "", **more: Any) -> TestResponse:
        headers = self.person.bearer | more.pop("headers", {})
        answer = self.client.open(f"/api/v1{path}", method=method, headers=headers, **more)
        described = DESCRIPTION["paths"][template or path][method.lower()]["responses"][str(answer.status_code)]
        (content_type,) = described["content"]
        if "json" in content_type:
            assert answer.mimetype == content_type
            assert not list(complaints(answer.json, described["content"][content_type]["schema"], DESCRIPTION))
        return answer

    def document(self, document: Document) -> Any:
        return self("GET", f"/documents/{document.id}", "/documents/{document_id}").json

    def change(self, document: Document, deed: str, method: str = "POST", **body: Any) -> TestResponse:
        path, template = f"/documents/{document.id}/{deed}", f"/documents/{{document_id}}/{deed}"
        return self(method, path, template, json=body)


@pytest.fixture
def uploader(site: Site) -> Api:
    return Api(site, site.person(UserRole.UPLOADER))


@pytest.fixture
def reviewer(site: Site) -> Api:
    return Api(site, site.person(UserRole.REVIEWER))


@pytest.fixture
def approver(site: Site) -> Api:
    return Api(site, site.person(UserRole.APPROVER))


def files(*contents: bytes) -> dict[str, Any]:
    return {"file": [(io.BytesIO(content), f"{place}.pdf") for place, content in enumerate(contents)]}


def test_an_upload_is_acknowledged_though_redis_is_away(uploader: Api) -> None:
    answer = uploader("POST", "/documents", data=files(b"%PDF one", b"%PDF two") | {"source_ref": "mail 7"})
    assert answer.status_code == 202
    first, second = answer.json["documents"]
    assert (first["status"], first["duplicate_of"], len(first["sha256"])) == ("received", None, 64)
    assert first["id"] != second["id"]
    listed = uploader("GET", "/documents").json["documents"]
    assert {row["id"] for row in listed} == {first["id"], second["id"]}
    assert {row["source_ref"] for row in listed} == {"mail 7"}


def test_the_same_bytes_give_a_duplicate_in_review(uploader: Api) -> None:
    (first,) = uploader("POST", "/documents", data=files(PDF)).json["documents"]
    (second,) = uploader("POST", "/documents", data=files(PDF)).json["documents"]
    assert (second["duplicate_of"], second["status"]) == (first["id"], "in_review")


def test_an_idempotency_key_remembers(uploader: Api) -> None:
    key = {"Idempotency-Key": "k-1"}
    once = uploader("POST", "/documents", data=files(PDF), headers=key).json
    assert uploader("POST", "/documents", data=files(PDF), headers=key).json == once
    other = uploader("POST", "/documents", data=files(b"%PDF other"), headers=key)
    assert (other.status_code, other.json["code"]) == (409, "VERSION_CONFLICT")


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 422), (files(PDF) | {"kind": "love_letter"}, 422)],
    ids=["no file", "unknown kind"],
)
def test_uploads_that_cannot_be_taken(uploader: Api, data: dict[str, Any], status: int) -> None:
    assert uploader("POST", "/documents", data=data).status_code == status
    assert uploader("GET", "/documents").json["documents"] == []


def test_a_file_over_the_limit_is_not_taken(uploader: Api) -> None:
    part = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="large.pdf"\r\n\r\n'
    body = part + b"x" * (1024 * 1024 + 1) + b"\r\n--edge--\r\n"
    answer = uploader("POST", "/documents", data=body, content_type="multipart/form-data; boundary=edge")
    assert (answer.status_code, answer.json["detail"]) == (413, "large.pdf is larger than 1 MB.")
    assert uploader("GET", "/documents").json["documents"] == []


def test_a_document_tells_everything(site: Site, reviewer: Api) -> None:
    fill_books(site.parts)
    document = matched(site.parts, a_discrepancy())
    told = reviewer.document(document)
    assert told["fields"]["grand_total"]["value"] == "1190.00"
    assert told["fields"]["grand_total"]["bbox"] == [0.12101, 0.10748, 0.23571, 0.11995]
    assert [entry["value"] for entry in told["fields"]["order_reference"]] == ["P00007", "2026-02-27"]
    assert told["fields"]["tax_breakdown"][0]["value"]["rate"] == "19"
    assert told["lines"][0]["quantity"]["value"] == "4.000"
    assert [match["role"] for match in told["matches"]] == ["vendor", "order"]
    assert told["line_matches"][0]["model"] == "purchase.order.line"
    (exception,) = told["exceptions"]
    assert (exception["code"], exception["difference"], exception["line"]) == ("PRICE_VARIANCE", "10.00", 1)
    assert exception["odoo_refs"] == [{"model": "purchase.order", "id": 7, "name": "P00007"}]
    assert told["books_as_of"] == "2026-03-01T12:00:00Z"
    assert [event["action"] for event in told["timeline"]] == ["receive"]


def test_a_document_is_not_sent_twice(site: Site, reviewer: Api) -> None:
    document = matched(site.parts)
    path = f"/api/v1/documents/{document.id}"
    first = reviewer.client.get(path, headers=reviewer.person.bearer)
    again = reviewer.client.get(path, headers=reviewer.person.bearer | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_file_comes_back_as_it_was_and_is_only_downloaded(site: Site, reviewer: Api) -> None:
    document = matched(site.parts, content=PDF)
    answer = reviewer("GET", f"/documents/{document.id}/file", "/documents/{document_id}/file")
    with answer:
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_correcting_raises_the_revision_and_matches_again(site: Site, reviewer: Api) -> None:
    document = matched(site.parts, a_discrepancy())
    body = {"fields": {"issue_date": "2026-01-31", "due_date": None}, "lines": [{"line": 1, "quantity": "3"}]}
    answer = reviewer.change(document, "fields", "PATCH", version=document.version, **body)
    assert (answer.status_code, answer.json["status"], answer.json["revision"]) == (200, "extracted", 2)
    told = reviewer.document(document)
    assert told["fields"]["issue_date"] | {"raw": ""} == {
        "value": "2026-01-31",
        "raw": "",
        "confidence": 1.0,
        "page": None,
        "bbox": None,
        "source": "human",
        "status": "corrected",
    }
    assert told["lines"][0]["quantity"]["value"] == "3"
    stale = reviewer.change(document, "fields", "PATCH", version=document.version, **body)
    assert (stale.status_code, stale.json["code"]) == (409, "VERSION_CONFLICT")


@pytest.mark.parametrize(
    "body",
    [
        {"fields": {"issue_date": "31.01.2026"}},
        {"fields": {"shoe_size": "44"}},
        {"lines": [{"line": 9, "quantity": "1"}]},
        {"lines": [{"line": 0, "quantity": "1"}]},
        {"fields": {}},
        {"unknown": 1},
    ],
)
def test_corrections_that_do_not_fit_are_refused(site: Site, reviewer: Api, body: dict[str, Any]) -> None:
    document = matched(site.parts)
    answer = reviewer.change(document, "fields", "PATCH", **{"version": document.version, **body})
    assert (answer.status_code, answer.json["code"]) == (422, "USAGE")
    assert site.parts.load(document) == document


def test_deciding_needs_the_role_and_the_reason(site: Site, reviewer: Api, approver: Api) -> None:
    fill_books(site.parts)
    document = matched(site.parts, a_discrepancy())
    asked = {"version": document.version, "decision": "approve"}
    assert reviewer.change(document, "decision", **asked).status_code == 403
    blocked = approver.change(document, "decision", **asked)
    assert (blocked.status_code, blocked.json["code"]) == (409, "INVALID_MOVE")
    assert "PRICE_VARIANCE" in blocked.json["detail"]
    approved = approver.change(document, "decision", **asked, reason="Agreed by phone.")
    assert (approved.json["status"], approved.json["write_status"]) == ("approved", "pending")
    (exception,) = approver.document(document)["exceptions"]
    assert (exception["status"], exception["resolution"], exception["reason"]) == (
        "dismissed",
        "overridden",
        "Agreed by phone.",
    )


def test_holding_rejecting_and_reopening(site: Site, reviewer: Api, approver: Api) -> None:
    document = matched(site.parts)
    held = reviewer.change(
        document, "decision", version=document.version, decision="hold", held_until="2026-03-05T00:00:00Z"
    ).json
    assert (held["status"], held["held_until"]) == ("in_review", "2026-03-05T00:00:00Z")
    rejected = reviewer.change(
        document, "decision", version=held["version"], decision="reject", reason="Not ours."
    ).json
    assert rejected["status"] == "rejected"
    again = approver.change(document, "decision", version=rejected["version"], decision="reopen").json
    assert again["status"] == "in_review"
    naive = {"version": again["version"], "decision": "hold", "held_until": "2026-03-05"}
    assert reviewer.change(document, "decision", **naive).status_code == 422


def test_a_warning_is_settled_and_a_blocking_one_needs_an_approver(site: Site, reviewer: Api, approver: Api) -> None:
    warning = a_discrepancy(Code.PO_MISSING, None, severity=Severity.WARNING)
    document = matched(site.parts, a_discrepancy(), warning)
    by_code = {entry["code"]: entry["id"] for entry in reviewer.document(document)["exceptions"]}

    def settle(api: Api, code: str, **body: str) -> TestResponse:
        path = f"/exceptions/{by_code[code]}/resolve"
        return api("POST", path, "/exceptions/{exception_id}/resolve", json=body)

    settled = settle(reviewer, "PO_MISSING", resolution="accepted").json
    assert (settled["status"], settled["resolved_by"]) == ("resolved", reviewer.person.id)
    assert settle(reviewer, "PRICE_VARIANCE", resolution="accepted", reason="x").status_code == 403
    assert settle(approver, "PRICE_VARIANCE", resolution="overridden").status_code == 422
    overridden = settle(approver, "PRICE_VARIANCE", resolution="overridden", reason="Agreed.").json
    assert overridden["status"] == "dismissed"
    assert settle(approver, "PRICE_VARIANCE", resolution="overridden", reason="Again.").status_code == 409


def test_lists_are_filtered_and_paged(site: Site, reviewer: Api) -> None:
    for place in range(3):
        matched(site.parts, a_discrepancy(), content=b"%PDF " + bytes([place]))
    matched(site.parts, status=DocumentStatus.RECONCILED, content=b"%PDF clean")
    first = reviewer("GET", "/documents", query_string={"status": "in_review", "limit": "2"}).json
    assert len(first["documents"]) == 2
    rest = reviewer(
        "GET", "/documents", query_string={"status": "in_review", "limit": "2", "cursor": first["cursor"]}
    ).json
    assert (len(rest["documents"]), rest["cursor"]) == (1, None)
    assert reviewer("GET", "/documents", query_string={"code": "PO_MISSING"}).json["documents"] == []
    found = reviewer("GET", "/exceptions", query_string={"code": "PRICE_VARIANCE", "status": "open"}).json
    assert len(found["exceptions"]) == 3
    assert reviewer("GET", "/documents", query_string={"limit": "0"}).status_code == 422


def test_reprocessing_and_the_audit_trail(site: Site, reviewer: Api) -> None:
    document = matched(site.parts)
    again = reviewer("POST", f"/documents/{document.id}/reprocess", "/documents/{document_id}/reprocess")
    assert (again.status_code, again.json["status"], again.json["revision"]) == (202, "received", 2)
    trail = reviewer("GET", f"/documents/{document.id}/audit", "/documents/{document_id}/audit").json["events"]
    assert [event["action"] for event in trail] == ["receive", "reprocess"]
    assert trail[1]["previous_hash"] == trail[0]["hash"]


def test_the_summary_counts(site: Site, reviewer: Api) -> None:
    matched(site.parts, a_discrepancy())
    told = reviewer("GET", "/metrics/summary").json
    assert (told["documents"]["in_review"], told["open_exceptions"]) == (1, {"PRICE_VARIANCE": 1})
    assert (told["touchless"], told["touchless_rate"]) == (0, 0.0)


def test_the_touchless_rate_is_of_all_documents(site: Site, reviewer: Api) -> None:
    assert reviewer("GET", "/metrics/summary").json["touchless_rate"] is None
    clean = matched(site.parts, status=DocumentStatus.RECONCILED, content=b"%PDF clean")
    matched(site.parts, a_discrepancy())
    site.parts.receive(b"%PDF new")
    with site.parts.uow.write() as tx:
        tx.documents.save(replace(clean, touchless=True))
    told = reviewer("GET", "/metrics/summary").json
    assert (told["touchless"], told["touchless_rate"]) == (1, 0.3333)


@pytest.mark.parametrize("path", ["/documents", "/exceptions"])
def test_a_filter_that_fits_nothing_ever_is_refused(reviewer: Api, path: str) -> None:
    for query in ("status=approvd", "severity=fatal"):
        answer = reviewer.client.get(f"/api/v1{path}?{query}", headers=reviewer.person.bearer)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json"), query
        assert "known are" in answer.json["detail"]


def test_errors_are_problem_details(site: Site, reviewer: Api) -> None:
    gone = reviewer("GET", "/documents/nothing", "/documents/{document_id}")
    assert gone.status_code == 404
    assert gone.json["type"] == "urn:concord:error:NOT_FOUND"
    client, bearer = reviewer.client, reviewer.person.bearer
    for path, method, status in (("/nowhere", "GET", 404), ("/documents", "DELETE", 405)):
        answer = client.open(f"/api/v1{path}", method=method, headers=bearer)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    document = matched(site.parts)
    path = f"/api/v1/documents/{document.id}/decision"
    for broken in ({"data": "{", "content_type": "application/json"}, {"data": "x"}):
        answer = client.post(path, headers=bearer, **broken)
        assert answer.mimetype == "application/problem+json"
        assert answer.status_code in (400, 415)


def test_a_crash_is_a_problem_without_its_reason(site: Site, reviewer: Api) -> None:
    site.app.testing = False
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    broken = replace(site.container, uow=None)  # type: ignore[arg-type]
    site.app.extensions["concord"] = broken
    answer = reviewer.client.get("/api/v1/documents", headers=reviewer.person.bearer)
    assert (answer.status_code, answer.json["code"]) == (500, "INTERNAL")
    assert "NoneType" not in answer.get_data(as_text=True)


def test_health(site: Site) -> None:
    client = site.app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json == {
        "status": "degraded",
        "database": "ok",
        "broker": "unreachable",
        "worker": "unreachable",
        "odoo": "not_configured",
    }
    matched(site.parts)
    assert 'concord_documents{status="in_review"} 1.0' in client.get("/metrics").get_data(as_text=True)


def test_a_document_is_read_again_as_what_a_person_says_that_it_is(site: Site, reviewer: Api) -> None:
    document = matched(site.parts)
    path, route = f"/documents/{document.id}/reprocess", "/documents/{document_id}/reprocess"
    assert reviewer("POST", path, route, json={"kind": "letter"}).status_code == 422
    assert reviewer("POST", path, route, json={"kind": "credit_note"}).status_code == 202
    assert site.parts.load(document).kind_hint == "credit_note"


def test_a_body_that_is_no_json_is_told_so(site: Site, reviewer: Api) -> None:
    document = matched(site.parts)
    path = f"/api/v1/documents/{document.id}/decision"
    answer = reviewer.client.post(path, data="{", content_type="application/json", headers=reviewer.person.bearer)
    assert (answer.status_code, answer.json["detail"]) == (400, "The body isn't JSON.")
