"""Sessions, CSRF, headers, rate limits."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from flask.testing import FlaskClient

from service.domain.decisions import UserRole
from service.domain.ids import UserId
from service.usecases.people import deactivate, set_password, set_roles
from service.web.app import create_app
from tests.functional_web.conftest import PASSWORD, Person, Site, csrf_token
from tests.support.matched import fill_books, matched
from tests.support.parts import ADMIN

PAGES = ("/sign-in", "/documents", "/upload", "/people", "/jobs", "/nowhere")


def test_changes_need_the_csrf_token(site: Site, people: dict[UserRole, Person]) -> None:
    document = matched(site.parts)
    client = site.signed_in(people[UserRole.REVIEWER])
    form = {"version": document.version, "decision": "reject", "reason": "Not ours."}
    path = f"/documents/{document.id}/decision"
    assert client.post(path, data=form).status_code == 400
    assert site.parts.load(document).status == document.status
    token = csrf_token(client, "/documents")
    assert client.post(path, data=form | {"csrf_token": token}).status_code == 303
    assert site.parts.load(document).status == "rejected"


def test_the_token_may_come_in_a_header_and_only_of_the_same_session(
    site: Site, people: dict[UserRole, Person]
) -> None:
    mine, other = site.signed_in(people[UserRole.ADMIN]), site.signed_in(people[UserRole.ADMIN])
    token = csrf_token(mine, "/people")
    form = {"name": "Nina", "password": PASSWORD, "role": "auditor"}
    assert other.post("/people", data=form, headers={"X-CSRFToken": token}).status_code == 400
    assert mine.post("/people", data=form, headers={"X-CSRFToken": token}).status_code == 303


def test_every_answer_carries_the_strict_headers(visit: Callable[[UserRole], FlaskClient]) -> None:
    client = visit(UserRole.ADMIN)
    for path in PAGES:
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in headers["Cache-Control"]


def test_no_page_has_inline_scripts_or_styles(site: Site, people: dict[UserRole, Person]) -> None:
    fill_books(site.parts)
    document = matched(site.parts)
    everything = site.signed_in(site.person(*UserRole, name="all"))
    for path in (*PAGES, f"/documents/{document.id}", f"/documents/{document.id}/audit"):
        page = everything.get(path).get_data(as_text=True)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), path


def test_cookies_are_locked_down(site: Site) -> None:
    cookie = site.app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_cookies_are_secure_under_https(site: Site) -> None:
    settings = site.container.settings.model_copy(update={"base_url": "https://concord.example"})
    app = create_app(replace(site.container, settings=settings))
    assert "Secure" in app.test_client().get("/sign-in").headers["Set-Cookie"]


def test_sign_in_is_limited(site: Site, people: dict[UserRole, Person]) -> None:
    client = site.app.test_client()
    form = {"name": people[UserRole.ADMIN].name, "password": "wrong", "csrf_token": csrf_token(client)}
    answers = [client.post("/sign-in", data=form).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    right = client.post("/sign-in", data=form | {"password": PASSWORD})
    assert right.status_code == 429
    assert "Too many attempts" in right.get_data(as_text=True)


def test_slow_guessing_at_one_account_is_stopped_and_locks_nobody_out_elsewhere(
    site: Site, people: dict[UserRole, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = site.app.test_client()
    form = {"name": people[UserRole.ADMIN].name, "password": "wrong", "csrf_token": csrf_token(client)}

    def attempt(last: int, **given: str) -> int:
        at = {"REMOTE_ADDR": f"192.0.2.{last}"} if last < 256 else {"REMOTE_ADDR": "198.51.100.7"}
        return client.post("/sign-in", data=form | given, environ_base=at).status_code

    answers, begun = [], time.time()
    for number in range(31):
        if number % 10 == 0:  # as if minutes passed: the quick limit is another one
            monkeypatch.setattr(time, "time", partial(float, begun + 61 * (number // 10 + 1)))
        answers.append(attempt(number))
    assert answers == [401] * 30 + [429]
    assert attempt(40, password=PASSWORD) == 429
    assert attempt(40, name=people[UserRole.AUDITOR].name, password=PASSWORD) == 302
    client = site.app.test_client()
    form["csrf_token"] = csrf_token(client)
    assert attempt(999, password=PASSWORD) == 302


@pytest.mark.parametrize(
    ("change", "values"),
    [
        (set_password, {"password": "another long password"}),
        (set_roles, {"roles": frozenset({UserRole.REVIEWER, UserRole.AUDITOR})}),
        (deactivate, {}),
    ],
)
def test_a_new_password_other_roles_or_a_lock_end_old_sessions(
    site: Site, people: dict[UserRole, Person], change: Callable[..., None], values: dict[str, object]
) -> None:
    person = people[UserRole.REVIEWER]
    client = site.signed_in(person)
    assert client.get("/documents").status_code == 200
    change(uow=site.parts.uow, clock=site.parts.clock, actor=ADMIN, name=person.name, **values)
    assert client.get("/documents").status_code == 302


def test_a_copied_cookie_ends_with_its_session_and_no_other(site: Site, people: dict[UserRole, Person]) -> None:
    person = people[UserRole.REVIEWER]
    client, elsewhere, thief = site.signed_in(person), site.signed_in(person), site.app.test_client()
    cookie = client.get_cookie("concord_session")
    assert cookie is not None
    thief.set_cookie("concord_session", cookie.value)
    assert thief.get("/documents").status_code == 200
    client.post("/sign-out", data={"csrf_token": csrf_token(client, "/documents")})
    thief.set_cookie("concord_session", cookie.value)
    assert thief.get("/documents").status_code == 302
    assert elsewhere.get("/documents").status_code == 200


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(site: Site, people: dict[UserRole, Person]) -> None:
    client = site.signed_in(people[UserRole.REVIEWER])
    site.parts.clock.move(hours=11)
    assert client.get("/documents").status_code == 200
    site.parts.clock.move(hours=2)
    assert client.get("/documents").status_code == 302


def test_who_was_locked_out_has_no_session_and_no_token(site: Site, people: dict[UserRole, Person]) -> None:
    person = people[UserRole.REVIEWER]
    client = site.signed_in(person)
    with site.parts.uow.write() as tx:
        user = tx.users.get(UserId(person.id))
        assert user is not None
        tx.users.save(replace(user, active=False))
    assert client.get("/documents").status_code == 302
    assert client.get("/api/v1/documents", headers=person.bearer).status_code == 401


def test_signing_out_ends_the_session(visit: Callable[[UserRole], FlaskClient]) -> None:
    client = visit(UserRole.AUDITOR)
    client.post("/sign-out", data={"csrf_token": csrf_token(client, "/documents")})
    assert client.get("/documents").status_code == 302


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:1"]
)
def test_sign_in_leads_nowhere_else(site: Site, people: dict[UserRole, Person], address: str) -> None:
    client = site.app.test_client()
    form = {"name": people[UserRole.ADMIN].name, "password": PASSWORD, "next": address}
    answer = client.post("/sign-in", data=form | {"csrf_token": csrf_token(client)})
    assert answer.headers["Location"] == "/"


def test_sign_in_leads_back_to_the_wanted_page(site: Site, people: dict[UserRole, Person]) -> None:
    client = site.app.test_client()
    asked = client.get("/documents?status=failed").headers["Location"]
    assert asked == "/sign-in?next=/documents?status%3Dfailed"
    form = {"name": people[UserRole.AUDITOR].name, "password": PASSWORD, "next": "/documents?status=failed"}
    answer = client.post("/sign-in", data=form | {"csrf_token": csrf_token(client)})
    assert answer.headers["Location"] == "/documents?status=failed"


def multipart(*contents: bytes) -> dict[str, object]:
    """A body of files, whole in memory."""
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'
    body = b"".join(head + content + b"\r\n" for content in contents) + b"--edge--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}


def test_only_uploads_may_be_large(site: Site, people: dict[UserRole, Person]) -> None:
    client = site.app.test_client()
    assert client.post("/sign-in", **multipart(b"x" * 1_100_000)).status_code == 413  # type: ignore[arg-type]
    path, bearer = "/api/v1/documents/x/decision", people[UserRole.APPROVER].bearer
    body = b'{"reason": "' + b"x" * 1_100_000 + b'"}'
    answer = client.post(path, data=body, content_type="application/json", headers=bearer)
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    files = multipart(*(b"%PDF" + b"x" * 400_000 for _ in range(3)))
    uploader = people[UserRole.UPLOADER].bearer
    assert client.post("/api/v1/documents", headers=uploader, **files).status_code == 202  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("tab\tand\x00null.pdf", "tabandnull.pdf"),
        ("\u200b", "document"),
        ("Büro 7.pdf", "Büro 7.pdf"),
    ],
)
def test_a_file_name_is_one_that_can_be_seen(site: Site, people: dict[UserRole, Person], sent: str, kept: str) -> None:
    client, bearer = site.app.test_client(), people[UserRole.UPLOADER].bearer
    client.post("/api/v1/documents", data={"file": (io.BytesIO(b"%PDF x"), sent)}, headers=bearer)
    (row,) = client.get("/api/v1/documents", headers=bearer).json["documents"]
    assert row["filename"] == kept
