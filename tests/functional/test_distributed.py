"""The demonstration over PostgreSQL and a Redis server over TCP, a worker for each queue, while they are killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from service.demo.company import build_company
from service.demo.documents import make_invoices
from service.domain.decisions import UserRole
from service.domain.ids import DocumentId
from service.domain.jobs import Stage
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.stack import ROOT, Client, Distributed, command_of, wait_until

TEXT, SCAN = "01-hansen-voss.pdf", "19-esparto-y.pdf"
SETTINGS = {
    "CONCORD_INTAKE_INTERVAL_S": "2",
    "CONCORD_ODOO_REQUEST_LIMIT_S": "3",  # the sandbox answers in well under a second
    "CONCORD_WORKER_CONCURRENCY": "1",
}
WORKERS = {"fast": "reads", "ocr": "recognises", "odoo worker": "writes", "intake": "collects"}


@pytest.fixture
def demonstration() -> Iterator[Distributed]:
    """A started demonstration, in a folder that PostgreSQL's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="concord-distributed-"))
    made = Distributed(folder, **SETTINGS)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        made.close()
        shutil.rmtree(folder)


def documents(client: Client) -> dict[str, dict[str, Any]]:
    """All documents by file name; AssertionError where one is there twice."""
    found = client.get("/documents?limit=200").json["documents"]
    names = Counter(document["filename"] for document in found)
    assert set(names.values()) <= {1}, names
    return {document["filename"]: document for document in found}


def killed(stack: Distributed, *names: str) -> None:
    """Each killed with -9, and started again."""
    before = {name: stack.pid_of(name) for name in names}
    assert all(stack.kill_process(name) for name in names)
    for name, pid in before.items():
        wait_until(lambda n=name, p=pid: stack.pid_of(n) not in (None, p), 30, f"{name} is started again")  # type: ignore[misc]


def approve(client: Client, name: str) -> str:
    """Approve the document; its id."""
    document = documents(client)[name]
    body = {"version": document["version"], "decision": "approve", "reason": "seen"}
    answer = client.post(f"/documents/{document['id']}/decision", body)
    assert answer.status == 200, answer.body
    return str(document["id"])


def command(stack: Distributed, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``concord`` as a shell runs it that has read the addresses."""
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        env={**os.environ, **stack.addresses()},
        capture_output=True,
        text=True,
        check=False,
    )


def bills(stack: Distributed) -> Counter[str]:
    """How many bills the sandbox has by the document's id in their marker."""
    odoo = stack.credentials()["odoo"]
    port = int(odoo["url"].rpartition(":")[2])
    session = OdooSandbox(stack.folder, port, passwords={odoo["user"]: odoo["password"]}).login(odoo["user"])
    rows = session.execute(
        "account.move", "search_read", [["invoice_origin", "like", "concord:"]], ["invoice_origin", "state"]
    )
    assert {row["state"] for row in rows} == {"draft"}
    return Counter(row["invoice_origin"].rpartition("-")[2] for row in rows)


def is_settled(stack: Distributed, document: dict[str, Any]) -> bool:
    """Whether it came to its end, or waits behind other scans."""
    if document["status"] in ("reconciled", "in_review", "recorded", "failed"):
        return True
    with stack.container.uow.read() as tx:
        return any(job.stage is Stage.OCR for job in tx.jobs.active(DocumentId(document["id"])))


def status(client: Client, name: str) -> str:
    """The named document's status; empty while it isn't there."""
    return str(documents(client).get(name, {}).get("status", ""))


def is_one_of(client: Client, name: str, *wanted: str) -> Callable[[], bool]:
    return lambda: status(client, name) in wanted


@pytest.mark.postgresql
@pytest.mark.usefixtures("postgresql_server")  # says whether there is one to start
@pytest.mark.timeout(300)
def test_queues_work_apart_and_kills_lose_and_double_nothing(demonstration: Distributed) -> None:
    stack = demonstration
    assert "redis-server 127.0.0.1:" in command_of(stack.pid_of("redis") or 0)
    assert stack.pid_of("postgresql")
    assert not (stack.data / "concord.sqlite").exists()
    wait_until(lambda: all(stack.pid_of(name) for name in WORKERS), 10, "a worker for each queue runs")
    client = stack.person(UserRole.APPROVER)
    wait_until(lambda: documents(client), 120, "the demonstration's papers are received")
    papers = len(documents(client))
    dropped = stack.data / "inbox" / "supplier_invoice" / "dropped.pdf"
    dropped.write_bytes(make_invoices(build_company(20261123), 1, seed=5)[0].content)
    killed(stack, "fast", "redis", "postgresql")
    wait_until(lambda: client.get("/documents").status == 200, 30, "the database serves again")

    seen = ("reconciled", "in_review")
    wait_until(is_one_of(client, TEXT, *seen), 90, "the worker of papers")
    approved = [approve(client, TEXT)]
    killed(stack, "odoo worker")
    wait_until(is_one_of(client, "dropped.pdf", *seen), 90, "the worker of the drop folder")
    wait_until(is_one_of(client, SCAN, *seen), 90, "the worker of scans")
    approved.append(approve(client, SCAN))
    for name in (TEXT, SCAN):
        wait_until(is_one_of(client, name, "recorded"), 90, f"{name} is a draft bill")
    assert bills(stack) == Counter(approved)
    wait_until(lambda: all(is_settled(stack, found) for found in documents(client).values()), 90, "nothing is lost")
    assert len(documents(client)) == papers + 1
    verified = command(stack, "audit", "verify")
    assert verified.returncode == 0, verified.stderr

    people = stack.credentials()["users"]
    assert stack.stop() == 0
    wait_until(lambda: not stack.processes(), 10, f"nobody is left: {stack.processes()}")
    stack.close()
    stack.start()
    assert stack.credentials()["users"] == people
    assert len(documents(client)) == papers + 1
    assert bills(stack) == Counter(approved)
