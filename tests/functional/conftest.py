"""Real parts, the stand-in for Odoo as a process, and the real client that talks to it through a lossy network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.odoo.rpc import OdooRpcClient, OdooSettings
from tests.support.lossy_proxy import LossyProxy, lossy_proxy
from tests.support.odoo_sandbox import OdooSandbox, odoo_sandbox
from tests.support.parts import Parts, parts_in

__all__ = ["odoo_sandbox"]


@pytest.fixture
def parts(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Parts]:
    """A migrated SQLite database, a file store and books of their own."""
    made = parts_in(tmp_path, migrated_sqlite)
    yield made
    made.engine.dispose()


@pytest.fixture
def network(odoo_sandbox: OdooSandbox) -> Iterator[LossyProxy]:
    """The way to the stand-in."""
    with lossy_proxy(odoo_sandbox.port) as proxy:
        yield proxy


@pytest.fixture
def odoo(odoo_sandbox: OdooSandbox, network: LossyProxy) -> OdooRpcClient:
    """The client, through the network."""
    return OdooRpcClient(
        OdooSettings(network.url, odoo_sandbox.db, odoo_sandbox.user, odoo_sandbox.password, timeout_s=10)
    )
