"""People, their passwords (Argon2id) and their API tokens (random, stored as a digest)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from service.domain.decisions import Actor, UserRole
from service.domain.errors import NotFoundError, UsageError
from service.domain.ids import UserId, new_id
from service.ports import Clock, UnitOfWork, User
from service.usecases.advance import require_role

SHORTEST_PASSWORD = 12  # characters
_LONGEST_NAME = 80  # characters
_hasher = PasswordHasher()


def create_user(
    *, uow: UnitOfWork, clock: Clock, actor: Actor, name: str, roles: frozenset[UserRole], password: str
) -> User:
    """A new person; UsageError where the name is taken or empty, the password short or no role is given."""
    require_role(actor, "create users", UserRole.ADMIN)
    name = name.strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise UsageError(f"A name has 1 to {_LONGEST_NAME} characters.")
    if not roles:
        raise UsageError("A person needs at least one role.")
    _check_password(password)
    user = User(UserId(new_id()), name, roles, _hasher.hash(password), clock.now())
    with uow.write() as tx:
        tx.users.add(user)
        detail = {"roles": ",".join(sorted(roles))}
        tx.audit.append(f"user:{user.id}", user.created_at, actor.id, "create_user", detail)
    return user


def set_password(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str, password: str) -> None:
    """Give that person a new password; NotFoundError where nobody has that name, UsageError where it is short."""
    require_role(actor, "set passwords", UserRole.ADMIN)
    _check_password(password)
    with uow.write() as tx:
        user = tx.users.by_name(name)
        if user is None:
            raise NotFoundError(f"There is no user {name}.")
        tx.users.save(replace(user, password_hash=_hasher.hash(password)))
        tx.audit.append(f"user:{user.id}", clock.now(), actor.id, "set_password", {})


def issue_token(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str) -> str:
    """A new API token of that person, shown this once; NotFoundError where nobody has that name."""
    require_role(actor, "issue tokens", UserRole.ADMIN)
    token = f"concord_{secrets.token_urlsafe(32)}"
    with uow.write() as tx:
        user = tx.users.by_name(name)
        if user is None or not user.active:
            raise NotFoundError(f"There is no user {name}.")
        now = clock.now()
        tx.users.add_token(user.id, _digest(token), now)
        detail = {"token": _digest(token)[:12]}
        tx.audit.append(f"user:{user.id}", now, actor.id, "issue_token", detail)
    return token


def verify_password(*, uow: UnitOfWork, name: str, password: str) -> User | None:
    """The active person of that name and password. Takes as long for an unknown name as for a known one."""
    with uow.read() as tx:
        user = tx.users.by_name(name.strip())
    known = user is not None and user.active
    stored = user.password_hash if user is not None and known else _nobodys_hash()
    try:
        _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    if user is None or not known:
        return None
    if _hasher.check_needs_rehash(stored):
        with uow.write() as tx:
            tx.users.save(replace(user, password_hash=_hasher.hash(password)))
    return user


def verify_token(*, uow: UnitOfWork, token: str) -> User | None:
    """The active person whose token that is."""
    with uow.read() as tx:
        return tx.users.by_token(_digest(token))


def actor_of(user: User) -> Actor:
    """The person as use cases know them."""
    return Actor(user.id, user.name, user.roles)


def _check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(f"The password needs at least {SHORTEST_PASSWORD} characters.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
