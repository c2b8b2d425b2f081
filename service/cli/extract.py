"""``concord extract``: read files and print what stands in them; no Odoo, no database, no server."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

import click

from service.cli.output import JsonObject, print_objects, progress
from service.config import Settings, load_settings
from service.domain.documents import DocumentKind
from service.domain.errors import ConcordError, UnreadableDocumentError
from service.domain.extraction import Extraction
from service.ports import DocumentReader, ReadRequest
from service.reading import reader_of
from service.web.presenters import detailed_extraction, part_json, plain_extraction

_UNREADABLE_EXIT = 4
_MOST_READERS = 4


@click.command("extract")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--kind", type=click.Choice([kind.value for kind in DocumentKind]), help="Read the files as this kind.")
@click.option("--ignore-einvoice", is_flag=True, help="Read the page even where the file embeds its data.")
@click.option("--details", is_flag=True, help="Add confidence, place and source of each value.")
@click.option("--jsonl", is_flag=True, help="One object a line, printed as soon as it is there.")
def command(files: tuple[str, ...], kind: str | None, ignore_einvoice: bool, details: bool, jsonl: bool) -> int:
    """Read FILES and print their fields and lines as JSON."""
    settings = load_settings(os.environ)
    hint = DocumentKind(kind) if kind else None
    requests = [ReadRequest(Path(file), Path(file).name, hint, ignore_einvoice) for file in files]
    failed = 0

    def objects() -> Generator[JsonObject, None, None]:
        nonlocal failed
        for request, result in zip(requests, read_all(requests, settings), strict=True):
            failed += isinstance(result, ConcordError)
            progress(f"{request.path}: {_said_of(result)}")
            yield file_object(request, result, details=details)

    with closing(objects()) as found:  # an interruption ends the reading, not only the printing
        print_objects(found, as_lines=jsonl, single=len(files) == 1)
    return _UNREADABLE_EXIT if failed else 0


def _said_of(result: Extraction | ConcordError) -> str:
    if isinstance(result, ConcordError):
        return result.message
    return ", ".join(f"{part.extraction.kind} (pages {part.pages})" for part in result.parts) or result.kind.value


def file_object(request: ReadRequest, result: Extraction | ConcordError, *, details: bool = False) -> dict[str, object]:
    """The contract's object of one file, read or not; of several documents it is the first one's, all are its parts."""
    named: dict[str, object] = {"file": request.path.name, "path": str(request.path)}
    if isinstance(result, ConcordError):
        error = {"code": result.code, "message": result.message}
        return {**named, "kind": DocumentKind.OTHER.value, "fields": {}, "lines": [], "error": error}
    shown = {**named, **plain_extraction(result)}
    if details:
        shown["details"] = detailed_extraction(result)
    if result.parts:
        shown["parts"] = [part_json(part, details=details) for part in result.parts]
    return shown


def read_all(requests: list[ReadRequest], settings: Settings) -> Iterator[Extraction | ConcordError]:
    """Each file's extraction, or the error that stands for it, in the order of ``requests``."""
    count = min(len(requests), os.cpu_count() or 1, _MOST_READERS)
    readers: SimpleQueue[DocumentReader] = SimpleQueue()
    made = [reader_of(settings) for _ in range(count)]
    for reader in made:
        readers.put(reader)

    def read(request: ReadRequest) -> Extraction | ConcordError:
        reader = readers.get()
        try:
            return read_one(reader, request)
        finally:
            readers.put(reader)

    pool = ThreadPoolExecutor(count)
    try:
        yield from pool.map(read, requests)
    finally:
        pool.shutdown(cancel_futures=True)
        for reader in made:
            reader.close()


def read_one(reader: DocumentReader, request: ReadRequest) -> Extraction | ConcordError:
    """The extraction of one file, or the error that stands for it."""
    if not request.path.is_file():
        return UnreadableDocumentError(f"There is no file {request.path}.", code="FILE_NOT_FOUND")
    try:
        return reader.read(request)
    except UnreadableDocumentError as error:
        return error
    except PermissionError:
        return UnreadableDocumentError(f"The file {request.path} may not be read.", code="FILE_NOT_READABLE")
