"""A hundred invoices while our processes are killed at random: each ends once, as one bill, with its audit whole.

The seed decides what is killed when; it is printed, and FAULTS_SEED repeats it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from service.demo.company import build_company
from service.demo.documents import DemoDocument, make_invoices
from service.domain.audit import first_break
from service.domain.decisions import UserRole
from service.domain.jobs import WriteState
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.stack import ODOO_PASSWORD, Answer, Client, Stack, children_of, running_stack

COMPANY_SEED = 20261123
DOCUMENTS = 100
BATCH = 5
KILLING_S = 75.0
WORK_LIMIT_S = 210.0
SETTINGS = {
    "CONCORD_ODOO_REQUEST_LIMIT_S": "3",  # the sandbox answers in well under a second
    "CONCORD_SYNC_INTERVAL_S": "5",
    "CONCORD_WORKER_CONCURRENCY": "2",
}
VICTIMS = ("worker", "worker", "pool", "pool", "web", "beat", "redis")


@dataclass
class Killer:
    """Kills one of the stack's processes after the other, with pauses, while it is let."""

    stack: Stack
    random: Random
    kills: Counter[str] = field(default_factory=Counter)
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Kill until told to stop."""
        while not self._stop.wait(self.random.uniform(0.5, 2.5)):
            victim = self.random.choice(VICTIMS)
            if self._kill_in_pool() if victim == "pool" else self.stack.kill_process(victim):
                self.kills[victim] += 1

    def stop(self) -> None:
        """End after the current pause."""
        self._stop.set()

    def _kill_in_pool(self) -> bool:
        worker = self.stack.pid_of("worker")
        pool = [] if worker is None else children_of(worker)
        if not pool:
            return False
        try:
            os.kill(self.random.choice(pool), 9)
        except ProcessLookupError:
            return False
        return True


@contextmanager
def killing(stack: Stack, seed: int) -> Iterator[Killer]:
    """A killer at work in the background."""
    killer = Killer(stack, Random(seed))
    thread = threading.Thread(target=killer.run)
    thread.start()
    try:
        yield killer
    finally:
        killer.stop()
        thread.join()


def insisted(ask: Callable[[], Answer]) -> Answer:
    """Ask until a web server answers with something else than that it is broken."""
    deadline = time.monotonic() + 60
    while True:
        try:
            answer = ask()
            if answer.status < 500:
                return answer
        except (OSError, HTTPException):
            pass
        assert time.monotonic() < deadline, "no answer within a minute"
        time.sleep(0.2)


def upload_all(client: Client, papers: tuple[DemoDocument, ...]) -> dict[str, str]:
    """Upload in batches, each under a key and until it is acknowledged; document ids by file name."""
    ids: dict[str, str] = {}
    for start in range(0, len(papers), BATCH):
        batch = papers[start : start + BATCH]
        files = {paper.filename: paper.content for paper in batch}
        key = uuid4().hex
        answer = insisted(lambda files=files, key=key: client.upload(files, key))  # type: ignore[misc]
        assert answer.status == 202, answer.body
        ids.update(zip(files, (entry["id"] for entry in answer.json["documents"]), strict=True))
    return ids


def approve_all(client: Client, ids: Mapping[str, str], until: float) -> dict[str, Any]:
    """Approve what waits for it, again where it came back, until all is recorded; the documents by id."""
    latest: dict[str, Any] = {}
    while time.monotonic() < until:
        for document_id in ids.values():
            if latest.get(document_id, {}).get("status") == "recorded":
                continue
            latest[document_id] = insisted(lambda wanted=document_id: client.get(f"/documents/{wanted}")).json  # type: ignore[misc]
            if latest[document_id]["status"] in ("reconciled", "in_review"):
                _approve(client, latest[document_id])
        if all(document["status"] == "recorded" for document in latest.values()):
            break
        time.sleep(0.5)
    return latest


def _approve(client: Client, document: Mapping[str, Any]) -> None:
    """A conflict means that it moved on meanwhile, which the next round sees."""
    body = {"version": document["version"], "decision": "approve", "reason": "approved in the fault run"}
    answer = insisted(lambda: client.post(f"/documents/{document['id']}/decision", body))
    assert answer.status in (200, 409), answer.body


def bills_by_marker(stack: Stack) -> Counter[str]:
    """How many bills the sandbox has for each document's id."""
    port = int(stack.environment["CONCORD_ODOO_URL"].rpartition(":")[2])
    sandbox = OdooSandbox(stack.folder, port, passwords={"concord": ODOO_PASSWORD})
    rows = sandbox.login().execute(
        "account.move", "search_read", [["invoice_origin", "like", "concord:"]], ["invoice_origin", "state"]
    )
    assert {row["state"] for row in rows} <= {"draft"}
    return Counter(row["invoice_origin"].rpartition("-")[2] for row in rows)


def breaks_in_audit(stack: Stack) -> list[str]:
    """Every chain that doesn't verify."""
    with stack.container.uow.read() as tx:
        chains = [tx.audit.of_subject(subject) for subject in tx.audit.subjects()]
    return [sentence for chain in chains if (sentence := first_break(chain)) is not None]


def unfinished(stack: Stack, ids: Mapping[str, str]) -> list[str]:
    """Documents whose write isn't done, or whose audit trail records it not exactly once."""
    wrong = []
    with stack.container.uow.read() as tx:
        for document_id in ids.values():
            write = tx.writes.latest(document_id)  # type: ignore[arg-type]
            actions = Counter(event.action for event in tx.audit.of_subject(f"document:{document_id}"))
            if write is None or write.state is not WriteState.DONE or actions["record"] != 1 or actions["receive"] != 1:
                wrong.append(f"{document_id}: {write}, {dict(actions)}")
    return wrong


@pytest.mark.faults
@pytest.mark.timeout(360)
def test_a_hundred_documents_while_everything_dies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("FAULTS_SEED", "0")) or Random().randrange(1, 10**6)
    with capsys.disabled():
        sys.stdout.write(f"\nFAULTS_SEED={seed}\n")
    papers = make_invoices(build_company(COMPANY_SEED), DOCUMENTS, seed=5)
    started = time.monotonic()
    with running_stack(tmp_path, **SETTINGS) as stack:
        client = stack.client("Uwe", UserRole.UPLOADER, UserRole.REVIEWER, UserRole.APPROVER)
        with killing(stack, seed) as killer:
            ids = upload_all(client, papers)
            uploaded_s = time.monotonic() - started
            approve_all(client, ids, started + KILLING_S)
        killed_s = time.monotonic() - started
        documents = approve_all(client, ids, started + WORK_LIMIT_S)
        settled_s = time.monotonic() - started
        bills, breaks, wrong = bills_by_marker(stack), breaks_in_audit(stack), unfinished(stack, ids)
        with stack.container.uow.read() as tx:
            counts = {status: number for status, number in tx.documents.counts().items() if number}
    with capsys.disabled():
        sys.stdout.write(_table(seed, killer, counts, (uploaded_s, killed_s, settled_s), bills))
    assert sum(killer.kills.values()) >= 20
    assert counts == {"recorded": DOCUMENTS}, {
        i: d["status"] for i, d in documents.items() if d["status"] != "recorded"
    }
    assert bills == Counter(ids.values())
    assert wrong == []
    assert breaks == []


def _table(
    seed: int, killer: Killer, counts: Mapping[str, int], times: tuple[float, float, float], bills: Counter[str]
) -> str:
    rows = [
        ("seed", seed),
        *((f"killed with -9: {name}", number) for name, number in sorted(killer.kills.items())),
        ("killed in all", sum(killer.kills.values())),
        ("all uploads acknowledged after", f"{times[0]:.0f} s"),
        ("killing ended after", f"{times[1]:.0f} s"),
        ("all settled after", f"{times[2]:.0f} s"),
        *((f"documents {status}", number) for status, number in sorted(counts.items())),
        ("bills in the sandbox", sum(bills.values())),
        ("documents with more than one bill", sum(number > 1 for number in bills.values())),
    ]
    return "\n" + "\n".join(f"{name:<36}{value:>10}" for name, value in rows) + "\n"
