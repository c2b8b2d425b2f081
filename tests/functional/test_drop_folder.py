"""Files in the drop folder become documents, each once, when they are whole, whatever dies on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.domain.documents import Document, DocumentKind
from service.ports import DocumentFilter
from tests.support.parts import Parts
from tests.support.stack import wait_until
from workers.intake.folder import collect_files
from workers.intake.receiving import Intake

ROOT = Path(__file__).resolve().parents[2]
MOST = 1000  # bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "drop"
    place.mkdir()
    return place


def collect(parts: Parts, folder: Path) -> int:
    return collect_files(Intake(parts.uow, parts.blobs, parts.clock, MOST), folder)


def documents(parts: Parts) -> list[Document]:
    with parts.uow.read() as tx:
        found, _ = tx.documents.search(DocumentFilter(), limit=100)
    return sorted((summary.document for summary in found), key=lambda document: document.filename)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_received_when_it_stands_still_and_then_moved(parts: Parts, folder: Path) -> None:
    paper = folder / "invoice.pdf"
    paper.write_bytes(b"%PDF half")
    assert collect(parts, folder) == 0
    paper.write_bytes(b"%PDF half and the rest")
    assert collect(parts, folder) == 0
    assert collect(parts, folder) == 1
    (document,) = documents(parts)
    assert parts.blobs.get(document.sha256) == b"%PDF half and the rest"
    assert (document.source, document.source_ref) == ("folder", "invoice.pdf")
    assert files(folder) == ["done/invoice.pdf"]
    assert collect(parts, folder) == 0


def test_sub_folders_tell_the_kind(parts: Parts, folder: Path) -> None:
    for name in ("return_form", "holidays"):
        (folder / name).mkdir()
        (folder / name / f"{name}.pdf").write_bytes(b"%PDF " + name.encode())
    collect(parts, folder)
    assert collect(parts, folder) == 2
    assert [document.kind_hint for document in documents(parts)] == [None, DocumentKind.RETURN_FORM]
    assert files(folder) == ["done/holidays/holidays.pdf", "done/return_form/return_form.pdf"]


def test_unfinished_and_foreign_files_are_left_alone(parts: Parts, folder: Path, tmp_path: Path) -> None:
    names = [".hidden.pdf", "a.pdf.part", "b.pdf.crdownload", "~$c.docx", "d.pdf~", "Thumbs.db"]
    for name in names:
        (folder / name).write_bytes(b"%PDF")
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (folder / "link.pdf").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.pdf")
    for _ in range(3):
        assert collect(parts, folder) == 0
    assert secret.exists()
    assert documents(parts) == []


def test_what_cant_be_received_goes_to_failed(parts: Parts, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "empty.pdf").touch()
    (folder / "large.pdf").write_bytes(bytes(MOST + 1))
    (folder / "good.pdf").write_bytes(b"%PDF")
    collect(parts, folder)
    assert collect(parts, folder) == 1
    assert files(folder) == ["done/good.pdf", "failed/empty.pdf", "failed/large.pdf"]
    assert caplog.messages.count("file not received") == 2


def test_a_second_file_of_the_same_name_is_another_document(parts: Parts, folder: Path) -> None:
    for content in (b"%PDF one", b"%PDF two"):
        (folder / "paper.pdf").write_bytes(content)
        collect(parts, folder)
        assert collect(parts, folder) == 1
    assert len(documents(parts)) == 2
    assert files(folder) == ["done/paper-2.pdf", "done/paper.pdf"]


def test_a_file_that_cant_be_moved_is_received_once_and_left(
    parts: Parts, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "paper.pdf").write_bytes(b"%PDF")
    (folder / "done").write_text("in the way")
    for _ in range(4):
        collect(parts, folder)
    assert len(documents(parts)) == 1
    assert caplog.messages.count("file not moved") == 1


def test_a_folder_that_is_missing_is_no_error(parts: Parts, folder: Path) -> None:
    assert collect(parts, folder / "nowhere") == 0


def test_a_name_of_any_bytes_is_taken(parts: Parts, folder: Path) -> None:
    (folder / os.fsdecode(b"r\xe9\xff.pdf")).write_bytes(b"%PDF")
    collect(parts, folder)
    assert collect(parts, folder) == 1
    assert documents(parts)[0].filename == "r��.pdf"


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_a_killed_worker_loses_and_doubles_nothing(parts: Parts, folder: Path, moment: str) -> None:
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(b"%PDF " + name.encode())
    collect(parts, folder)
    reached = parts.folder / "reached"
    command = [sys.executable, "-m", "tests.support.stopping_intake", "files", moment, str(parts.folder), str(reached)]
    worker = subprocess.Popen([*command, str(folder)], cwd=ROOT)
    wait_until(reached.exists, 30, f"a file is {moment}")
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=10)
    assert len(documents(parts)) == (0 if moment == "before the commit" else 1)
    assert files(folder) == ["a.pdf", "b.pdf"]
    assert collect(parts, folder) == 2
    assert [document.filename for document in documents(parts)] == ["a.pdf", "b.pdf"]
    assert files(folder) == ["done/a.pdf", "done/b.pdf"]
    assert collect(parts, folder) == 0
