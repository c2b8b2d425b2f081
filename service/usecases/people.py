"""People, their passwords (Argon2id) and their API tokens (random, stored as a digest)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from service.domain.audit import Detail
from service.domain.decisions import Actor, UserRole
from service.domain.errors import NotAllowedError, NotFoundError, UsageError
from service.domain.ids import UserId, new_id
from service.ports import Clock, Transaction, UnitOfWork, User
from service.usecases.advance import require_role

SHORTEST_PASSWORD = 12  # characters
SESSION_LIFETIME = timedelta(hours=12)
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
    _check_roles(roles)
    _check_password(password)
    user = User(UserId(new_id()), name, roles, _hasher.hash(password), clock.now())
    with uow.write() as tx:
        tx.users.add(user)
        detail = {"roles": ",".join(sorted(roles))}
        tx.audit.append(f"user:{user.id}", user.created_at, actor.id, "create_user", detail)
    return user


def set_password(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str, password: str) -> None:
    """Give that person a new password, which ends their sessions; UsageError where it is short."""
    require_role(actor, "set passwords", UserRole.ADMIN)
    _check_password(password)
    with uow.write() as tx:
        _change(tx, clock, actor, _known(tx, name), "set_password", password_hash=_hasher.hash(password))


def set_roles(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str, roles: frozenset[UserRole]) -> None:
    """Give that person just these roles; they sign in anew. Nobody changes their own: an administrator
    could make themselves an approver, or leave nobody to administer.
    """
    require_role(actor, "change roles", UserRole.ADMIN)
    _check_roles(roles)
    with uow.write() as tx:
        user = _other(tx, actor, name, "roles")
        _change(tx, clock, actor, user, "set_roles", {"roles": ",".join(sorted(roles))}, roles=roles)


def deactivate(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str) -> None:
    """Let that person in no more: sessions end, tokens are forgotten. What they did keeps their name."""
    require_role(actor, "deactivate people", UserRole.ADMIN)
    with uow.write() as tx:
        user = _other(tx, actor, name, "account")
        _change(tx, clock, actor, user, "deactivate", {"tokens": tx.users.drop_tokens(user.id)}, active=False)


def activate(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str) -> None:
    """Let that person in again, with the password and the roles that they had; tokens are issued anew."""
    require_role(actor, "activate people", UserRole.ADMIN)
    with uow.write() as tx:
        _change(tx, clock, actor, _other(tx, actor, name, "account"), "activate", active=True)


def revoke_tokens(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str) -> int:
    """Forget all API tokens of that person, because one leaked; how many there were."""
    require_role(actor, "revoke tokens", UserRole.ADMIN)
    with uow.write() as tx:
        user = _known(tx, name)
        count = tx.users.drop_tokens(user.id)
        tx.audit.append(f"user:{user.id}", clock.now(), actor.id, "revoke_tokens", {"tokens": count})
    return count


def issue_token(*, uow: UnitOfWork, clock: Clock, actor: Actor, name: str) -> str:
    """A new API token of that person, shown this once; NotFoundError where nobody has that name."""
    require_role(actor, "issue tokens", UserRole.ADMIN)
    token = f"concord_{secrets.token_urlsafe(32)}"
    with uow.write() as tx:
        user = _known(tx, name)
        if not user.active:
            raise UsageError(f"{user.name} may not sign in; activate the person first.")
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
    nobodys = _nobodys_hash()  # made at the first call, whoever is named in it
    stored = user.password_hash if user is not None and known else nobodys
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


def begin_session(*, uow: UnitOfWork, clock: Clock, user: User) -> str:
    """The id of a new session of that person, a secret that only their browser keeps. Old ones are forgotten."""
    session_id = secrets.token_urlsafe(32)
    now = clock.now()
    with uow.write() as tx:
        tx.users.drop_sessions_before(now - SESSION_LIFETIME)
        tx.users.add_session(user.id, _digest(session_id), now)
    return session_id


def session_holder(*, uow: UnitOfWork, clock: Clock, session_id: str) -> User | None:
    """The active person whose session that is, unless it was ended or is older than SESSION_LIFETIME."""
    with uow.read() as tx:
        return tx.users.by_session(_digest(session_id), clock.now() - SESSION_LIFETIME)


def end_session(*, uow: UnitOfWork, session_id: str) -> None:
    """End it, whoever holds a copy of its cookie."""
    with uow.write() as tx:
        tx.users.drop_session(_digest(session_id))


def verify_token(*, uow: UnitOfWork, token: str) -> User | None:
    """The active person whose token that is."""
    with uow.read() as tx:
        return tx.users.by_token(_digest(token))


def actor_of(user: User) -> Actor:
    """The person as use cases know them."""
    return Actor(user.id, user.name, user.roles)


def _known(tx: Transaction, name: str) -> User:
    user = tx.users.by_name(name)
    if user is None:
        raise NotFoundError(f"There is no user {name}.")
    return user


def _other(tx: Transaction, actor: Actor, name: str, what: str) -> User:
    user = _known(tx, name)
    if user.id == actor.id:
        raise NotAllowedError(f"Nobody changes their own {what}; another administrator can.")
    return user


def _change(
    tx: Transaction, clock: Clock, actor: Actor, user: User, action: str, detail: Detail | None = None, **values: Any
) -> None:
    tx.users.save(replace(user, **values))
    tx.users.drop_sessions(user.id)  # whatever changed, who holds a session proves anew who they are
    tx.audit.append(f"user:{user.id}", clock.now(), actor.id, action, detail or {})


def _check_roles(roles: frozenset[UserRole]) -> None:
    if not roles:
        raise UsageError("A person needs at least one role.")


def _check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(f"The password needs at least {SHORTEST_PASSWORD} characters.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
