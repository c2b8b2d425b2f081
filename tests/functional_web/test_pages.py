"""The pages as a browser without scripts gets and sends them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from service.domain.codes import Code, Severity
from service.domain.decisions import UserRole
from service.domain.documents import Document, Failure
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.usecases.read_document import fail_reading
from tests.functional_web.conftest import PASSWORD, Site, csrf_token
from tests.support.matched import fill_books, matched
from tests.support.values import a_discrepancy

Visit = Callable[[UserRole], FlaskClient]


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def send(client: FlaskClient, document: Document, deed: str, **form: object) -> str:
    """Post the form of a review page, and what the page says after it."""
    path = f"/documents/{document.id}"
    form = {"version": document.version, "csrf_token": csrf_token(client, path), **form}
    answer = client.post(f"{path}/{deed}", data=form, follow_redirects=True)
    assert answer.request.path == path
    return answer.get_data(as_text=True)


def test_upload_without_scripts(site: Site, visit: Visit) -> None:
    client = visit(UserRole.UPLOADER)
    form = {"file": [(io.BytesIO(b"%PDF a"), "a.pdf"), (io.BytesIO(b"%PDF b"), "b.pdf")]}
    answer = client.post("/upload", data=form | {"csrf_token": csrf_token(client, "/upload")}, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "a.pdf" in page
    assert "b.pdf" in page
    assert page.count('hx-trigger="every 1s"') == 2


def test_live_status_is_told_only_when_it_changed(site: Site, visit: Visit) -> None:
    client = visit(UserRole.REVIEWER)
    (document,) = site.parts.receive(b"%PDF x")
    path = f"/documents/{document.id}/status"
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    with site.parts.uow.write() as tx:
        tx.documents.save(replace(document, status=DocumentStatus.RECONCILED))
    settled = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert settled.status_code == 200
    assert "hx-get" not in settled.get_data(as_text=True)


def test_the_work_list_shows_what_matters_and_filters(site: Site, visit: Visit) -> None:
    matched(site.parts, a_discrepancy())
    matched(site.parts, status=DocumentStatus.RECONCILED, content=b"%PDF clean")
    client = visit(UserRole.AUDITOR)
    page = text(client, "/documents")
    for shown in ("Nordlicht Handels GmbH", "RE-2026/004", "2026-02-27", "1\u202f190.00", "Price differs", "To review"):
        assert shown in page
    assert page.count("data-row") == 1
    assert text(client, "/documents?status=").count("data-row") == 2
    assert "Nothing fits" in text(client, "/documents?status=&text=nobody")
    assert "Nothing to review" not in page


def test_the_work_list_pages(site: Site, visit: Visit) -> None:
    for place in range(51):
        site.parts.receive(b"%PDF " + str(place).encode())
    client = visit(UserRole.REVIEWER)
    first = text(client, "/documents?status=received")
    assert first.count("data-row") == 50
    older = first.partition('<div class="more"><a class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert text(client, older).count("data-row") == 1


def test_the_review_page_shows_both_figures_beside_the_order(site: Site, visit: Visit) -> None:
    fill_books(site.parts)
    document = matched(site.parts, a_discrepancy(field="unit_price"))
    page = text(visit(UserRole.APPROVER), f"/documents/{document.id}")
    for shown in ("Line 1 costs 250.00, the order says 240.00.", "0.01 or 1 %", "P00007", "+10.00", "at risk 40.00"):
        assert shown in page
    targets, _, place = page.partition('data-targets="')[2].partition('" ')
    assert {"field.invoice_number", "field.grand_total"} <= set(targets.split())
    assert place.startswith('x="0.12101" y="0.10748" width="0.1147" height="0.01247"')
    assert 'value="RE-2026/004"' in page
    assert "Override and approve" in page


@pytest.mark.parametrize(("role", "approve", "reject"), [
    (UserRole.UPLOADER, False, False),
    (UserRole.AUDITOR, False, False),
    (UserRole.REVIEWER, False, True),
    (UserRole.APPROVER, True, True),
])  # fmt: skip
def test_buttons_follow_the_roles(site: Site, visit: Visit, role: UserRole, approve: bool, reject: bool) -> None:
    document = matched(site.parts)
    client = visit(role)
    if role is UserRole.UPLOADER:
        with site.parts.uow.write() as tx:
            user = tx.users.by_name("uploader")
            assert user is not None
            tx.documents.save(replace(document, uploaded_by=user.id))
    page = text(client, f"/documents/{document.id}")
    assert ('value="approve"' in page) == approve
    assert ('value="reject"' in page) == reject
    assert ("Save corrections" in page) == reject
    assert ("readonly" in page) != reject


def test_correcting_sends_only_what_changed(site: Site, visit: Visit) -> None:
    document = matched(site.parts)
    client = visit(UserRole.REVIEWER)
    page = send(
        client,
        document,
        "fields",
        **{
            "field.invoice_number": "RE-2026/005",
            "field.seller_name": "Nordlicht Handels GmbH",
            "line.1.quantity": "5",
        },
    )
    assert "Corrected." in page
    assert 'value="RE-2026/005"' in page
    assert site.parts.load(document).revision == 2
    with site.parts.uow.read() as tx:
        (event,) = [e for e in tx.audit.of_subject(f"document:{document.id}") if e.action == "correct"]
    assert event.detail["fields"] == "invoice_number,lines[1].quantity"


def test_correcting_nothing_or_nonsense_says_so(site: Site, visit: Visit) -> None:
    document = matched(site.parts)
    client = visit(UserRole.REVIEWER)
    assert "Nothing was changed." in send(client, document, "fields", **{"field.invoice_number": "RE-2026/004"})
    assert "not a date" in send(client, document, "fields", **{"field.issue_date": "tomorrow"})
    assert "Somebody changed this document" in send(
        client, replace(document, version=1), "fields", **{"field.invoice_number": "X"}
    )
    assert site.parts.load(document) == document


def test_approving_shows_the_way_to_odoo(site: Site, visit: Visit) -> None:
    fill_books(site.parts)
    document = matched(site.parts)
    client = visit(UserRole.APPROVER)
    assert "What approval writes to Odoo" in text(client, f"/documents/{document.id}")
    page = send(client, document, "decision", decision="approve")
    assert "Writing the draft bill to Odoo" in page
    assert site.parts.load(document).write_status is WriteStatus.PENDING
    answer = client.get(f"/documents/{document.id}/progress?version={document.version}")
    assert answer.headers["HX-Refresh"] == "true"


def test_holding_and_rejecting(site: Site, visit: Visit) -> None:
    document = matched(site.parts)
    client = visit(UserRole.REVIEWER)
    page = send(client, document, "decision", decision="hold", held_until="2026-03-09")
    assert "on hold until 2026-03-09" in page
    page = send(client, site.parts.load(document), "decision", decision="reject", reason="")
    assert "needs a reason" in page
    send(client, site.parts.load(document), "decision", decision="reject", reason="Not ours.")
    assert site.parts.load(document).status is DocumentStatus.REJECTED


def test_settling_an_exception(site: Site, visit: Visit) -> None:
    warning = a_discrepancy(Code.PO_MISSING, None, severity=Severity.WARNING)
    document = matched(site.parts, warning)
    with site.parts.uow.read() as tx:
        (raised,) = tx.discrepancies.of_document(document.id)
    page = send(visit(UserRole.REVIEWER), document, f"exceptions/{raised.id}/resolve", resolution="dismissed")
    assert "1 settled" in page
    assert "by reviewer" in page


def test_a_failed_document_says_what_to_do(site: Site, visit: Visit) -> None:
    (document,) = site.parts.receive(b"nothing")
    failure = Failure("TRUNCATED", "The PDF ends too early; ask for it again.")
    with site.parts.uow.write() as tx:
        tx.documents.save(replace(document, status=DocumentStatus.FAILED, failure=failure))
    page = text(visit(UserRole.REVIEWER), f"/documents/{document.id}")
    assert "The PDF ends too early; ask for it again." in page
    assert "Read again" in page


def test_the_audit_page_checks_the_chain(site: Site, visit: Visit) -> None:
    document = matched(site.parts)
    page = text(visit(UserRole.AUDITOR), f"/documents/{document.id}/audit")
    assert "Chain is whole" in page
    assert "<b>Receive</b>" in page


def test_people_are_added_and_get_tokens(site: Site, visit: Visit) -> None:
    client = visit(UserRole.ADMIN)
    token = csrf_token(client, "/people")
    form = {"csrf_token": token, "name": "Nina", "password": PASSWORD, "role": ["reviewer", "uploader"]}
    assert "Nina can sign in now." in client.post("/people", data=form, follow_redirects=True).get_data(as_text=True)
    refused = client.post("/people", data=form | {"name": "Otto", "password": "short"})
    assert refused.status_code == 422
    assert 'value="Otto"' in refused.get_data(as_text=True)
    page = client.post("/people/Nina/token", data={"csrf_token": token}).get_data(as_text=True)
    made = page.partition('id="token">')[2].partition("<")[0]
    answer = site.app.test_client().get("/api/v1/documents", headers={"Authorization": f"Bearer {made}"})
    assert answer.status_code == 200
    assert made not in text(client, "/people")


def test_people_are_managed(site: Site, visit: Visit) -> None:
    nina = site.person(UserRole.REVIEWER, name="Nina a/b")
    session, client = site.signed_in(nina), visit(UserRole.ADMIN)
    token = csrf_token(client, "/people")

    def deed(what: str, **form: object) -> str:
        address = f"/people/Nina%20a/b/{what}"
        answer = client.post(address, data={"csrf_token": token, **form}, follow_redirects=True)
        assert answer.request.path == "/people"
        return answer.get_data(as_text=True)

    assert "has other roles now" in deed("roles", role=["auditor"])
    assert session.get("/upload").status_code == 302  # other roles end the session
    session = site.signed_in(nina)
    assert session.get("/upload").status_code == 403
    assert "at least one role" in deed("roles")
    assert "at least 12 characters" in deed("password", password="short")
    assert "has no API token any more" in deed("tokens/revoke")
    assert session.get("/api/v1/documents", headers=nina.bearer).status_code == 401
    assert "signs in with the new password" in deed("password", password="a new and long one")
    assert session.get("/documents").status_code == 302
    assert "inactive" in deed("deactivate")
    assert "can sign in again" in deed("activate")
    assert "their own" in client.post(
        "/people/admin/deactivate", data={"csrf_token": token}, follow_redirects=True
    ).get_data(as_text=True)


def test_a_failed_job_is_tried_again(site: Site, visit: Visit) -> None:
    (document,) = site.parts.receive(b"%PDF x")
    job = site.parts.claim(document, Stage.READ)
    with site.parts.uow.write() as tx:
        fail_reading(tx, job, Failure("READER_CRASHED", "Reading failed."), site.parts.clock.now())
        tx.jobs.give_up(job, "The process that did it ended.")
    client = visit(UserRole.ADMIN)
    assert "The process that did it ended." in text(client, "/jobs")
    form = {"csrf_token": csrf_token(client, "/jobs")}
    page = client.post(f"/jobs/{job.id}/retry", data=form, follow_redirects=True).get_data(as_text=True)
    assert "It is tried again." in page
    assert "No failed jobs" in page
    assert site.parts.load(document).status is DocumentStatus.RECEIVED


def test_what_agrees_is_approved_together(site: Site, visit: Visit) -> None:
    fill_books(site.parts)
    clean = [matched(site.parts, status=DocumentStatus.RECONCILED, content=f"%PDF {n}".encode()) for n in range(3)]
    client = visit(UserRole.APPROVER)
    page = text(client, "/documents?status=reconciled")
    boxes = re.findall(r'name="document" value="([^"]+)"', page)
    assert sorted(boxes) == sorted(f"{document.id}:{document.version}" for document in clean)
    form = {"csrf_token": csrf_token(client, "/documents"), "document": [*boxes[:2], f"{clean[0].id}:1"]}
    said = client.post("/documents/approve", data=form, follow_redirects=True).get_data(as_text=True)
    assert "2 documents approved" in said
    assert "was not approved" in said
    assert said.count("data-row") == 1
    nothing = client.post("/documents/approve", data=form | {"document": []}, follow_redirects=True)
    assert "No document was chosen." in nothing.get_data(as_text=True)


@pytest.mark.parametrize("role", [UserRole.REVIEWER, UserRole.AUDITOR])
def test_who_may_not_approve_sees_no_boxes(site: Site, visit: Visit, role: UserRole) -> None:
    matched(site.parts, status=DocumentStatus.RECONCILED)
    page = text(visit(role), "/documents?status=reconciled")
    assert page.count("data-row") == 1
    assert 'name="document"' not in page


def test_a_failed_document_says_what_to_do_next(site: Site, visit: Visit) -> None:
    (document,) = site.parts.receive(b"%PDF x")
    job = site.parts.claim(document, Stage.READ)
    with site.parts.uow.write() as tx:
        fail_reading(tx, job, Failure("TRUNCATED", "The PDF ends too early."), site.parts.clock.now())
    page = text(visit(UserRole.REVIEWER), f"/documents/{document.id}")
    assert page.count("Read again") == 1
    for offered in ("Upload a better copy", "Reject this copy"):
        assert offered in page
    seen = text(visit(UserRole.AUDITOR), f"/documents/{document.id}")
    for offered in ("Read again", "Upload a better copy", "Reject this copy"):
        assert offered not in seen


def test_plain_error_pages(site: Site, visit: Visit) -> None:
    client = visit(UserRole.AUDITOR)
    for path, status, title in (("/people", 403, "You may not do this"), ("/nowhere", 404, "Nothing here")):
        answer = client.get(path)
        assert answer.status_code == status
        assert title in answer.get_data(as_text=True)
