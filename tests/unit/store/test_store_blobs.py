"""The file store."""

from __future__ import annotations

import stat
from hashlib import sha256
from pathlib import Path

import pytest

from service.domain.errors import StorageError
from service.store.blobs import FileBlobStore

CONTENT = b"%PDF-1.7\nan invoice"
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobStore:
    return FileBlobStore(tmp_path / "deep" / "blobs")


def test_content_is_stored_once_under_its_digest(blobs: FileBlobStore) -> None:
    assert blobs.put(CONTENT) == DIGEST
    before = blobs.path(DIGEST).stat()
    assert blobs.put(CONTENT) == DIGEST
    assert blobs.path(DIGEST).stat() == before
    assert blobs.get(DIGEST) == CONTENT
    assert blobs.get(blobs.put(b"")) == b""
    files = [path for path in blobs.folder.rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == sorted([DIGEST, sha256(b"").hexdigest()])


def test_only_the_owner_may_look(blobs: FileBlobStore) -> None:
    blobs.put(CONTENT)
    assert stat.S_IMODE(blobs.path(DIGEST).stat().st_mode) == 0o600
    assert {stat.S_IMODE(p.stat().st_mode) for p in (blobs.folder, *blobs.folder.rglob("*")) if p.is_dir()} == {0o700}


def test_damage_is_noticed_and_mended_by_the_next_upload(blobs: FileBlobStore) -> None:
    blobs.put(CONTENT)
    blobs.path(DIGEST).write_bytes(CONTENT[:-1])
    with pytest.raises(StorageError, match="damaged"):
        blobs.get(DIGEST)
    blobs.put(CONTENT)
    assert blobs.get(DIGEST) == CONTENT


@pytest.mark.parametrize("name", [DIGEST, "0" * 64])
def test_what_is_missing_is_an_error(blobs: FileBlobStore, name: str) -> None:
    with pytest.raises(StorageError, match="missing"):
        blobs.get(name)
    with pytest.raises(StorageError, match="missing"):
        blobs.path(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", DIGEST.upper(), DIGEST + "\n", DIGEST[:-1]])
def test_a_name_that_is_no_digest_leads_nowhere(blobs: FileBlobStore, name: str) -> None:
    with pytest.raises(StorageError, match="not the name"):
        blobs.path(name)


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError) as failed:
        FileBlobStore(tmp_path / "file" / "blobs").put(CONTENT)
    assert failed.value.retryable
