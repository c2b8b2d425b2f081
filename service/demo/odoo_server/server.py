"""Composes the stand-in: state on disk, people with passwords, the two addresses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.demo.odoo_server.credentials import PasswordChecker, set_password
from service.demo.odoo_server.environment import Environment
from service.demo.odoo_server.foundation import load_foundation
from service.demo.odoo_server.registry import build_models
from service.demo.odoo_server.rpc import Services
from service.demo.odoo_server.seed import (
    SYSTEM_USER_ID,
    load_people,
    load_rows,
    mark_installation,
    put_user,
)
from service.demo.odoo_server.store import Store
from service.demo.odoo_server.values import JsonValue

Rows = Mapping[str, Sequence[Mapping[str, JsonValue]]]


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """``passwords`` by login; people who are not in the database yet are made, with the rights of any employee."""

    state: Path
    database: str
    integration_login: str
    passwords: Mapping[str, str]


def open_services(options: ServerOptions, seed_rows: Callable[[], Rows]) -> Services:
    """The database on disk, filled by ``seed_rows`` where it is empty."""
    store, models = Store(options.state), build_models()
    now = _clock
    with store.transaction():
        env = Environment(store, models, SYSTEM_USER_ID, {}, now(), elevated=True)
        if store.is_empty():
            load_rows(env, seed_rows())
            load_foundation(env)
            if not store.rows("res.users"):
                load_people(env, options.integration_login)
                mark_installation(env)
        _let_in(env, options)
    return Services(options.database, store, models, now, PasswordChecker(), threading.RLock())


def _clock() -> datetime:
    return datetime.now(UTC)


def _let_in(env: Environment, options: ServerOptions) -> None:
    checker = PasswordChecker()
    for login, password in options.passwords.items():
        users = {user.text("login"): user for user in env.all("res.users")}
        if login not in users:
            number = env.store.next_number("res.users")
            put_user(env, number, login, login.capitalize(), ("base.group_user",))
            users[login] = env.record("res.users", number)
        if not checker.matches(users[login], password):
            set_password(users[login], password)
