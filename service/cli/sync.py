"""``concord sync``: bring the local copy of Odoo's records up to date."""

from __future__ import annotations

import click

from service.cli.container import odoo_of, open_container
from service.cli.output import progress
from service.usecases.sync_books import sync_books


@click.command("sync")
def command() -> None:
    """Fetch what changed in Odoo since the last time."""
    container = open_container()
    sync_books(books=container.books, odoo=odoo_of(container), uow=container.uow, clock=container.clock)
    progress(f"books as of {container.books.as_of()}")
