"""The file store: each content once, under its SHA-256, on disk before anybody is told."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from service.domain.errors import StorageError

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class FileBlobStore:
    """``ports.BlobStore`` in a folder: ``ab/cd/abcd…``. Files are readable by their owner only."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Store durably; the SHA-256 in hexadecimal. Idempotent, and mends a damaged file of that name."""
        digest = sha256(content).hexdigest()
        place = self._place(digest)
        with _storage_errors():
            if not _holds(place, digest):
                self._write(place, content)
        return digest

    def get(self, sha256: str) -> bytes:
        """The content; StorageError where it is missing or damaged."""
        with _storage_errors():
            content = self.path(sha256).read_bytes()
        if _digest(content) != sha256:
            raise StorageError(f"The stored file {sha256} is damaged.", advice="Restore it from a backup.")
        return content

    def path(self, sha256: str) -> Path:
        """A local file with the content, read-only; StorageError where it is missing."""
        place = self._place(sha256)
        if not place.is_file():
            raise StorageError(f"The stored file {sha256} is missing.", advice="Restore it from a backup.")
        return place

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise StorageError("That is not the name of a stored file.")
        return self.folder / digest[:2] / digest[2:4] / digest

    def _write(self, place: Path, content: bytes) -> None:
        self._make_folders(place.parent)
        handle, name = mkstemp(dir=place.parent, prefix=".new-")  # mode 0600
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(place)
        except BaseException:
            with suppress(FileNotFoundError):
                temporary.unlink()
            raise
        _sync_folder(place.parent)

    def _make_folders(self, folder: Path) -> None:
        """Make what is missing, each durably recorded in the folder above it."""
        if folder.is_dir():
            return
        self._make_folders(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _holds(place: Path, digest: str) -> bool:
    try:
        return _digest(place.read_bytes()) == digest
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"The file store failed: {error.strerror}.", advice="Check its folder and disk.") from error
