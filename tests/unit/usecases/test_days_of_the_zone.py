"""A day begins where the setting TIMEZONE has it begin: the rules know no other today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from service.domain.jobs import LEASES, Stage
from service.domain.policy import Policy
from service.usecases.examine_books import EXAMINED, examine_books
from service.web.formats import moment
from tests.support.parts import Parts, SetClock

LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(("zone", "day"), [(UTC, "2026-03-01"), (BERLIN, "2026-03-02")])
def test_the_books_are_examined_as_of_the_day_of_the_zone(parts: Parts, zone: tzinfo, day: str) -> None:
    here = replace(parts, clock=SetClock(LATE, zone))
    with here.uow.write() as tx:
        job = tx.jobs.claim(tx.jobs.enqueue(Stage.EXAMINE, "books", 0, LATE).id, LATE, LEASES[Stage.EXAMINE])
    assert job is not None
    examine_books(uow=here.uow, books=here.books, clock=here.clock, policy=Policy(), job=job)
    with here.uow.read() as tx:
        assert (tx.facts.get(EXAMINED) or "").startswith(day)


def test_a_moment_is_told_in_the_zone() -> None:
    assert moment(LATE, BERLIN) == "2026-03-02 00:30 CET"
    assert moment(LATE, UTC) == "2026-03-01 23:30 UTC"
