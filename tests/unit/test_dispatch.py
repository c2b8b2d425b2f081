"""The nudge: quick to fail where Redis is away, because an upload waits for it."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from service.dispatch import QUEUES, CeleryDispatcher
from service.domain.errors import BrokerError
from service.domain.ids import JobId
from service.domain.jobs import Job, JobState, Stage
from tests.support.values import NOON

JOB = Job(JobId("j"), Stage.READ, "d", 1, JobState.QUEUED, 0, None, None, NOON)


def test_every_stage_has_a_queue() -> None:
    assert set(QUEUES) == set(Stage)


def test_without_redis_it_fails_in_under_a_second(tmp_path: Path) -> None:
    dispatcher = CeleryDispatcher(f"redis+socket://{tmp_path}/nobody.sock")
    for ask in (lambda: dispatcher.nudge(JOB), dispatcher.check, dispatcher.workers):
        started = time.monotonic()
        with pytest.raises(BrokerError):
            ask()
        assert time.monotonic() - started < 1
    dispatcher.close()


def test_a_redis_that_hangs_is_away_too(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent.sock"))
        silent.listen()  # takes connections and never answers
        dispatcher = CeleryDispatcher(f"redis+socket://{tmp_path}/silent.sock")
        for ask in (lambda: dispatcher.nudge(JOB), dispatcher.check, dispatcher.workers):
            started = time.monotonic()
            with pytest.raises(BrokerError):
                ask()
            assert time.monotonic() - started < 5
        dispatcher.close()
