"""Exceptions that hang on records: in the API, in the work list and on their own page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from service.domain.decisions import UserRole
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.jobs import LEASES, Stage
from service.domain.policy import Policy
from service.domain.records import Bill, Payment, RecordRef
from service.ports import ExceptionFilter
from service.usecases.examine_books import examine_books
from tests.functional_web.conftest import Person, Site, csrf_token
from tests.functional_web.schema import complaints
from tests.support.matched import matched
from tests.support.values import NOON, a_discrepancy

Visit = Callable[[UserRole], FlaskClient]
BILL = Bill(
    ref=RecordRef("account.move", 31, "BILL/2025/12/0031"),
    is_refund=False,
    state="posted",
    partner_id=None,
    vendor_reference="RE-2025-31",
    payment_reference=None,
    origin=None,
    billed_on=date(2025, 12, 1),
    currency="EUR",
    net_amount=Decimal("1000.00"),
    total_amount=Decimal("1190.00"),
    payment_state="not_paid",
    company_id=1,
    order_line_ids=(),
    changed_at=NOON,
    due_on=date(2025, 12, 31),
    open_amount=Decimal("1190.00"),
)
PAID = replace(
    BILL, ref=RecordRef("account.move", 32, "BILL/2025/12/0032"), payment_state="paid", open_amount=Decimal(0)
)
PAYMENT = Payment(
    ref=RecordRef("account.payment", 8, "PBNK1/2026/00008"),
    is_outgoing=True,
    state="posted",
    partner_id=7,
    amount=Decimal("1190.00"),
    currency="EUR",
    paid_on=date(2026, 1, 10),
    reference="RE-2025-32",
    bill_ids=(32,),
    statement_line_ids=(),
    company_id=1,
    changed_at=NOON,
)
AGAIN = replace(PAYMENT, ref=RecordRef("account.payment", 9, "PBNK1/2026/00009"), paid_on=date(2026, 1, 20))


@pytest.fixture
def raised(site: Site) -> dict[str, RaisedDiscrepancy]:
    """A bill that nobody paid and another that was paid twice, beside a document with an exception."""
    matched(site.parts, a_discrepancy())
    site.parts.books.store([BILL, PAID, PAYMENT, AGAIN])
    examined(site)
    with site.parts.uow.read() as tx:
        found, _ = tx.discrepancies.search(ExceptionFilter(on_records=True), limit=10)
    return {entry.discrepancy.code.value: entry for entry in found}


def examined(site: Site) -> None:
    with site.parts.uow.write() as tx:
        now = site.parts.clock.now()
        job = tx.jobs.claim(tx.jobs.enqueue(Stage.EXAMINE, "books", 0, now).id, now, LEASES[Stage.EXAMINE])
    assert job is not None
    examine_books(uow=site.parts.uow, books=site.parts.books, clock=site.parts.clock, policy=Policy(), job=job)


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_the_api_tells_of_them_as_described(
    site: Site, people: dict[UserRole, Person], raised: dict[str, RaisedDiscrepancy]
) -> None:
    client, headers = site.app.test_client(), people[UserRole.AUDITOR].bearer
    described = client.get("/api/v1/openapi.json", headers=headers).json
    answer = client.get("/api/v1/exceptions", headers=headers).json
    schema = described["components"]["schemas"]["Exception"]
    for entry in answer["exceptions"]:
        assert not list(complaints(entry, schema, described))
    assert len(answer["exceptions"]) == 3
    missing = client.get("/api/v1/exceptions?code=PAYMENT_MISSING", headers=headers).json["exceptions"]
    assert [(e["document_id"], e["subject"]) for e in missing] == [
        (None, {"model": "account.move", "id": 31, "name": "BILL/2025/12/0031"})
    ]
    assert (
        missing[0]
        | {
            "money_at_risk": "1190.00",
            "currency": "EUR",
            "hold": "none",
            "owner_role": "reviewer",
            "status": "open",
        }
        == missing[0]
    )
    assert missing[0]["due_at"]
    assert missing[0]["releases_when"]
    assert client.get("/api/v1/exceptions?kind=receipt", headers=headers).json["exceptions"] == []
    summary = client.get("/api/v1/metrics/summary", headers=headers).json
    assert summary["open_exceptions"]["DUPLICATE_PAYMENT"] == 1


def test_one_is_settled_by_the_api_and_stays_so(
    site: Site, people: dict[UserRole, Person], raised: dict[str, RaisedDiscrepancy]
) -> None:
    path = f"/api/v1/exceptions/{raised['DUPLICATE_PAYMENT'].id}/resolve"
    client, body = site.app.test_client(), {"resolution": "overridden", "reason": "set off"}
    assert client.post(path, json=body, headers=people[UserRole.REVIEWER].bearer).status_code == 403
    answer = client.post(path, json=body, headers=people[UserRole.APPROVER].bearer)
    assert (answer.status_code, answer.json["status"], answer.json["reason"]) == (200, "dismissed", "set off")
    site.parts.clock.move(days=1)
    examined(site)
    assert client.post(path, json=body, headers=people[UserRole.APPROVER].bearer).status_code == 409


def test_they_are_a_tab_of_the_work_list_with_filters(
    site: Site, visit: Visit, raised: dict[str, RaisedDiscrepancy]
) -> None:
    client = visit(UserRole.REVIEWER)
    assert "In the books" in text(client, "/documents")
    page = text(client, "/exceptions")
    assert page.count("data-row") == 2
    for shown in ("BILL/2025/12/0031", "PBNK1/2026/00009", "Paid twice", "Overdue and unpaid", "1\u202f190.00"):
        assert shown in page
    assert text(client, "/exceptions?severity=blocking").count("data-row") == 1
    assert text(client, "/exceptions?code=PAYMENT_MISSING").count("data-row") == 1
    assert "Nothing fits" in text(client, "/exceptions?party=nobody")
    assert "Nothing fits" in text(client, "/exceptions?status=resolved")
    assert page.index("Paid twice</span>") < page.index("Overdue and unpaid</span>")  # the blocking one first
    for wrong in ("none", "0", "²", "9" * 30):
        assert client.get(f"/exceptions?page={wrong}").status_code == 422
    uploader = visit(UserRole.UPLOADER)
    assert "In the books" not in text(uploader, "/documents")
    assert uploader.get("/exceptions").status_code == 403


def test_the_list_goes_on_by_pages_the_most_money_first(site: Site, visit: Visit) -> None:
    site.parts.books.store(
        replace(BILL, ref=RecordRef("account.move", number, f"BILL/{number}"), open_amount=Decimal(number))
        for number in range(100, 152)
    )
    examined(site)
    client = visit(UserRole.AUDITOR)
    first = text(client, "/exceptions?code=PAYMENT_MISSING")
    assert first.count("data-row") == 50
    assert first.index("BILL/151<") < first.index("BILL/102<")
    assert "page=2" in first
    second = text(client, "/exceptions?code=PAYMENT_MISSING&page=2")
    assert second.count("data-row") == 2
    assert "page=3" not in second


def test_the_page_shows_figures_records_and_trail_and_settles(
    site: Site, visit: Visit, raised: dict[str, RaisedDiscrepancy]
) -> None:
    path = f"/exceptions/{raised['PAYMENT_MISSING'].id}"
    client = visit(UserRole.REVIEWER)
    page = text(client, path)
    for shown in ("Overdue and unpaid", "Bill of a vendor", "RE-2025-31", "2025-12-31", "Raise exception", "1190"):
        assert shown in page.replace("\u202f", "")
    form = {"resolution": "dismissed", "reason": "in dispute", "csrf_token": csrf_token(client, path)}
    answer = client.post(f"{path}/resolve", data=form, follow_redirects=True)
    after = answer.get_data(as_text=True)
    for shown in ("Settled.", "Dismissed", "in dispute", "Resolve exception", "by reviewer"):
        assert shown in after
    assert "settled already" in client.post(f"{path}/resolve", data=form, follow_redirects=True).get_data(as_text=True)
    assert text(client, "/exceptions?status=dismissed").count("data-row") == 1


def test_a_blocking_one_is_the_approvers(site: Site, visit: Visit, raised: dict[str, RaisedDiscrepancy]) -> None:
    path = f"/exceptions/{raised['DUPLICATE_PAYMENT'].id}"
    page = text(visit(UserRole.REVIEWER), path)
    assert "An approver settles this one" in page
    assert 'name="resolution"' not in page
    assert 'name="resolution"' in text(visit(UserRole.APPROVER), path)
    assert 'name="resolution"' not in text(visit(UserRole.AUDITOR), path)


def test_one_of_a_document_leads_to_the_document(site: Site, visit: Visit) -> None:
    document = matched(site.parts, a_discrepancy())
    with site.parts.uow.read() as tx:
        (entry,) = tx.discrepancies.of_document(document.id)
    client = visit(UserRole.AUDITOR)
    assert client.get(f"/exceptions/{entry.id}").headers["Location"].endswith(f"/documents/{document.id}")
    assert client.get("/exceptions/none").status_code == 404


@pytest.mark.usefixtures("raised")
def test_the_dashboard_counts_them_apart_from_those_of_documents(visit: Visit) -> None:
    client = visit(UserRole.AUDITOR)
    board = text(client, "/dashboard")
    assert not re.search(r'href="/documents[^"]*code=(DUPLICATE_PAYMENT|PAYMENT_MISSING)', board)
    bars = re.findall(r'href="(/exceptions[^"]*)">.*?<span class="chart-figure[^>]*>(\d+)<', board, re.DOTALL)
    assert {href for href, _ in bars} == {"/exceptions?code=PAYMENT_MISSING", "/exceptions?code=DUPLICATE_PAYMENT"}
    for href, count in bars:
        assert text(client, href).count("data-row") == int(count), href
