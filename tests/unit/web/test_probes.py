"""A part that hangs is unreachable soon, is asked once, and is well again when it answers."""

from __future__ import annotations

import time
from threading import Event

import pytest

from service.domain.errors import StorageError
from service.web.probes import Probes


def failing() -> None:
    raise StorageError("The database failed.")


def test_each_part_has_its_state() -> None:
    assert Probes().states({"one": lambda: 1, "two": failing}, 5) == {"one": "ok", "two": "unreachable"}


def test_a_part_that_hangs_is_unreachable_soon_and_is_not_asked_twice() -> None:
    answered, asked = Event(), []

    def hanging() -> None:
        asked.append(1)
        answered.wait(30)

    probes = Probes()
    began = time.monotonic()
    for _ in range(3):
        assert probes.states({"odoo": hanging, "database": lambda: 1}, 0.1) == {"odoo": "unreachable", "database": "ok"}
    assert time.monotonic() - began < 5
    assert len(asked) == 1
    answered.set()
    assert probes.states({"odoo": lambda: 1}, 5) == {"odoo": "ok"}


def test_a_mistake_of_ours_is_no_state() -> None:
    with pytest.raises(ZeroDivisionError):
        Probes().states({"one": lambda: 1 / 0}, 5)
