"""concord extract on e-invoices, as files on disk and through the reader process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.einvoices import cii, hybrid, ubl


def extracted(*arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "service", "extract", "--jsonl", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_files_are_read_from_their_xml_unless_it_is_to_be_ignored(tmp_path: Path) -> None:
    pdf, xml = tmp_path / "hybrid.pdf", tmp_path / "bare.xml"
    pdf.write_bytes(hybrid(cii(), number="R-2026-99"))
    xml.write_bytes(ubl())
    both = extracted("--details", str(pdf), str(xml))
    assert [entry["fields"]["invoice_number"] for entry in both] == ["R-2026-17", "R-2026-17"]
    assert [len(entry["lines"]) for entry in both] == [2, 2]
    assert {entry["details"]["fields"]["grand_total"]["source"] for entry in both} == {"einvoice"}
    assert both[0]["fields"]["early_payment_discount"] == [{"percent": "2.00", "days": 14}]
    (page,) = extracted("--ignore-einvoice", str(pdf))
    assert page["fields"]["invoice_number"] == "R-2026-99"
    (none,) = extracted("--ignore-einvoice", str(xml))
    assert none["error"]["code"] == "UNSUPPORTED_FORMAT"
