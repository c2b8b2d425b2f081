"""Collects from a mailbox or a drop folder in a process of its own and stands still at a moment, to be killed there."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from service.domain.documents import Document
from service.store.blobs import FileBlobStore
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork
from service.usecases.receive_document import Upload
from tests.support.parts import SetClock
from workers.intake.folder import collect_files
from workers.intake.mail import collect_mail
from workers.intake.mailbox import mailbox_settings
from workers.intake.receiving import Intake


@dataclass(frozen=True, slots=True)
class StoppingIntake(Intake):
    """Stands still before or after the commit of what it receives first."""

    moment: str = ""
    reached: Path = Path()

    def receive(self, uploads: list[Upload], key: str) -> tuple[Document, ...]:  # type: ignore[override]
        """As the real one does, up to the moment."""
        if self.moment == "before the commit":
            for upload in uploads:
                self.blobs.put(upload.content)
            self._stand_still()
        # zero-argument super() doesn't work in slotted dataclasses
        received = Intake.receive(self, uploads, key)
        self._stand_still()
        return received

    def _stand_still(self) -> None:
        self.reached.touch()
        time.sleep(120)


def main(way: str, moment: str, folder: Path, reached: Path, *where: str) -> None:
    """Collect from where the arguments say."""
    clock = SetClock()
    uow = SqlUnitOfWork(make_engine(f"sqlite:///{folder / 'concord.sqlite'}"), None, clock)
    intake = StoppingIntake(uow, FileBlobStore(folder / "blobs"), clock, 1 << 20, moment=moment, reached=reached)
    if way == "mail":
        collect_mail(intake, mailbox_settings(*where))
    else:
        collect_files(intake, Path(where[0]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]), *sys.argv[5:])
