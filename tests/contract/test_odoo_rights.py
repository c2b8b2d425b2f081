"""The doctor's questions to Odoo: which rights the integration user lacks, and whether the clocks agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.cli.surroundings import check_odoo_clock, check_odoo_rights
from service.domain.errors import StorageError
from service.odoo.rights import NEEDED, Right, lacking
from service.odoo.session import OdooSettings, Session
from tests.support.odoo_sandbox import OdooSandbox, running_sandbox


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("odoo")) as running:
        yield running


@pytest.fixture
def session(sandbox: OdooSandbox) -> Session:
    return Session(OdooSettings(sandbox.url, sandbox.db, sandbox.user, sandbox.password, timeout_s=10))


def test_the_user_of_the_demonstration_has_what_is_needed(session: Session) -> None:
    assert check_odoo_rights(session) == f"{len(NEEDED)} rights"


def test_a_right_that_lacks_is_named_with_its_group(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    forbidden = Right("res.users", "create", "Administration / Settings (base.group_system)", "nothing")
    missing = Right("no.such.model", "read", "its app", "nothing")
    wanted = (*NEEDED, forbidden, missing, replace(missing, is_optional=True))
    monkeypatch.setattr("service.odoo.rights.NEEDED", wanted)
    assert lacking(session) == (forbidden, missing)
    with pytest.raises(StorageError, match=r"create res\.users for nothing; read no\.such\.model") as caught:
        check_odoo_rights(session)
    assert "base.group_system" in caught.value.advice


def test_clocks_that_are_apart_are_told(session: Session) -> None:
    now = datetime.now(UTC)
    assert check_odoo_clock(session, now).endswith("s apart")
    with pytest.raises(StorageError, match=r"Odoo's clock is \d+ seconds behind"):
        check_odoo_clock(session, now + timedelta(minutes=5))
