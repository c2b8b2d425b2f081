"""Which Odoo database the books, the documents and the writes belong to: one, adopted at the first contact."""

from __future__ import annotations

from service.ports import SYSTEM, Clock, OdooClient, UnitOfWork

ODOO_IDENTITY = "odoo_identity"  # the fact that names it
ANOTHER_DATABASE = "This is another Odoo database than the one that the books belong to;"
ADVICE = "Connect the former database, or start with a new data folder."


def is_our_database(*, uow: UnitOfWork, odoo: OdooClient, clock: Clock) -> bool:
    """Whether what answers is the database of the books; where there is none yet, it becomes that."""
    identity = odoo.identity()
    with uow.read() as tx:
        known = tx.facts.get(ODOO_IDENTITY)
    if known is not None:
        return known == identity
    with uow.write() as tx:
        known = tx.facts.get(ODOO_IDENTITY)  # somebody else may have been first
        if known is None:
            tx.facts.put(ODOO_IDENTITY, identity)
            tx.audit.append(f"odoo:{identity}", clock.now(), SYSTEM, "adopt_odoo_database", {"identity": identity})
    return known in (None, identity)
