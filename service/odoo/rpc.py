"""Odoo 17 over JSON-RPC, by odoorpc, in accounting words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from service.domain.drafts import BillDraft, RepairDraft, ReturnDraft
from service.domain.errors import OdooRefusedError, OdooUnreachableError
from service.domain.excerpt import Records, gathered
from service.domain.matching import Keys
from service.domain.records import Bill, Record, RecordKind, RecordRef, Repair
from service.odoo import drafts, returns
from service.odoo.blocking import records_by_keys
from service.odoo.changes import changed_records
from service.odoo.markers import PREFIX, bears, draft_name
from service.odoo.session import OdooSettings, Session
from service.odoo.sources import SOURCES, records_where
from service.odoo.values import Row, required_id

__all__ = ["OdooRpcClient", "OdooSettings"]


class OdooRpcClient:
    """Implements ``service.ports.OdooClient``. Signs in on first use, once a thread.

    Errors: OdooUnreachableError (no connection, no answer before the deadline), OdooRefusedError (Odoo said no;
    code ODOO_LOGIN where it doesn't accept the credentials), OdooAmbiguousError (the ``create_…`` only).
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
        """The records read now, of whatever kinds they are."""
        kinds = sorted({ref.model for ref in refs})
        return gathered(record for kind in kinds for record in self._now(RecordKind(kind), refs))

    def _now(self, kind: RecordKind, refs: Sequence[RecordRef]) -> list[Record]:
        ids = sorted({ref.id for ref in refs if ref.model == kind.value})
        return records_where(self._session, kind, [["id", "in", ids]]) if ids else []

    def find_bill(self, marker: str) -> RecordRef | None:
        """The oldest bill that carries the marker: copies and reversals made from it in Odoo inherit the text."""
        return self._marked_bill(marker, ("in_invoice", "in_refund"))

    def create_bill(self, draft: BillDraft) -> RecordRef:
        """Create the draft bill in the draft's company."""
        values = drafts.bill_values(draft, self._currency_id(draft.currency))
        created = self._session.create("account.move", values, company_id=draft.company_id)
        return self._name(RecordKind.BILL, created, draft_name(created))

    def find_return(self, draft: ReturnDraft) -> RecordRef | None:
        """The return of the draft's delivery that carries the marker, or was made for it and lost before it got one."""
        return returns.find_return(self._session, draft)

    def create_return(self, draft: ReturnDraft) -> RecordRef:
        """Have Odoo's own wizard make the return; OdooAmbiguousError where it may have."""
        return returns.create_return(self._session, draft)

    def find_refund(self, marker: str) -> RecordRef | None:
        """The oldest customer's credit note that carries the marker."""
        return self._marked_bill(marker, ("out_refund",))

    def create_refund(self, draft: ReturnDraft) -> RecordRef:
        """Create the draft credit note of ``draft.refund_of`` for its ``refund_lines``."""
        invoice, lines = self._invoice(draft)
        values = drafts.refund_values(draft, invoice, lines)
        created = self._session.create("account.move", values, company_id=required_id(invoice["company_id"]))
        return self._name(RecordKind.BILL, created, draft_name(created))

    def _invoice(self, draft: ReturnDraft) -> tuple[Row, list[Row]]:
        wanted = [["id", "=", draft.refund_of or 0], ["move_type", "=", "out_invoice"], ["state", "=", "posted"]]
        fields = ("name", "partner_id", "currency_id", "company_id")
        rows = self._session.search_read("account.move", wanted, fields)
        if not rows:
            raise OdooRefusedError("The invoice to refund isn't there, or isn't posted.", code="ODOO_MISSING")
        of_it = [["move_id", "=", rows[0]["id"]], ["display_type", "=", "product"]]
        return rows[0], self._session.search_read("account.move.line", of_it, drafts.REFUNDED_FIELDS)

    def find_repair(self, marker: str) -> RecordRef | None:
        """The oldest repair order that carries the marker in its notes."""
        domain = [["internal_notes", "like", PREFIX + marker]]
        found = records_where(self._session, RecordKind.REPAIR, domain)
        return next((one.ref for one in found if isinstance(one, Repair) and bears(one.note, marker)), None)

    def create_repair(self, draft: RepairDraft) -> RecordRef:
        """Create the repair order, a draft, in the draft's company."""
        company = draft.company_id
        operations = [["code", "=", "repair_operation"], ["company_id", "=", company], ["active", "=", True]]
        types = self._session.search_read("stock.picking.type", operations, ["name"], limit=1)
        if not types:
            raise OdooRefusedError(
                f"The company {company} has no type of operation for repairs.",
                advice="Install the repair app in Odoo, or create the type in its inventory settings.",
                code="ODOO_MODEL",
            )
        values = drafts.repair_values(draft, int(types[0]["id"]))
        created = self._session.create("repair.order", values, company_id=company)
        return self._name(RecordKind.REPAIR, created, str(created))

    def _marked_bill(self, marker: str, types: tuple[str, ...]) -> RecordRef | None:
        domain = [["invoice_origin", "like", PREFIX + marker], ["move_type", "in", list(types)]]
        found = records_where(self._session, RecordKind.BILL, domain)
        return next((one.ref for one in found if isinstance(one, Bill) and bears(one.origin, marker)), None)

    def _name(self, kind: RecordKind, number: int, fallback: str) -> RecordRef:
        """The record as Odoo calls it: the first draft bill of a month has a number at once, the others have none.
        That it can't be read now doesn't undo that it was created.
        """
        unnamed = RecordRef(kind.value, number, fallback)
        try:
            return next((record.ref for record in self._now(kind, [unnamed])), unnamed)
        except (OdooUnreachableError, OdooRefusedError):
            return unnamed

    def _currency_id(self, code: str) -> int:
        rows = self._session.search_read("res.currency", [["name", "=", code], ["active", "=", True]], ["name"])
        if not rows:
            raise OdooRefusedError(
                f"The currency {code} is not active in Odoo.",
                advice="Activate it in Odoo's accounting settings.",
                code="ODOO_CURRENCY",
            )
        return int(rows[0]["id"])
