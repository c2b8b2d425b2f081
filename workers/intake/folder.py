"""The drop folder: a file becomes a document once it has stopped changing, then goes to ``done`` or ``failed``.

A file is moved only after its document is durable. Where the worker dies in between, the same content at the same
path is recognised by its key and just moved.
"""

from __future__ import annotations

import json
import logging
import os
import stat
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from pathlib import Path

from service.domain.documents import DocumentKind
from service.usecases.receive_document import Upload
from workers.intake.receiving import Intake, key_of

log = logging.getLogger(__name__)

LOOK = "drop_folder_look"  # the fact that holds what the last look saw
DONE, FAILED = "done", "failed"
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp")
_NOBODYS = frozenset({"thumbs.db", "desktop.ini"})
_KINDS = {kind.value: kind for kind in DocumentKind}
_AT_ONCE = 500  # files a call, so that a heap of them doesn't keep a worker from everything else
_STUCK = "stuck "  # before the look of a file that could neither be received nor moved away

Look = dict[str, str]


class _Fate(Enum):
    """What became of a file: moved away as a document or not, still changing, or impossible to move away."""

    RECEIVED = auto()
    REFUSED = auto()
    UNSETTLED = auto()
    STUCK = auto()


def collect_files(intake: Intake, folder: Path) -> int:
    """Receive the files that look as they did at the last call; how many. A file that can't be received goes to
    ``failed``, and one that can't be moved either is left alone until it changes.
    """
    before, now = _last_look(intake), _look(folder)
    received = tried = 0
    for name, seen in list(now.items()):
        if before.get(name) == f"{_STUCK}{seen}":
            now[name] = before[name]
        elif before.get(name) == seen and tried < _AT_ONCE:
            tried += 1
            intake.renew()
            fate = _take(intake, folder, name, seen)
            if fate is _Fate.STUCK:
                now[name] = f"{_STUCK}{seen}"
            elif fate is not _Fate.UNSETTLED:
                del now[name]
            received += fate is _Fate.RECEIVED
    if now != before:
        with intake.uow.write() as tx:
            tx.facts.put(LOOK, json.dumps(now))
    return received


def _last_look(intake: Intake) -> Mapping[str, str]:
    with intake.uow.read() as tx:
        told: Mapping[str, str] = json.loads(tx.facts.get(LOOK) or "{}")
    return told


def _look(folder: Path) -> Look:
    """Size and time of every file that may be meant for us, by its path in the folder."""
    found = {}
    for path in _files(folder):
        try:
            found[str(path.relative_to(folder))] = _signature(path.lstat())
        except OSError:
            continue  # gone since
    return found


def _files(folder: Path) -> Iterator[Path]:
    """The files of the folder and of its sub-folders, not deeper; links aren't followed."""
    for entry in _entries(folder):
        if entry.name in (DONE, FAILED):
            continue
        if entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        elif entry.is_dir(follow_symlinks=False):
            inner = _entries(Path(entry.path))
            yield from (Path(file.path) for file in inner if file.is_file(follow_symlinks=False))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What may be meant for us in the folder, by name; nothing where it can't be looked into, or not any more."""
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if _is_meant(entry.name)), key=lambda entry: entry.name)
    except OSError as error:
        log.warning("folder not readable", extra={"folder": _printable(str(folder)), "reason": error.strerror})
        return []


def _is_meant(name: str) -> bool:
    folded = name.casefold()
    return not (name.startswith((".", "~")) or name.endswith("~") or folded.endswith(_UNFINISHED) or folded in _NOBODYS)


def _signature(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _take(intake: Intake, folder: Path, name: str, seen: str) -> _Fate:
    """Receive one file, then move it away."""
    try:
        content = _unchanged(folder / name, seen, intake.max_bytes)
    except FileNotFoundError:
        return _Fate.UNSETTLED  # taken away again
    except OSError as error:
        return _refuse(folder, name, str(error.strerror))
    if content is None:
        return _Fate.UNSETTLED
    if not content or len(content) > intake.max_bytes:
        return _refuse(folder, name, "empty" if not content else "larger than the setting MAX_UPLOAD_MB allows")
    shown = _printable(name)
    upload = Upload(content, shown.rpartition("/")[2], "folder", _KINDS.get(Path(name).parent.name), shown)
    (document,) = intake.receive((upload,), key_of(name, (upload,)))
    log.info("received from the drop folder", extra={"document_id": document.id, "file": shown})
    if not _stands(folder / name, seen):
        return _Fate.UNSETTLED  # another file took its place meanwhile, which is received next
    return _Fate.RECEIVED if _move(folder, name, DONE) else _Fate.STUCK


def _unchanged(path: Path, seen: str, max_bytes: int) -> bytes | None:
    """The content, of at most one byte more than may be; None where the file isn't as it was seen."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        content = file.read(max_bytes + 1)
        return content if _signature(os.fstat(handle)) == seen else None


def _stands(path: Path, seen: str) -> bool:
    """Whether the file is still the one that was seen."""
    try:
        return _signature(path.lstat()) == seen
    except OSError:
        return False


def _refuse(folder: Path, name: str, reason: str) -> _Fate:
    log.warning("file not received", extra={"file": _printable(name), "reason": reason})
    return _Fate.REFUSED if _move(folder, name, FAILED) else _Fate.STUCK


def _move(folder: Path, name: str, outcome: str) -> bool:
    """Into the outcome's folder, under another name where there is such a file already; whether it worked."""
    source, target = folder / name, folder / outcome / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(_free(target))
    except OSError as error:
        log.warning("file not moved", extra={"file": _printable(name), "reason": error.strerror})
        return False
    return True


def _free(target: Path) -> Path:
    place, number = target, 1
    while place.exists():
        number += 1
        place = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return place


def _printable(name: str) -> str:
    """File names may hold any bytes, texts that are stored may not."""
    return name.encode(errors="surrogateescape").decode(errors="replace")
