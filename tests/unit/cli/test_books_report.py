"""The report over the whole books: what strangers wrote stays text, on the page and in the table."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from service.cli.books_report import PAGE, TABLE, write_report
from service.domain.codes import Code, Severity
from service.domain.discrepancies import Finding
from service.domain.errors import StorageError
from service.domain.policy import Policy
from service.domain.records import RecordRef
from tests.support.values import a_discrepancy

ODOO = "https://odoo.example/base/"
LINE = RecordRef("account.bank.statement.line", 7, "BNK1/2026/00007")
FOUND = Finding(
    LINE,
    replace(
        a_discrepancy(Code.PAYMENT_WITHOUT_DOCUMENT, line=None, severity=Severity.WARNING),
        message="-12.00 <script>alert(1)</script>",
        odoo_refs=(LINE,),
        difference=Decimal("-12.00"),
        money_at_risk=Decimal("12.00"),
    ),
    currency="EUR",
    party='=HYPERLINK("http://bad.example")',
)
SUMMARY = {
    "exceptions": 1,
    "by_severity": {"blocking": 0, "warning": 1, "info": 0},
    "books_as_of": "2026-03-01T12:00:00Z",
    "records_examined": 9,
    "left_out": ["account.payment"],
}


def test_what_strangers_wrote_runs_nowhere(tmp_path: Path) -> None:
    page, table = write_report(tmp_path / "new" / "folder", [FOUND], SUMMARY, Policy(), ODOO, ZoneInfo("Asia/Tokyo"))
    assert (page.name, table.name) == (PAGE, TABLE)
    shown = page.read_text("utf-8")
    assert "<script" not in shown
    assert "https://odoo.example/base/web#id=7&amp;model=account.bank.statement.line" in shown
    assert "account.payment" in shown
    assert "2026-03-01 21:00 JST" in shown
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["party"] == "'" + str(FOUND.party)
    assert row["message"].startswith("'-12.00")
    assert (row["difference"], row["money_at_risk"], row["currency"]) == ("-12.00", "12.00", "EUR")
    assert row["odoo_url"].endswith("&view_type=form")


def test_without_findings_and_without_an_address(tmp_path: Path) -> None:
    nothing = SUMMARY | {"exceptions": 0, "left_out": []}
    page, _ = write_report(tmp_path, [], nothing, Policy(), "", UTC)
    assert "Nothing stands out" in page.read_text("utf-8")
    write_report(tmp_path, [FOUND], SUMMARY, Policy(), "", UTC)  # over the report of before
    assert '<a href="http' not in page.read_text("utf-8")


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StorageError, match="can't be written"):
        write_report(tmp_path / "taken", [FOUND], SUMMARY, Policy(), "", UTC)
