"""``concord reconcile``: match files, or the whole books, against Odoo in a temporary copy; nothing is written."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from extractors.readers.detect import media_type
from matchers.block import document_keys
from matchers.case import Case
from matchers.pipeline import reconcile
from matchers.rules.document import unreadable
from service.books.books import SqlBooks
from service.books.tables import metadata
from service.bootstrap import Container, build
from service.cli.container import odoo_of
from service.cli.extract import file_object, read_one
from service.cli.output import JsonObject, print_objects, progress
from service.cli.whole_books import reconcile_all
from service.config import load_settings
from service.domain.documents import Document, Failure
from service.domain.errors import ConcordError
from service.domain.extraction import Extraction
from service.domain.ids import DocumentId, new_id
from service.domain.keys import reference_key
from service.domain.lifecycle import DocumentStatus
from service.domain.matching import Reconciliation
from service.domain.page_ranges import PageRange
from service.ports import ReadRequest, Sibling
from service.store.engine import make_engine
from service.usecases.reconcile_document import is_touchless
from service.usecases.sync_books import refresh_keys
from service.web.presenters import finding_json, part_json, reconciliation_json

_UNREADABLE_EXIT = 4


@click.command("reconcile")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--all", "whole", is_flag=True, help="Examine the whole books instead of files.")
@click.option("--jsonl", is_flag=True, help="One object a line, printed as soon as it is there.")
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="With --all: write the findings there as a page and as a table.",
)
def command(files: tuple[str, ...], whole: bool, jsonl: bool, report: Path | None) -> int:
    """Read FILES, fetch what they need from Odoo and print matches and exceptions as JSON; or examine all that Odoo
    has for bills that nobody paid and money that nothing explains.
    """
    if whole == bool(files):
        raise click.UsageError("Name the files to reconcile, or else --all for the whole books.")
    if report is not None and not whole:
        raise click.UsageError("--report goes with --all.")
    requests = [ReadRequest(Path(file), Path(file).name) for file in files]
    with tempfile.TemporaryDirectory(prefix="concord-") as folder:
        settings = load_settings({**os.environ, "CONCORD_DATA_DIR": folder})
        if whole:
            reconcile_all(build(settings), as_lines=jsonl, report=report)
            return 0
        engine = make_engine(f"sqlite:///{folder}/books.sqlite")
        desk = _Desk(build(settings), engine)
        print_objects(desk.objects(requests), as_lines=jsonl, single=len(requests) == 1)
        engine.dispose()
    return _UNREADABLE_EXIT if desk.failed else 0


class _Desk:
    """Matches one file after the other, remembering the earlier ones, so that duplicates among them show."""

    def __init__(self, container: Container, engine: Engine) -> None:
        metadata.create_all(engine)
        self._container = container
        self._odoo = odoo_of(container)
        self._books = SqlBooks(engine)
        self._earlier: list[tuple[Document, Extraction]] = []
        self.failed = 0

    def objects(self, requests: Sequence[ReadRequest]) -> Iterator[JsonObject]:
        """The contract's object of each file."""
        reader = self._container.reader
        try:
            for request in requests:
                yield self._object(request, read_one(reader, request))
        finally:
            reader.close()

    def _object(self, request: ReadRequest, result: Extraction | ConcordError) -> JsonObject:
        named = file_object(request, result)
        if isinstance(result, ConcordError):
            self.failed += 1
            progress(f"{request.path}: {result.message}")
            finding = finding_json(unreadable(Failure(result.code, result.message)))
            return {**named, "status": DocumentStatus.FAILED.value, **reconciliation_json(None, [finding], None)}
        if not result.parts:
            return {**named, **self._matched(_document(request), result, str(request.path))}
        parts = [
            {
                **part_json(part),
                **self._matched(_document(request, part.pages), part.extraction, f"{request.path}, pages {part.pages}"),
            }
            for part in result.parts
        ]
        of_first = {name: value for name, value in parts[0].items() if name not in ("page_from", "page_to", "pages")}
        return {**named, **of_first, "parts": parts}

    def _matched(self, document: Document, extraction: Extraction, name: str) -> dict[str, object]:
        """The contract's ``status``, ``matches``, ``exceptions`` and so on of one document."""
        found, status = self._match(document, extraction)
        progress(f"{name}: {status.value}, {len(found.discrepancies)} exceptions")
        findings = [finding_json(discrepancy) for discrepancy in found.discrepancies]
        return {"status": status.value, **reconciliation_json(found, findings, self._container.clock.now())}

    def _match(self, document: Document, extraction: Extraction) -> tuple[Reconciliation, DocumentStatus]:
        container = self._container
        keys = document_keys(extraction)
        refresh_keys(books=self._books, odoo=self._odoo, keys=keys)
        case = Case(
            document=replace(document, kind=extraction.kind, kind_confidence=extraction.kind_confidence),
            extraction=extraction,
            records=self._books.candidates(keys),
            policy=container.policy,
            today=container.clock.today(),
            duplicate_of=next((d for d, _ in self._earlier if d.sha256 == document.sha256), None),
            siblings=self._siblings(extraction),
        )
        found = reconcile(case)
        self._earlier.append((document, extraction))
        touchless = is_touchless(found, extraction.kind, [d.severity for d in found.discrepancies], container.policy)
        return found, DocumentStatus.RECONCILED if touchless else DocumentStatus.IN_REVIEW

    def _siblings(self, extraction: Extraction) -> tuple[Sibling, ...]:
        number = reference_key(extraction.text("invoice_number") or "")
        return tuple(
            Sibling(
                document=document,
                invoice_number=earlier.text("invoice_number") or "",
                seller_name=earlier.text("seller_name"),
                seller_vat_id=earlier.text("seller_vat_id"),
                grand_total=earlier.amount("grand_total"),
            )
            for document, earlier in self._earlier
            if number and reference_key(earlier.text("invoice_number") or "") == number
        )


def _document(request: ReadRequest, pages: PageRange | None = None) -> Document:
    """The document that the file is, or the one on those of its ``pages``."""
    content = request.path.read_bytes()
    digest = hashlib.sha256(content + (b"" if pages is None else f":{pages}".encode()))
    return Document(
        id=DocumentId(new_id()),
        status=DocumentStatus.MATCHING,
        filename=request.filename,
        media_type=media_type(content, request.filename),
        size=len(content),
        sha256=digest.hexdigest(),
        received_at=datetime.fromtimestamp(request.path.stat().st_mtime, UTC),
        source="cli",
    )
