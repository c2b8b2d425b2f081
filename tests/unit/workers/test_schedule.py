"""Beat's tick attests the audit chains, so that a chain that was cut off is noticed."""

from pathlib import Path

import pytest
from sqlalchemy import text

from service.bootstrap import build
from service.config import load_settings
from service.store.migrate import upgrade
from workers import schedule
from workers.celery_app import app


def test_a_tick_attests_the_chains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = build(load_settings({"CONCORD_DATA_DIR": str(tmp_path)}))
    upgrade(parts.engine)
    key = parts.settings.secret_key.get_secret_value().encode()
    with parts.uow.write() as tx:
        for action in ("receive", "read"):
            tx.audit.append("document:1", parts.clock.now(), "system", action, {})
    monkeypatch.setattr(schedule, "container", lambda: parts)

    schedule.JobTable(app, lazy=True).tick()

    with parts.uow.read() as tx:
        assert tx.audit.verify_checkpoints(key) is None
    with parts.engine.begin() as connection:
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for trigger in triggers:
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("DELETE FROM audit_events WHERE sequence = 2"))
    with parts.uow.read() as tx:
        assert "document:1" in (tx.audit.verify_checkpoints(key) or "")
    parts.engine.dispose()
