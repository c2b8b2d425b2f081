"""An uploader who sends what another sent before learns that it is here, not who sent it or under which name."""

from __future__ import annotations

import io
from typing import Any

from service.domain.decisions import UserRole
from tests.functional_web.conftest import Person, Site

PDF = b"%PDF the very same"


def upload(site: Site, person: Person, name: str) -> dict[str, Any]:
    data = {"file": [(io.BytesIO(PDF), name)]}
    answer = site.app.test_client().post("/api/v1/documents", data=data, headers=person.bearer)
    (document,) = answer.get_json()["documents"]
    assert isinstance(document, dict)
    return document


def told(site: Site, person: Person, path: str) -> str:
    answer = site.app.test_client().get(f"/api/v1{path}", headers=person.bearer)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_first_copy_of_another_is_named_nowhere(site: Site) -> None:
    one, two = site.person(UserRole.UPLOADER, name="One"), site.person(UserRole.UPLOADER, name="Two")
    first = upload(site, one, "salaries-of-the-board.pdf")
    copy = upload(site, two, "scan.pdf")
    assert (copy["duplicate_of"], copy["status"]) == (None, "in_review")
    page = site.signed_in(two).get(f"/documents/{copy['id']}").get_data(as_text=True)
    for said in (told(site, two, f"/documents/{copy['id']}"), told(site, two, "/documents"), page):
        assert first["id"] not in said
        assert "salaries" not in said
    assert "DUPLICATE_DOCUMENT" in told(site, two, f"/documents/{copy['id']}")


def test_the_own_first_copy_and_those_who_see_all_are_told(site: Site) -> None:
    one, reviewer = site.person(UserRole.UPLOADER), site.person(UserRole.REVIEWER)
    first, copy = upload(site, one, "mine.pdf"), upload(site, one, "again.pdf")
    assert copy["duplicate_of"] == first["id"]
    for person in (one, reviewer):
        said = told(site, person, f"/documents/{copy['id']}")
        assert first["id"] in said
        assert "mine.pdf" in said
