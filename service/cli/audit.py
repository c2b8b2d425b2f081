"""``concord audit``: prove that the audit trail is whole."""

from __future__ import annotations

import click

from service.bootstrap import Container
from service.cli.container import open_container
from service.cli.output import progress
from service.domain.audit import first_break
from service.domain.errors import StorageError
from service.ports import Transaction
from service.usecases.evidence import changed_evidence

command = click.Group("audit", help="The audit trail.")


@command.command("verify")
def verify() -> None:
    """Recompute every chain and compare all of them with their seals and signed checkpoints."""
    container = open_container()
    count, faults = verify_chains(container)
    for fault in faults:
        progress(fault)
    if faults:
        raise StorageError(f"The audit trail is broken in {len(faults)} places.", advice="Restore it from a backup.")
    click.echo(f"{count} chains are whole.")


def verify_chains(container: Container) -> tuple[int, tuple[str, ...]]:
    """How many chains there are, and a sentence on each fault."""
    with container.uow.read() as tx:
        subjects = tuple(tx.audit.subjects())
        broken = [fault for subject in subjects if (fault := _fault(tx, subject))]
        key = container.settings.secret_key.get_secret_value().encode()
        over_all = (tx.audit.verify_seals(key), tx.audit.verify_checkpoints(key))
    return len(subjects), (*broken, *(fault for fault in over_all if fault))


def _fault(tx: Transaction, subject: str) -> str | None:
    events = tx.audit.of_subject(subject)
    return first_break(events) or changed_evidence(tx, events)
