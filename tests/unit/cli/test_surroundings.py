"""What the doctor says about the machine around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli.surroundings import check_drop_folder, check_mailbox, check_rapidocr, check_room, why_not_opened
from service.domain.errors import StorageError


def test_a_database_that_cant_be_opened_is_told_apart(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no database at all")
    assert "no SQLite file" in why_not_opened(damaged)
    assert "is a folder" in why_not_opened(tmp_path)
    assert "No such file" in why_not_opened(tmp_path / "missing")
    fresh = tmp_path / "fresh.sqlite"
    fresh.touch()
    assert why_not_opened(fresh) == ""


def test_the_drop_folder_must_be_there(tmp_path: Path) -> None:
    check_drop_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StorageError, match="There is no folder"):
        check_drop_folder(tmp_path / "missing")


def test_a_mailbox_that_doesnt_answer_is_named() -> None:
    with pytest.raises(StorageError, match="mailbox"):
        check_mailbox("imap://u:p@127.0.0.1:9/INBOX")


def test_the_room_is_told(tmp_path: Path) -> None:
    assert check_room(tmp_path).endswith("GB free")


def test_the_models_of_rapidocr_can_be_loaded() -> None:
    assert check_rapidocr() == "models loaded"
