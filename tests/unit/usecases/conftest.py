"""Real parts for every test of a use case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.parts import Parts, parts_in


@pytest.fixture
def parts(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Parts]:
    """A migrated SQLite database, a file store and books of their own."""
    made = parts_in(tmp_path, migrated_sqlite)
    yield made
    made.engine.dispose()
