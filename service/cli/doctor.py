"""``concord doctor``: check every part, say how to mend it, and mend what can be mended without a question."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from extractors.engines.port import EngineName
from extractors.engines.tesseract import installed_languages
from service.bootstrap import Container, build, odoo_settings
from service.cli.surroundings import (
    check_drop_folder,
    check_mailbox,
    check_odoo_clock,
    check_odoo_rights,
    check_rapidocr,
    check_room,
    why_not_opened,
)
from service.config import load_settings
from service.domain.errors import ConcordError, StorageError, UnreadableDocumentError
from service.domain.jobs import Job
from service.odoo.session import Session
from service.ports import DocumentReader, ReadRequest
from service.store.migrate import current, newest, upgrade
from service.usecases.requeue_stalled import requeue_stalled


@dataclass(frozen=True, slots=True)
class _Finding:
    """What a check of a part found; ``advice`` is empty where all is well."""

    part: str
    state: str
    advice: str = ""


@click.command("doctor")
@click.option("--repair", is_flag=True, help="Also migrate the database and nudge stalled jobs again.")
def command(repair: bool) -> int:
    """Check every part and say how to mend it."""
    container = build(load_settings(os.environ))
    if repair:
        upgrade(container.engine)
        requeue_stalled(uow=container.uow, dispatcher=container.dispatcher, clock=container.clock)
    findings = list(_examine(container))
    for finding in findings:
        click.echo(f"{finding.part:<9} {finding.state}")
        if finding.advice:
            click.echo(f"          → {finding.advice}")
    container.reader.close()
    return StorageError.exit_code if any(finding.advice for finding in findings) else 0


def _examine(container: Container) -> Iterator[_Finding]:
    settings = container.settings
    unused = (
        "; ENCRYPTION_KEY is set, and nothing is encrypted yet" if settings.encryption_key.get_secret_value() else ""
    )
    yield _Finding("settings", f"data in {settings.data_dir}{unused}")
    database = _database(container)
    yield database
    yield _ask("broker", container.dispatcher.check, "Start Concord (concord run), or mend CONCORD_BROKER_URL.")
    yield _ask("worker", lambda: _workers(container), "Start Concord (concord run), or look into the worker's log.")
    yield _reader(container)
    yield _ocr(container)
    if settings.ocr_engine != EngineName.TESSERACT.value:
        yield _ask("rapidocr", check_rapidocr, "")
    odoo = _odoo(container)
    yield odoo
    if container.odoo is not None and not odoo.advice:
        session = Session(odoo_settings(settings))
        yield _ask("rights", lambda: check_odoo_rights(session), "Check the user's groups in Odoo.")
        yield _ask("clock", lambda: check_odoo_clock(session, container.clock.now()), "")
    yield _ask("disk", lambda: check_room(settings.data_dir), "")
    if settings.drop_folder is not None:
        folder = settings.drop_folder
        yield _ask("folder", lambda: check_drop_folder(folder), "")
    if url := settings.imap_url.get_secret_value():
        yield _ask("mailbox", lambda: check_mailbox(url), "")
    if not database.advice:
        yield _jobs(container)


def _ask(part: str, question: Callable[[], object], advice: str) -> _Finding:
    try:
        answer = question()
    except ConcordError as error:
        return _Finding(part, error.message, error.advice or advice)
    return _Finding(part, f"ok{'' if answer is None else f', {answer}'}")


def _database(container: Container) -> _Finding:
    def revision() -> str:
        place = container.engine.url.database or ""
        if container.engine.dialect.name == "sqlite" and (fault := why_not_opened(Path(place))):
            raise StorageError(
                fault, advice="Restore it from a backup, mend its rights, or move it away to begin anew."
            )
        found, wanted = current(container.engine), newest()
        if found is None:
            raise StorageError("The database is empty.", advice="Run concord doctor --repair, or start Concord.")
        if found != wanted:
            raise StorageError(f"The database is at revision {found}, this Concord needs {wanted}.")
        return f"revision {found}"

    return _ask("database", revision, "Run concord doctor --repair, or check CONCORD_DATABASE_URL.")


def _workers(container: Container) -> str:
    workers = container.dispatcher.workers()
    if workers == 0:
        raise StorageError("No worker answers.")
    return f"{workers} of them"


def _reader(container: Container) -> _Finding:
    return _ask("reader", lambda: _read_nothing(container.reader), "Set it up anew: make clean setup.")


def _read_nothing(reader: DocumentReader) -> None:
    """An empty file must be refused as empty: then the reader process starts, forks and answers."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        try:
            reader.read(ReadRequest(Path(file.name), "empty.pdf"))
        except UnreadableDocumentError as error:
            if error.code != "EMPTY_FILE":
                raise


def _ocr(container: Container) -> _Finding:
    """Which engines read scans; that tesseract is missing only matters where nothing else may."""
    engine, wanted = container.settings.ocr_engine, container.settings.ocr_languages
    known = [language for language in wanted if language in installed_languages()]
    if engine == EngineName.RAPIDOCR.value:
        return _Finding("ocr", "ok, rapidocr")
    if not known:
        advice = "Install tesseract-ocr and its languages." if engine == EngineName.TESSERACT.value else ""
        return _Finding("ocr", "tesseract is not installed; rapidocr reads scans alone", advice)
    both = ", and rapidocr" if engine == EngineName.AUTO.value else ""
    missing = ", ".join(language for language in wanted if language not in known)
    lacks = f"; not installed: {missing}" if missing else ""
    return _Finding("ocr", f"ok, tesseract ({', '.join(known)}){both}{lacks}")


def _odoo(container: Container) -> _Finding:
    connect = container.odoo
    if connect is None:
        return _Finding("odoo", "not configured; reading and correcting work without it")
    advice = "Check CONCORD_ODOO_URL, _DB, _USER and _PASSWORD, and that user's rights in Odoo."
    return _ask("odoo", lambda: f"{connect().version()}, identity {connect().identity()[:12]}", advice)


def _jobs(container: Container) -> _Finding:
    with container.uow.read() as tx:
        dead: tuple[Job, ...] = tx.jobs.dead()
    if not dead:
        return _Finding("jobs", "ok, none given up")
    return _Finding("jobs", f"{len(dead)} given up", "Look at Failed jobs as an administrator, then reprocess.")
