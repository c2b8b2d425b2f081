"""Every route as every role and as nobody: the table decides, and what isn't in it is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from service.domain.decisions import UserRole
from service.domain.documents import Document
from service.web.access import ACCESS
from tests.functional_web.conftest import Person, Site, csrf_token
from tests.support.matched import fill_books, matched

REFUSED = {401, 403}
# Written by hand from the contract's Roles, so that a slip in the table is seen.
READS_ALL = {UserRole.REVIEWER, UserRole.APPROVER, UserRole.AUDITOR}
MEANT = {
    "api.upload": {UserRole.UPLOADER},
    "documents.upload": {UserRole.UPLOADER},
    "documents.upload_page": {UserRole.UPLOADER},
    "api.document": READS_ALL | {UserRole.UPLOADER},
    "review.page": READS_ALL | {UserRole.UPLOADER},
    "documents.file": READS_ALL | {UserRole.UPLOADER},
    "documents.page_image": READS_ALL | {UserRole.UPLOADER},
    "api.audit": READS_ALL,
    "review.audit": READS_ALL,
    "api.exception_list": READS_ALL,
    "api.correct": {UserRole.REVIEWER, UserRole.APPROVER},
    "review.correct": {UserRole.REVIEWER, UserRole.APPROVER},
    "api.decide": {UserRole.REVIEWER, UserRole.APPROVER},
    "review.decide": {UserRole.REVIEWER, UserRole.APPROVER},
    "api.resolve": {UserRole.REVIEWER, UserRole.APPROVER},
    "api.reprocess": {UserRole.REVIEWER, UserRole.APPROVER},
    "api.metrics_summary": READS_ALL | {UserRole.ADMIN},
    "admin.people": {UserRole.ADMIN},
    "admin.create_person": {UserRole.ADMIN},
    "admin.issue_token": {UserRole.ADMIN},
    "admin.jobs": {UserRole.ADMIN},
}


def calls(site: Site, document: Document) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address of every route."""
    values = {"document_id": document.id, "page": 1, "discrepancy_id": "x", "exception_id": "x", "name": "x"}
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint != "static":
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, address(rule, values)


def address(rule: Rule, values: dict[str, object]) -> str:
    found = rule.build({name: values[name] for name in rule.arguments})
    assert found is not None
    return found[1]


@pytest.fixture
def document(site: Site) -> Document:
    fill_books(site.parts)
    return matched(site.parts)


def test_every_route_is_in_the_table_and_nothing_else(site: Site) -> None:
    assert {rule.endpoint for rule in site.app.url_map.iter_rules()} == set(ACCESS)


def test_nobody_gets_past_the_public_routes(site: Site, document: Document) -> None:
    client = site.app.test_client()
    token = csrf_token(client)
    for endpoint, method, path in calls(site, document):
        answer = client.open(path, method=method, headers={"X-CSRFToken": token})
        if ACCESS[endpoint].is_public:
            assert answer.status_code not in REFUSED or endpoint == "auth.sign_in_submit", endpoint
        elif endpoint.startswith("api."):
            assert answer.status_code == 401, endpoint
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        else:
            assert answer.status_code == 302, endpoint
            assert answer.headers["Location"].startswith("/sign-in"), endpoint


@pytest.mark.parametrize("role", UserRole)
def test_a_role_gets_where_the_table_says_and_nowhere_else(
    site: Site, people: dict[UserRole, Person], document: Document, role: UserRole
) -> None:
    person = people[role]
    client = site.signed_in(person)
    home = "/people" if role is UserRole.ADMIN else "/documents"
    headers = person.bearer | {"X-CSRFToken": csrf_token(client, home)}
    for endpoint, method, path in sorted(calls(site, document), key=lambda call: call[0] == "auth.sign_out"):
        with client.open(path, method=method, headers=headers) as answer:
            status = answer.status_code
        admitted = ACCESS[endpoint].is_public or role in (ACCESS[endpoint].roles or ())
        assert (status != 403) == admitted, f"{role} {method} {endpoint}: {status}"


def test_the_table_says_what_the_contract_says() -> None:
    for endpoint, roles in MEANT.items():
        assert ACCESS[endpoint].roles == roles, endpoint


def test_an_uploader_sees_only_their_own(site: Site, people: dict[UserRole, Person], document: Document) -> None:
    uploader = people[UserRole.UPLOADER]
    client = site.app.test_client()
    for path in ("", "/file"):
        foreign = client.get(f"/api/v1/documents/{document.id}{path}", headers=uploader.bearer)
        assert foreign.status_code == 404
    assert client.get("/api/v1/documents", headers=uploader.bearer).json == {"documents": [], "cursor": None}
    page = site.signed_in(uploader)
    for path in ("", "/status", "/progress", "/file", "/pages/1"):
        assert page.get(f"/documents/{document.id}{path}").status_code == 404
    assert document.filename not in page.get("/documents").get_data(as_text=True)


def test_a_session_is_no_token_and_a_token_no_session(site: Site, people: dict[UserRole, Person]) -> None:
    auditor = people[UserRole.AUDITOR]
    assert site.signed_in(auditor).get("/api/v1/documents").status_code == 401
    assert site.app.test_client().get("/documents", headers=auditor.bearer).status_code == 302


def test_a_route_that_is_not_in_the_table_is_denied(site: Site, people: dict[UserRole, Person]) -> None:
    site.app.view_functions["forgotten"] = lambda: "secret"
    site.app.url_map.add(Rule("/forgotten", endpoint="forgotten"))
    assert site.signed_in(people[UserRole.ADMIN]).get("/forgotten").status_code == 403
