"""The web application over a real store, with a person of every role; Redis is away and no Odoo is configured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from service.bootstrap import Container, build
from service.config import load_settings
from service.domain.decisions import Actor, UserRole
from service.usecases.people import create_user, issue_token
from service.web.app import create_app
from service.web.security import limiter
from tests.support.parts import Parts, parts_in

PASSWORD = "correct horse battery"
_OPERATOR = Actor("tests", "tests", frozenset({UserRole.ADMIN}))


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in, and their token."""

    id: str
    name: str
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        """The header of the API."""
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class Site:
    """The application and what it runs on."""

    app: Flask
    container: Container
    parts: Parts

    def person(self, *roles: UserRole, name: str = "") -> Person:
        """A new person with those roles."""
        known = {"uow": self.container.uow, "clock": self.container.clock, "actor": _OPERATOR}
        name = name or "-".join(roles)
        user = create_user(**known, name=name, roles=frozenset(roles), password=PASSWORD)
        return Person(user.id, name, issue_token(**known, name=name))

    def signed_in(self, person: Person) -> FlaskClient:
        """A browser in which the person signed in."""
        client = self.app.test_client()
        form = {"name": person.name, "password": PASSWORD, "csrf_token": csrf_token(client)}
        assert client.post("/sign-in", data=form).status_code == 302
        return client


def csrf_token(client: FlaskClient, path: str = "/sign-in") -> str:
    """The token that a page of the client's session carries."""
    page = client.get(path).get_data(as_text=True)
    return page.partition('name="csrf-token" content="')[2].partition('"')[0]


@pytest.fixture
def site(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Site]:
    """A site of its own."""
    parts = parts_in(tmp_path, migrated_sqlite)
    settings = load_settings({"CONCORD_DATA_DIR": str(tmp_path), "CONCORD_MAX_UPLOAD_MB": "1"})
    settings = settings.model_copy(update={"secret_key": SecretStr("of the tests")})
    container = replace(build(settings), engine=parts.engine, uow=parts.uow, blobs=parts.blobs, books=parts.books)
    container = replace(container, clock=parts.clock)
    app = create_app(container)
    app.testing = True
    limiter.reset()
    yield Site(app, container, parts)
    container.reader.close()
    container.dispatcher.close()
    parts.engine.dispose()


@pytest.fixture
def people(site: Site) -> dict[UserRole, Person]:
    """One person a role."""
    return {role: site.person(role) for role in UserRole}


@pytest.fixture
def visit(site: Site, people: dict[UserRole, Person]) -> Callable[[UserRole], FlaskClient]:
    """A browser of the person with that one role."""
    return lambda role: site.signed_in(people[role])
