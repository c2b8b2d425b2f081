"""``concord reconcile --all`` as a process over the stand-in: what it prints, the report, and how it leaves."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from service.domain.codes import Code
from tests.functional.test_command_line import Concord, concord, odoo, settings
from tests.support.odoo_sandbox import OdooSandbox

__all__ = ["concord", "odoo", "settings"]

MEMBERS = {
    *("id", "document_id", "code", "severity", "status", "subject", "message", "field", "line", "expected", "actual"),
    *("difference", "tolerance", "odoo_refs", "money_at_risk", "currency", "owner_role", "assignee", "due_at", "hold"),
    *("releases_when", "suggested_action", "resolution", "resolved_by", "resolved_at", "reason"),
}


def test_the_whole_books_come_as_lines_and_a_report_and_nothing_is_written(
    concord: Concord, odoo: dict[str, str], odoo_sandbox: OdooSandbox, tmp_path: Path
) -> None:
    admin = odoo_sandbox.login("admin")
    moves = admin.env["account.move"].search([])
    done = concord("reconcile", "--all", "--jsonl", "--report", "report", **odoo)
    assert done.code == 0
    *found, last = done.objects
    assert all(set(entry) == MEMBERS for entry in found)
    assert {entry["code"] for entry in found} == {
        "PAYMENT_MISSING",
        "PAYMENT_AMOUNT_MISMATCH",
        "DUPLICATE_PAYMENT",
        "UNALLOCATED_PAYMENT",
        "PAYMENT_WITHOUT_DOCUMENT",
    }
    summary = last["summary"]
    assert sum(summary["by_code"].values()) == sum(summary["by_severity"].values()) == len(found)
    assert summary["records_examined"] == sum(summary["records_by_model"].values()) >= len(moves)
    at_risk = sum(Decimal(entry["money_at_risk"]) for entry in found if entry["currency"] == "EUR")
    assert Decimal(summary["money_at_risk"]["EUR"]) == at_risk
    assert summary["books_as_of"].endswith("Z")
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert all(entry["subject"]["name"] in page for entry in found)
    assert f"{odoo['ODOO_URL']}/web#id={found[0]['subject']['id']}&amp;model=" in page
    assert "http" not in page.replace(odoo["ODOO_URL"], "")
    with (tmp_path / "report" / "exceptions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["code"], row["record_name"], row["money_at_risk"]) for row in rows] == [
        (entry["code"], entry["subject"]["name"], entry["money_at_risk"]) for entry in found
    ]
    assert admin.env["account.move"].search([]) == moves
    assert not (tmp_path / "data").exists()


def test_what_is_overdue_is_what_odoo_says(concord: Concord, odoo: dict[str, str], odoo_sandbox: OdooSandbox) -> None:
    printed = json.loads(concord("reconcile", "--all", **odoo).out)
    assert "summary" in printed[-1]
    found = {
        entry["subject"]["id"]: Decimal(entry["money_at_risk"])
        for entry in printed[:-1]
        if entry["code"] == Code.PAYMENT_MISSING
    }
    moves = odoo_sandbox.login("admin").env["account.move"]
    late = [
        ("state", "=", "posted"),
        ("move_type", "in", ["in_invoice", "out_invoice"]),
        ("payment_state", "=", "not_paid"),
        ("invoice_date_due", "<", datetime.now(UTC).date().isoformat()),
    ]
    wanted = {row["id"]: row["amount_residual"] for row in moves.search_read(late, ["amount_residual"])}
    assert wanted
    assert {number: float(found[number]) for number in wanted} == wanted


@pytest.mark.parametrize(
    "arguments", [("--all", "x.pdf"), (), ("--report", "report", "x.pdf"), ("--all", "--report", "x.pdf")]
)
def test_what_makes_no_sense_is_a_usage_error(concord: Concord, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    done = concord("reconcile", *arguments)
    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ODOO_PASSWORD": "wrong"}, 6),
        ({"ODOO_URL": "http://127.0.0.1:1"}, 5),
        ({"ODOO_URL": ""}, 3),
    ],
)
def test_an_odoo_that_does_not_help(concord: Concord, odoo: dict[str, str], changed: dict[str, str], code: int) -> None:
    done = concord("reconcile", "--all", "--jsonl", **(odoo | changed))
    assert (done.code, done.out) == (code, "")


def test_a_report_that_cannot_be_written(concord: Concord, odoo: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = concord("reconcile", "--all", "--report", "taken/report", **odoo)
    assert (done.code, done.out) == (7, "")
    assert "can't be written" in done.err
