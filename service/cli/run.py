"""``concord run``: web, worker and schedule on one machine."""

from __future__ import annotations

import click

from service.bootstrap import Container
from service.cli.container import open_container
from service.cli.output import progress
from service.supervisor import supervise


@click.command("run")
def command() -> None:
    """Serve until stopped; starts what it needs and starts again what died."""
    serve(open_container())


def serve(container: Container) -> None:
    """Serve what the settings name."""
    address = public_url(container)
    with container.uow.read() as tx:
        is_empty = not tx.users.all()
    container.engine.dispose()
    if is_empty:
        progress("Nobody can sign in yet. Make the first person: concord user create NAME --role admin")
    supervise(container.settings, on_ready=lambda: progress(f"Concord serves on {address}"))


def public_url(container: Container) -> str:
    """Where a browser finds it."""
    settings = container.settings
    return settings.base_url or f"http://{settings.host}:{settings.port}"
