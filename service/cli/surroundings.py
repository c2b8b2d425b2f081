"""What Concord needs of the machine around it, for ``concord doctor``: room on the disk, a folder, a mailbox."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from extractors.engines.rapid import warm_up
from service.domain.errors import StorageError
from service.odoo.rights import NEEDED, clock_difference, lacking
from service.odoo.session import Session
from workers.intake.mailbox import MailboxError, mailbox_settings, open_mailbox

_LEAST_ROOM = 1_000_000_000  # bytes
_MOST_CLOCK_S = 30


def check_room(folder: Path) -> str:
    """How much room is left where the data is; StorageError below a gigabyte."""
    free = shutil.disk_usage(folder).free
    if free < _LEAST_ROOM:
        raise StorageError(f"Only {free // 1_000_000} MB are free in {folder}.", advice="Make room on that disk.")
    return f"{free / 1e9:.0f} GB free"


def check_drop_folder(folder: Path) -> None:
    """StorageError where files can't be read there and moved away."""
    if not folder.is_dir():
        raise StorageError(f"There is no folder {folder}.", advice="Make it, or mend CONCORD_DROP_FOLDER.")
    try:
        os.scandir(folder).close()
        with tempfile.NamedTemporaryFile(prefix=".concord-", dir=folder):
            pass
    except OSError as error:
        raise StorageError(
            f"The folder {folder}: {error.strerror}.",
            advice="Give Concord's user the right to read and to write there.",
        ) from error


def check_mailbox(url: str) -> str:
    """How many mails wait; StorageError that says what the server, its certificate or the sign-in is short of."""
    try:
        with open_mailbox(mailbox_settings(url, "")) as mailbox:
            return f"{len(mailbox.waiting())} unread"
    except MailboxError as error:
        raise StorageError(f"The mailbox: {error}", advice="Check CONCORD_IMAP_URL and the mail server.") from error


def check_odoo_rights(session: Session) -> str:
    """StorageError that names each right that the integration user lacks in Odoo and the group that gives it."""
    lacks = lacking(session)
    if not lacks:
        return f"{len(NEEDED)} rights"
    said = "; ".join(f"{right.operation} {right.model} for {right.purpose}" for right in lacks)
    groups = ", ".join(dict.fromkeys(right.group for right in lacks))
    raise StorageError(f"The user lacks rights in Odoo: {said}.", advice=f"Give it in Odoo: {groups}.")


def check_odoo_clock(session: Session, now: datetime) -> str:
    """How far Odoo's clock is off; StorageError where it is so far that records seem to change before they do."""
    ahead = clock_difference(session, now)
    if ahead is None:
        return "Odoo's server tells no time"
    seconds = round(ahead.total_seconds())
    if abs(seconds) > _MOST_CLOCK_S:
        raise StorageError(
            f"Odoo's clock is {abs(seconds)} seconds {'ahead' if seconds > 0 else 'behind'}.",
            advice="Have both machines keep the time by NTP.",
        )
    return f"{abs(seconds)} s apart"


def check_rapidocr() -> str:
    """StorageError where rapidocr or its models can't be loaded."""
    try:
        warm_up()
    except Exception as error:
        raise StorageError(
            f"rapidocr can't be loaded ({type(error).__name__}).", advice="Set it up anew: make clean setup."
        ) from error
    return "models loaded"


def why_not_opened(place: Path) -> str:
    """In words, why the database's SQLite file can't be opened; empty where it can be read."""
    if place.is_dir():
        return f"{place} is a folder."
    try:
        with place.open("r+b") as file:
            start = file.read(16)
    except OSError as error:
        return f"{place}: {error.strerror}."
    return "" if start in (b"", b"SQLite format 3\0") else f"{place} is no SQLite file, or a damaged one."
