"""What most commands begin with: the settings, an up-to-date database and the parts wired together."""

from __future__ import annotations

import os

from service.bootstrap import Container, build
from service.config import load_settings
from service.domain.decisions import Actor, UserRole
from service.domain.errors import ConfigurationError
from service.ports import OdooClient
from service.store.migrate import upgrade

OPERATOR = Actor("cli", "command line", frozenset({UserRole.ADMIN}))


def open_container() -> Container:
    """The container on the environment's settings, its database migrated to the newest version."""
    container = build(load_settings(os.environ))
    upgrade(container.engine)
    return container


def odoo_of(container: Container) -> OdooClient:
    """The Odoo client; ConfigurationError where none is configured."""
    if container.odoo is None:
        raise ConfigurationError("No Odoo is configured.", advice="Set CONCORD_ODOO_URL, _DB, _USER and _PASSWORD.")
    return container.odoo()
