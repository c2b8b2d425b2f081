"""Pages without scripts tell the time where the installation is, and a hold ends when the day ends there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.decisions import UserRole
from service.web.app import create_app
from tests.functional_web.conftest import Site, csrf_token
from tests.support.matched import matched


@pytest.fixture
def west(site: Site) -> Site:
    """The site of a company in New York."""
    settings = site.container.settings.model_copy(update={"timezone": "America/New_York"})
    container = replace(site.container, settings=settings)
    return replace(site, app=create_app(container), container=container)


def test_times_and_holds_are_those_of_the_zone(west: Site) -> None:
    document = matched(west.parts)
    client = west.signed_in(west.person(UserRole.APPROVER))
    path = f"/documents/{document.id}"
    assert "07:00 EST</time>" in client.get(path).get_data(as_text=True)  # noon, UTC
    form = {"version": document.version, "csrf_token": csrf_token(client, path)}
    answer = client.post(f"{path}/decision", data=form | {"decision": "hold", "held_until": "2026-03-05"})
    assert answer.status_code == 303
    assert "on hold until 2026-03-05" in client.get(path).get_data(as_text=True)
    with west.parts.uow.read() as tx:
        held = tx.documents.get(document.id).held_until
    assert held == datetime(2026, 3, 6, 4, 59, 59, 999999, tzinfo=UTC)
