"""The command line on a file of several documents: one object for the file, with a part for each document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from service.demo.company import build_company
from service.demo.documents import DemoDocument, build_documents
from tests.support.bundles import NORD, SUED, bundle
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.stack import ROOT

SEED = 20261123


def objects(folder: Path, *arguments: str, **settings: str) -> Any:
    """What the command printed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}
    own = {"PYTHONPATH": str(ROOT), "CONCORD_DATA_DIR": str(folder / "data")}
    command = (sys.executable, "-P", "-m", "service", *arguments)
    done = subprocess.run(
        command, cwd=folder, env={**kept, **own, **settings}, capture_output=True, text=True, timeout=120, check=True
    )
    return json.loads(done.stdout)


def test_extract_prints_one_object_a_file_with_a_part_a_document(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(bundle(NORD, SUED))
    (tmp_path / "one.pdf").write_bytes(NORD)
    scan, one = objects(tmp_path, "extract", "--details", "scan.pdf", "one.pdf")
    assert (scan["file"], scan["pages"]) == ("scan.pdf", 2)
    assert [(part["page_from"], part["page_to"], part["pages"]) for part in scan["parts"]] == [(1, 1, 1), (2, 2, 1)]
    assert [part["fields"]["invoice_number"] for part in scan["parts"]] == ["BX-1041", "RG-77120"]
    assert {name: scan[name] for name in ("kind", "fields", "lines")} == {
        name: scan["parts"][0][name] for name in ("kind", "fields", "lines")
    }
    assert scan["parts"][1]["details"]["fields"]["invoice_number"]["page"] == 2
    assert scan["parts"][1]["details"]["lines"][0]["quantity"]["page"] == 2
    assert "parts" not in one


def test_reconcile_matches_each_document_of_a_file(tmp_path: Path, odoo_sandbox: OdooSandbox) -> None:
    papers = build_documents(build_company(SEED), SEED)
    clean, dear = (_showing(papers, *codes) for codes in ((), ("PRICE_VARIANCE",)))
    (tmp_path / "scan.pdf").write_bytes(bundle(clean.content, dear.content))
    odoo = {
        "CONCORD_ODOO_URL": odoo_sandbox.url,
        "CONCORD_ODOO_DB": odoo_sandbox.db,
        "CONCORD_ODOO_USER": odoo_sandbox.user,
        "CONCORD_ODOO_PASSWORD": odoo_sandbox.password,
    }
    scan = objects(tmp_path, "reconcile", "scan.pdf", **odoo)
    agrees, differs = scan["parts"]
    assert (agrees["status"], agrees["exceptions"]) == ("reconciled", [])
    assert [found["code"] for found in differs["exceptions"]] == ["PRICE_VARIANCE"]
    assert (differs["page_from"], differs["status"]) == (2, "in_review")
    assert scan["pages"] == 2
    assert (scan["status"], scan["matches"], scan["fields"]) == (agrees["status"], agrees["matches"], agrees["fields"])


def _showing(papers: tuple[DemoDocument, ...], *codes: str) -> DemoDocument:
    return next(paper for paper in papers if {str(code) for code in paper.expected_codes} == set(codes))
