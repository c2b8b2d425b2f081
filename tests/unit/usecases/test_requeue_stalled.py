"""The sweeper nudges what stopped, and stops itself where the broker is away."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from service.dispatch import CeleryDispatcher
from service.domain.ids import JobId
from service.domain.jobs import LEASES, Job, Stage
from service.usecases.requeue_stalled import requeue_stalled
from tests.support.parts import Parts


@dataclass
class Collecting:
    """A dispatcher that keeps what it was told."""

    nudged: list[JobId] = field(default_factory=list)

    def nudge(self, job: Job) -> None:
        self.nudged.append(job.id)


def sweep(parts: Parts) -> list[JobId]:
    dispatcher = Collecting()
    count = requeue_stalled(uow=parts.uow, dispatcher=dispatcher, clock=parts.clock)
    assert count == len(dispatcher.nudged)
    return dispatcher.nudged


def test_what_was_queued_or_taken_just_now_is_left_alone(parts: Parts) -> None:
    waiting, taken = parts.receive(b"%PDF one", b"%PDF two")
    job = parts.claim(taken, Stage.READ)
    assert sweep(parts) == []
    parts.clock.move(seconds=6)
    (nudged,) = sweep(parts)
    assert nudged != job.id
    parts.clock.move(seconds=LEASES[Stage.READ].total_seconds())
    assert set(sweep(parts)) == {nudged, job.id}
    assert parts.load(waiting).status == "received"


def test_without_a_broker_nothing_is_lost(parts: Parts, tmp_path: Path) -> None:
    parts.receive(b"%PDF one", b"%PDF two")
    parts.clock.move(minutes=1)
    dispatcher = CeleryDispatcher(f"redis+socket://{tmp_path}/nobody.sock")
    assert requeue_stalled(uow=parts.uow, dispatcher=dispatcher, clock=parts.clock) == 0
    dispatcher.close()
    assert len(sweep(parts)) == 2
