"""The supervised installation: it starts, heals, stops, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from service.config import load_settings
from service.domain.decisions import UserRole
from service.domain.errors import ConfigurationError
from service.domain.jobs import JobState, Stage
from service.supervisor import supervise
from tests.support.stack import Client, Stack, children_of, command_of, free_ports, running_stack, wait_until

FAST = {"CONCORD_SYNC_INTERVAL_S": "2", "CONCORD_WORKER_CONCURRENCY": "1"}
EVERYBODY = (UserRole.UPLOADER, UserRole.REVIEWER, UserRole.APPROVER)


def status_of(client: Client, document_id: str) -> str:
    return str(client.get(f"/documents/{document_id}").json["status"])


def uploaded(client: Client, content: bytes, key: str | None = None) -> str:
    answer = client.upload({"paper.pdf": content}, key)
    assert answer.status == 202, answer.body
    return str(answer.json["documents"][0]["id"])


def test_it_works_heals_and_stops_without_a_trace(tmp_path: Path) -> None:
    with running_stack(tmp_path, **FAST) as stack:
        client = stack.client("Uwe", *EVERYBODY)
        document = uploaded(client, b"%PDF-1.7 broken off")
        wait_until(lambda: status_of(client, document) == "failed", 30, "the broken file fails")
        wait_until(lambda: stack.container.books.as_of() is not None, 60, "the books are synchronised by the schedule")
        before = {name: stack.pid_of(name) for name in ("redis", "worker", "ocr", "beat", "web")}
        for name in before:
            assert stack.kill_process(name)
        for name, pid in before.items():
            wait_until(lambda n=name, p=pid: stack.pid_of(n) not in (None, p), 20, f"{name} is started again")  # type: ignore[misc]
        wait_until(lambda: _uploads(client), 30, "the web server takes uploads again")
        second = uploaded(client, b"%PDF-1.7 broken off too")
        wait_until(lambda: status_of(client, second) == "failed", 60, "the second file fails")
        assert stack.stop() == 0
        wait_until(lambda: not stack.processes(), 10, f"nobody is left: {stack.processes()}")


def test_the_one_worker_collects_from_the_drop_folder_too(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    with running_stack(tmp_path, CONCORD_DROP_FOLDER=str(folder), CONCORD_INTAKE_INTERVAL_S="1", **FAST) as stack:
        client = stack.client("Uwe", *EVERYBODY)
        (folder / "dropped.pdf").write_bytes(b"%PDF-1.7 broken off")
        wait_until(
            lambda: client.get("/documents?status=failed").json["documents"], 60, "the file is collected and fails"
        )


def _uploads(client: Client) -> bool:
    try:
        return client.get("/documents").status == 200
    except OSError:
        return False


def test_an_upload_is_taken_while_redis_is_away_and_read_afterwards(tmp_path: Path) -> None:
    with running_stack(tmp_path, **FAST) as stack:
        client = stack.client("Uwe", *EVERYBODY)
        redis = stack.pid_of("redis")
        assert redis is not None
        os.kill(redis, signal.SIGSTOP)  # hangs: worse than gone
        socket_path = stack.container.settings.redis_socket
        moved = socket_path.rename(socket_path.with_suffix(".away"))
        started = time.monotonic()
        document = uploaded(client, b"%PDF-1.7 broken off", "key")
        assert time.monotonic() - started < 2
        moved.rename(socket_path)
        os.kill(redis, signal.SIGCONT)
        wait_until(lambda: status_of(client, document) == "failed", 60, "the sweeper finds the job")


def test_a_killed_supervisor_takes_everybody_along(tmp_path: Path) -> None:
    stack = Stack(tmp_path, **FAST)
    stack.start()
    client = stack.client("Uwe", *EVERYBODY)
    document = uploaded(client, b"%PDF-1.7 broken off")  # so that the reader process runs too
    wait_until(lambda: status_of(client, document) == "failed", 30, "the reader has started")
    family = _descendants(stack.supervisor_pid)
    assert len(family) >= 7, [command_of(pid) for pid in family]
    stack.kill()
    wait_until(lambda: not any(command_of(pid) for pid in family), 10, "all are gone")


def _descendants(pid: int) -> list[int]:
    found = []
    for child in children_of(pid):
        found += [child, *_descendants(child)]
    return found


def test_one_data_folder_and_one_port_serve_one_installation(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    settings = load_settings({"CONCORD_DATA_DIR": str(tmp_path), "CONCORD_PORT": str(port)})
    with socket.create_server(("127.0.0.1", port)), pytest.raises(ConfigurationError, match=str(port)):
        supervise(settings)
    with running_stack(tmp_path, **FAST), pytest.raises(ConfigurationError, match="running"):
        supervise(settings)


def test_a_job_that_kills_its_worker_each_time_is_given_up(tmp_path: Path) -> None:
    """Attempts are counted at the claim: three claims without an end, and the fourth only gives up."""
    with running_stack(tmp_path, **FAST) as stack:
        client = stack.client("Uwe", *EVERYBODY)
        parts = stack.container
        assert stack.kill_process("beat")
        worker = stack.pid_of("worker")
        assert worker is not None
        os.kill(worker, signal.SIGSTOP)
        document = uploaded(client, b"%PDF-1.7 broken off")
        with parts.uow.write() as tx:
            (job,) = tx.jobs.active(document)
            for _ in range(3):
                now = parts.clock.now()
                assert tx.jobs.claim(job.id, now, now - now) is not None
        os.kill(worker, signal.SIGCONT)
        wait_until(lambda: status_of(client, document) == "failed", 60, "the document fails")
        failure = client.get(f"/documents/{document}").json
        assert "READER_CRASHED" in str(failure)
        with parts.uow.read() as tx:
            assert tx.jobs.get(job.id).state is JobState.DEAD
            assert [dead.stage for dead in tx.jobs.dead()] == [Stage.READ]
