"""A unit of work over each database, and values to store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from service.store.unit_of_work import SqlUnitOfWork


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **interval: float) -> datetime:
        self.moment += timedelta(**interval)
        return self.moment


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def uow(engine: Engine, clock: SetClock) -> SqlUnitOfWork:
    return SqlUnitOfWork(engine, None, clock)
