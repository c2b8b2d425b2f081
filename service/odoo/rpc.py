"""Odoo 17 over JSON-RPC, by odoorpc, in accounting words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from service.domain.errors import OdooRefusedError, OdooUnreachableError
from service.domain.matching import Keys
from service.domain.records import Bill, BillDraft, PurchaseOrder, Record, RecordKind, RecordRef, Records
from service.odoo import mapping
from service.odoo.blocking import records_by_keys
from service.odoo.changes import changed_records
from service.odoo.session import OdooSettings, Session
from service.odoo.sources import SOURCES, records_where

__all__ = ["OdooRpcClient", "OdooSettings"]


class OdooRpcClient:
    """Implements ``service.ports.OdooClient``. Signs in on first use, once a thread.

    Errors: OdooUnreachableError (no connection, no answer before the deadline), OdooRefusedError (Odoo said no;
    code ODOO_LOGIN where it doesn't accept the credentials), OdooAmbiguousError (``create_bill`` only).
    """

    def __init__(self, settings: OdooSettings) -> None:
        self._session = Session(settings)

    def version(self) -> str:
        """The server's version, e.g. "17.0"."""
        return self._session.version()

    def identity(self) -> str:
        """The database's name and a digest of when its first records were made.

        Odoo's own id of a database is for administrators only. But the installation stamps its first currency
        and unit, which anybody may read, nobody deletes, and no other database made in the same second.
        """
        births: list[str] = []
        for model in ("res.currency", "uom.uom"):
            rows = self._session.search_read(model, [], ["create_date"], limit=1)
            births.extend(f"{model} {row['id']} {row['create_date']}" for row in rows)
        digest = hashlib.sha256("\n".join(births).encode()).hexdigest()
        return f"{self._session.db}@{digest[:12]}"

    def changed(self, kind: RecordKind, since: datetime | None) -> Iterator[Sequence[Record]]:
        """Pages of the records of that kind changed at or after ``since``, archived ones too."""
        return changed_records(self._session, kind, since)

    def existing_ids(self, kind: RecordKind) -> frozenset[int]:
        """The ids that exist now, those of archived records too."""
        return self._session.search(kind.value, SOURCES[kind].domain)

    def by_keys(self, keys: Keys) -> Iterator[Sequence[Record]]:
        """Just the records that ``Books.candidates(keys)`` would need."""
        return records_by_keys(self._session, keys)

    def live(self, refs: Sequence[RecordRef]) -> Records:
        """Orders and bills read now."""
        orders = self._now(RecordKind.PURCHASE_ORDER, refs)
        bills = self._now(RecordKind.BILL, refs)
        return Records(
            orders=tuple(record for record in orders if isinstance(record, PurchaseOrder)),
            bills=tuple(record for record in bills if isinstance(record, Bill)),
        )

    def _now(self, kind: RecordKind, refs: Sequence[RecordRef]) -> list[Record]:
        ids = sorted({ref.id for ref in refs if ref.model == kind.value})
        return records_where(self._session, kind, [["id", "in", ids]]) if ids else []

    def find_bill(self, marker: str) -> RecordRef | None:
        """The oldest bill that carries the marker: copies and reversals made from it in Odoo inherit the text."""
        domain = [["invoice_origin", "like", mapping.MARKER_PREFIX + marker]]
        found = records_where(self._session, RecordKind.BILL, domain)
        bearing = (bill.ref for bill in found if isinstance(bill, Bill) and mapping.bears_marker(bill, marker))
        return next(bearing, None)

    def create_bill(self, draft: BillDraft) -> RecordRef:
        """Create the draft bill in the draft's company."""
        values = mapping.bill_values(draft, self._currency_id(draft.currency))
        created = self._session.create("account.move", values, company_id=draft.company_id)
        return self._name_of_bill(created)

    def _name_of_bill(self, bill_id: int) -> RecordRef:
        """The bill as Odoo calls it: the first draft of a month has a number at once, the others have none. That it
        can't be read now doesn't undo that it was created.
        """
        plain = RecordRef(RecordKind.BILL.value, bill_id, mapping.draft_name(bill_id))
        try:
            return next((record.ref for record in self._now(RecordKind.BILL, [plain])), plain)
        except (OdooUnreachableError, OdooRefusedError):
            return plain

    def _currency_id(self, code: str) -> int:
        rows = self._session.search_read("res.currency", [["name", "=", code], ["active", "=", True]], ["name"])
        if not rows:
            raise OdooRefusedError(
                f"The currency {code} is not active in Odoo.",
                advice="Activate it in Odoo's accounting settings.",
                code="ODOO_CURRENCY",
            )
        return int(rows[0]["id"])
