"""A file of several documents by the API and on the pages: what it shows, who may change its split, and how."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.domain.decisions import UserRole
from service.domain.documents import Document
from service.domain.ids import DocumentId
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus
from service.usecases.read_document import read_document
from tests.functional_web.conftest import Site, csrf_token
from tests.functional_web.test_api import Api
from tests.support.bundles import NEXT, NORD, SUED, bundle

THREE = bundle(NORD, SUED, NEXT)


class Desk:
    """A site to which an uploader sent a scan of three invoices, which was split and whose parts were read."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.uploader = Api(site, site.person(UserRole.UPLOADER))
        self.person = site.person(UserRole.REVIEWER)
        self.reviewer = Api(site, self.person)
        files = {"file": [(io.BytesIO(THREE), "scan.pdf")]}
        (received,) = self.uploader("POST", "/documents", data=files).json["documents"]
        self.id = DocumentId(received["id"])
        self.read(self.whole)
        for part in self.parts():
            self.read(self.document(part["id"]))

    @property
    def whole(self) -> Document:
        return self.document(self.id)

    def document(self, document_id: str) -> Document:
        with self.site.parts.uow.read() as tx:
            return tx.documents.get(DocumentId(document_id))

    def parts(self) -> Any:
        return self.reviewer.document(self.whole)["parts"]

    def read(self, document: Document) -> None:
        parts, reader = self.site.parts, self.site.container.reader
        job = parts.claim(document, Stage.READ)
        read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)

    def split(self, *beginnings: int, api: Api | None = None, version: int | None = None) -> Any:
        version = self.whole.version if version is None else version
        return (api or self.reviewer).change(self.whole, "split", version=version, beginnings=list(beginnings))

    def browser(self) -> FlaskClient:
        return self.site.signed_in(self.person)


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


def test_the_file_names_its_documents_and_each_names_the_file(desk: Desk) -> None:
    told = desk.reviewer.document(desk.whole)
    assert (told["status"], told["part_of"], told["page_from"], told["fields"]) == ("split", None, None, {})
    assert [(part["page_from"], part["page_to"], part["kind"]) for part in told["parts"]] == [
        (page, page, "supplier_invoice") for page in (1, 2, 3)
    ]
    second = desk.reviewer.document(desk.document(told["parts"][1]["id"]))
    assert (second["part_of"], second["page_from"], second["page_to"]) == (desk.id, 2, 2)
    assert (second["parts"], second["pages"]) == ([], 1)
    assert second["fields"]["invoice_number"]["value"] == "RG-77120"
    assert second["fields"]["invoice_number"]["page"] == 1


def test_a_parts_file_is_its_own_pages(desk: Desk) -> None:
    part = desk.parts()[1]
    with desk.uploader("GET", f"/documents/{part['id']}/file", "/documents/{document_id}/file") as answer:
        assert answer.data.startswith(b"%PDF")
        assert len(answer.data) < len(THREE)
        assert "scan, p. 2.pdf" in answer.headers["Content-Disposition"]


def test_who_uploaded_the_file_sees_its_parts(desk: Desk) -> None:
    listed = desk.uploader("GET", "/documents").json["documents"]
    assert {row["part_of"] for row in listed} == {None, desk.id}
    assert len(listed) == 4


def test_undoing_and_splitting_otherwise(desk: Desk) -> None:
    answer = desk.split()
    assert (answer.status_code, answer.json["status"]) == (202, "received")
    desk.read(desk.whole)
    told = desk.reviewer.document(desk.whole)
    assert (told["status"], told["parts"], told["pages"]) == ("extracted", [], 3)
    assert desk.split(3).status_code == 202
    desk.read(desk.whole)
    assert [(part["page_from"], part["page_to"]) for part in desk.parts()] == [(1, 2), (3, 3)]
    actions = [event["action"] for event in desk.reviewer.document(desk.whole)["timeline"]]
    assert actions.count("change_split") == 2


def test_what_is_refused(desk: Desk) -> None:
    assert desk.split(4).status_code == 422
    assert desk.split(1).status_code == 422
    assert desk.split(version=0).status_code == 409
    assert desk.split(2, 3).status_code == 409
    assert desk.split(api=desk.uploader).status_code == 403
    assert desk.reviewer.change(desk.whole, "reprocess").status_code == 409


def test_a_split_file_counts_for_no_touchless_rate(desk: Desk) -> None:
    told = desk.reviewer("GET", "/metrics/summary").json
    assert told["documents"]["split"] == 1
    assert sum(told["documents"].values()) == 4
    assert told["touchless_rate"] == 0


# --- the pages


def page(client: FlaskClient, document_id: str) -> str:
    return client.get(f"/documents/{document_id}").get_data(as_text=True)


def test_a_parts_page_says_which_it_is_and_leads_to_its_neighbours(desk: Desk) -> None:
    client, parts = desk.browser(), desk.parts()
    shown = page(client, parts[1]["id"])
    assert "Page 2</b> of" in shown
    assert "2nd of 3 documents" in shown
    assert "it bears another number" in shown
    for other in (desk.id, parts[0]["id"], parts[2]["id"]):
        assert f'href="/documents/{other}"' in shown
    assert "Undo the split" in shown
    assert "Join to the previous" in shown
    assert "Join to the previous" not in page(client, parts[0]["id"])


def test_the_files_page_lists_its_documents(desk: Desk) -> None:
    shown = page(desk.browser(), desk.id)
    assert "3 documents in this file" in shown
    assert all(f'href="/documents/{part["id"]}"' in shown for part in desk.parts())
    assert 'value="approve"' not in shown


def post(desk: Desk, client: FlaskClient, document_id: str, beginnings: str) -> str:
    token = csrf_token(client, f"/documents/{desk.id}")
    form = {"version": desk.whole.version, "beginnings": beginnings, "csrf_token": token}
    return client.post(f"/documents/{document_id}/split", data=form, follow_redirects=True).get_data(as_text=True)


def test_undo_by_the_form_of_a_part(desk: Desk) -> None:
    shown = post(desk, desk.browser(), desk.parts()[0]["id"], "")
    assert "The file is read as one document." in shown
    assert desk.whole.status is DocumentStatus.RECEIVED


def test_once_a_part_is_approved_nothing_offers_to_undo_and_it_is_refused(desk: Desk) -> None:
    client, part = desk.browser(), desk.document(desk.parts()[2]["id"])
    with desk.site.parts.uow.write() as tx:
        tx.documents.save(replace(part, status=DocumentStatus.APPROVED))
    assert "Undo the split" not in page(client, desk.id)
    assert "is approved already" in post(desk, client, desk.id, "")
    assert desk.whole.status is DocumentStatus.SPLIT


def test_a_withdrawn_part_says_so(desk: Desk) -> None:
    part = desk.parts()[1]["id"]
    desk.split()
    shown = page(desk.browser(), part)
    assert "This part was withdrawn" in shown
    assert "Reopen" not in shown
