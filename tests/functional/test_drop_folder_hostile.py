"""What may lie in a drop folder besides papers: nothing of it hangs, breaks or blocks the collecting."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from service.domain.documents import Document
from service.ports import DocumentFilter
from tests.support.parts import Parts
from workers.intake import folder as drop_folder
from workers.intake.folder import collect_files
from workers.intake.receiving import Intake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "drop"
    place.mkdir()
    return place


def collect(parts: Parts, folder: Path) -> int:
    return collect_files(Intake(parts.uow, parts.blobs, parts.clock, 1000), folder)


def documents(parts: Parts) -> tuple[Document, ...]:
    with parts.uow.read() as tx:
        found, _ = tx.documents.search(DocumentFilter(), limit=100)
    return tuple(summary.document for summary in found)


def test_links_pipes_and_sockets_are_left_alone(parts: Parts, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.pdf").write_bytes(b"%PDF")
    (folder / "linked-folder").symlink_to(tmp_path / "outside")
    (folder / "linked.pdf").symlink_to(tmp_path / "outside" / "secret.pdf")
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    os.mkfifo(folder / "pipe.pdf")
    (folder / "sub").mkdir()
    os.mkfifo(folder / "sub" / "pipe.pdf")
    (folder / "sub" / "linked.pdf").symlink_to(tmp_path / "outside" / "secret.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "s.pdf"))
        (folder / "paper.pdf").write_bytes(b"%PDF")
        assert [collect(parts, folder) for _ in range(3)] == [0, 1, 0]
    assert (tmp_path / "outside" / "secret.pdf").exists()


def test_a_folder_that_cant_be_looked_into_is_no_error(
    parts: Parts, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "no-folder").write_bytes(b"%PDF")
    assert collect(parts, folder / "no-folder") == 0
    assert caplog.messages == ["folder not readable"]


def test_a_heap_of_files_is_received_in_parts(parts: Parts, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drop_folder, "_AT_ONCE", 4)
    for number in range(10):
        (folder / f"{number}.pdf").write_bytes(b"%%PDF %d" % number)
    assert [collect(parts, folder) for _ in range(5)] == [0, 4, 4, 2, 0]


def test_a_file_that_vanishes_is_forgotten(parts: Parts, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    paper = folder / "paper.pdf"
    paper.write_bytes(b"%PDF")
    intake = Intake(parts.uow, parts.blobs, parts.clock, 1000, lambda: paper.unlink(missing_ok=True))
    assert [collect_files(intake, folder) for _ in range(3)] == [0, 0, 0]
    assert caplog.messages == []


def test_a_file_that_takes_anothers_place_is_not_moved_away_unread(parts: Parts, folder: Path) -> None:
    paper = folder / "paper.pdf"
    paper.write_bytes(b"%PDF first")

    class Swapping(type(parts.blobs)):  # type: ignore[misc]
        def put(self, content: bytes) -> str:
            paper.write_bytes(b"%PDF the second")
            return str(super().put(content))

    collect(parts, folder)
    assert collect_files(Intake(parts.uow, Swapping(parts.blobs.folder), parts.clock, 1000), folder) == 0
    assert [collect(parts, folder) for _ in range(3)] == [0, 1, 0]
    contents = {parts.blobs.get(document.sha256) for document in documents(parts)}
    assert contents == {b"%PDF first", b"%PDF the second"}


def test_a_name_with_line_breaks_can_be_downloaded(parts: Parts, folder: Path) -> None:
    (folder / "a\r\nSet-Cookie: x.pdf").write_bytes(b"%PDF")
    collect(parts, folder)
    assert collect(parts, folder) == 1
    assert documents(parts)[0].filename == "aSet-Cookie: x.pdf"
