"""People: passwords are hashed, tokens are shown once, and only an admin makes either."""

from __future__ import annotations

import pytest

from service.domain.decisions import UserRole
from service.domain.errors import NotAllowedError, NotFoundError, UsageError
from service.ports import User
from service.usecases.people import (
    activate,
    actor_of,
    create_user,
    deactivate,
    issue_token,
    revoke_tokens,
    set_password,
    set_roles,
    verify_password,
    verify_token,
)
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


def events(parts: Parts, user: User) -> list[str]:
    with parts.uow.read() as tx:
        return [event.action for event in tx.audit.of_subject(f"user:{user.id}")]


def test_a_new_password_takes_the_place_of_the_old_one(parts: Parts) -> None:
    user = create(parts)
    set_password(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita", password=GOOD * 2)
    assert verify_password(uow=parts.uow, name="Rita", password=GOOD) is None
    assert verify_password(uow=parts.uow, name="Rita", password=GOOD * 2) is not None
    assert events(parts, user)[-1] == "set_password"


def test_roles_are_replaced_and_never_none(parts: Parts) -> None:
    user = create(parts)
    wanted = frozenset({UserRole.AUDITOR, UserRole.UPLOADER})
    set_roles(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita", roles=wanted)
    with parts.uow.read() as tx:
        changed = tx.users.get(user.id)
    assert changed is not None
    assert changed.roles == wanted
    with pytest.raises(UsageError, match="at least one role"):
        set_roles(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita", roles=frozenset())


def test_who_is_deactivated_gets_in_no_more_and_comes_back_without_tokens(parts: Parts) -> None:
    user = create(parts)
    token = issue_token(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita")
    deactivate(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita")
    assert verify_password(uow=parts.uow, name="Rita", password=GOOD) is None
    assert verify_token(uow=parts.uow, token=token) is None
    with pytest.raises(UsageError, match="activate"):
        issue_token(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita")
    activate(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita")
    assert verify_password(uow=parts.uow, name="Rita", password=GOOD) is not None
    assert verify_token(uow=parts.uow, token=token) is None
    assert events(parts, user)[-2:] == ["deactivate", "activate"]


def test_a_leaked_token_can_be_revoked(parts: Parts) -> None:
    user = create(parts)
    tokens = [issue_token(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita") for _ in range(2)]
    assert revoke_tokens(uow=parts.uow, clock=parts.clock, actor=ADMIN, name="Rita") == 2
    assert [verify_token(uow=parts.uow, token=token) for token in tokens] == [None, None]
    assert verify_password(uow=parts.uow, name="Rita", password=GOOD) == user


def test_nobody_changes_their_own_roles_or_account(parts: Parts) -> None:
    me = actor_of(create(parts, "Ada", GOOD, UserRole.ADMIN))
    deeds = {"uow": parts.uow, "clock": parts.clock, "actor": me, "name": "Ada"}
    with pytest.raises(NotAllowedError, match="their own"):
        set_roles(**deeds, roles=frozenset({UserRole.ADMIN, UserRole.APPROVER}))
    with pytest.raises(NotAllowedError, match="their own"):
        deactivate(**deeds)


def test_only_an_admin_changes_people(parts: Parts) -> None:
    create(parts)
    deeds = {"uow": parts.uow, "clock": parts.clock, "actor": APPROVER, "name": "Rita"}
    for deed, more in (
        (set_roles, {"roles": frozenset({UserRole.ADMIN})}),
        (set_password, {"password": GOOD}),
        (deactivate, {}),
        (activate, {}),
        (revoke_tokens, {}),
    ):
        with pytest.raises(NotAllowedError):
            deed(**deeds, **more)  # type: ignore[operator]
