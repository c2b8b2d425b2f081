"""Each paper of the demonstration shows what it is there to show, by the command line alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

from service.demo.company import build_company
from service.demo.documents import build_documents
from tests.support.odoo_sandbox import OdooSandbox

ROOT = Path(__file__).parents[2]
SEED = 20261123


def test_every_paper_shows_its_exceptions(odoo_sandbox: OdooSandbox, tmp_path: Path) -> None:
    papers = build_documents(build_company(SEED), SEED)
    files = [tmp_path / paper.filename for paper in papers]
    for file, paper in zip(files, papers, strict=True):
        file.write_bytes(paper.content)
    connection = {
        "CONCORD_ODOO_URL": odoo_sandbox.url,
        "CONCORD_ODOO_DB": odoo_sandbox.db,
        "CONCORD_ODOO_USER": odoo_sandbox.user,
        "CONCORD_ODOO_PASSWORD": odoo_sandbox.password,
    }
    done = subprocess.run(
        [sys.executable, "-m", "service", "reconcile", "--jsonl", *map(str, files)],
        cwd=ROOT,
        env={**os.environ, **connection},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 4, done.stderr  # one of them is meant to be unreadable
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [result["path"] for result in results] == [str(file) for file in files]
    shown = {result["file"]: sorted({found["code"] for found in result["exceptions"]}) for result in results}
    assert shown == {paper.filename: sorted(paper.expected_codes) for paper in papers}
    readable = [paper for paper in papers if "UNREADABLE_DOCUMENT" not in paper.expected_codes]
    assert {result["file"]: result["kind"] for result in results if "error" not in result} == {
        paper.filename: paper.kind.value for paper in readable
    }
    settled = {result["file"] for result in results if result["status"] == "reconciled"}
    assert settled == {paper.filename for paper in papers if not paper.expected_codes}
