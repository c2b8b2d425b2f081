"""A run of guesses from everywhere is slowed down; who signed in from this browser before still gets in."""

from __future__ import annotations

from flask.testing import FlaskClient

from service.domain.decisions import UserRole
from service.usecases.people import _nobodys_hash, verify_password
from tests.functional_web.conftest import PASSWORD, Person, Site, csrf_token


def attempt(client: FlaskClient, at: int, **given: str) -> int:
    form = {"name": f"nobody-{at}", "password": "wrong", "csrf_token": csrf_token(client)}
    place = {"REMOTE_ADDR": f"198.51.{at}.7"}
    return client.post("/sign-in", data=form | given, environ_base=place).status_code


def test_known_browsers_get_in_while_others_guess_from_everywhere(site: Site, people: dict[UserRole, Person]) -> None:
    anna, otto = people[UserRole.APPROVER].name, people[UserRole.AUDITOR].name
    known, guesser = site.signed_in(people[UserRole.APPROVER]), site.app.test_client()
    assert {attempt(guesser, number) for number in range(60)} == {401}
    assert attempt(guesser, 61) == 429
    assert attempt(guesser, 62, name=otto, password=PASSWORD) == 429
    assert attempt(known, 63, name=otto, password=PASSWORD) == 429  # known as another's
    assert attempt(known, 64, name=anna, password=PASSWORD) == 302


def test_the_first_unknown_name_costs_no_more_hashes_than_a_known_one(
    site: Site, people: dict[UserRole, Person]
) -> None:
    _nobodys_hash.cache_clear()
    verify_password(uow=site.container.uow, name=people[UserRole.ADMIN].name, password="wrong")
    assert _nobodys_hash.cache_info().currsize == 1
