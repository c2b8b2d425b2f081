"""People: passwords are hashed, tokens are shown once, and only an admin makes either."""

from __future__ import annotations

import pytest

from service.domain.decisions import UserRole
from service.domain.errors import NotAllowedError, NotFoundError, UsageError
from service.ports import User
from service.usecases.people import actor_of, create_user, issue_token, verify_password, verify_token
from tests.support.parts import ADMIN, APPROVER, Parts

GOOD = "correct horse battery"


def create(parts: Parts, name: str = "Rita", password: str = GOOD, *roles: UserRole) -> User:
    return create_user(
        uow=parts.uow,
        clock=parts.clock,
        actor=ADMIN,
        name=name,
        roles=frozenset(roles or (UserRole.REVIEWER,)),
        password=password,
    )


def test_a_person_signs_in_by_name_and_password(parts: Parts) -> None:
    user = create(parts)
    assert GOOD not in repr(user)
    assert verify_password(uow=parts.uow, name="Rita", password=GOOD) == user
    assert verify_password(uow=parts.uow, name="Rita", password="wrong") is None
    assert verify_password(uow=parts.uow, name="Nobody", password=GOOD) is None
    assert actor_of(user).has(UserRole.REVIEWER)


def test_a_token_finds_its_person(parts: Parts) -> None:
    user = create(parts)
    token = issue_token(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita")
    assert verify_token(uow=parts.uow, token=token) == user
    assert verify_token(uow=parts.uow, token=token + "x") is None
    with parts.uow.read() as tx:
        events = tx.audit.of_subject(f"user:{user.id}")
    assert [event.action for event in events] == ["create_user", "issue_token"]
    assert token not in str(events)
    assert "Rita" not in str(events)


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [("", GOOD, "name"), ("x" * 81, GOOD, "name"), ("Rita", "short", "12 characters")],
)
def test_what_is_wrong_is_said(parts: Parts, name: str, password: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        create(parts, name, password)


def test_a_name_is_taken_once(parts: Parts) -> None:
    create(parts)
    with pytest.raises(UsageError):
        create(parts)


def test_only_an_admin_makes_people_and_tokens(parts: Parts) -> None:
    with pytest.raises(NotAllowedError):
        issue_token(uow=parts.uow, clock=parts.clock, actor=APPROVER, name="Rita")
    with pytest.raises(NotFoundError):
        issue_token(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Nobody")
