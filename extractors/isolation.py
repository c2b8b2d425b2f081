"""The warm reader process seen from outside: started once, asked for one document after the other.

The process gets none of our environment, so no password is in its reach; documents are read in its forked children
under limits on memory, time, file size and open files. Usable from threads (one request at a time) and from forked
workers (each forked process starts a reader of its own).
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors.engines.port import OcrSettings
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits
from service.domain.codec import decode, encode
from service.domain.errors import NeedsOcrError, UnreadableDocumentError
from service.domain.extraction import Extraction
from service.domain.memory import Memory, Observation
from service.domain.page_ranges import PageRange
from service.ports import Confirmed, ReadRequest

_ROOT = Path(__file__).resolve().parent.parent
_START_S = 30.0  # for the process to import everything
_GRACE_S = 5.0  # beyond the wall clock limit, for the answer to arrive
_CRASHED = "Reading this file broke the reader; open it and save or print it as a new PDF."
_TIMEOUT = "Reading this file took too long; split it or save it as a new PDF."
# More threads make tesseract several times slower on few cores, and a process with threads is no good to fork.
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# What recognising a document may cost; its pages are counted by max_scanned_pages.
_OCR_MEMORY = 1200 * 1024 * 1024  # bytes, beside the 300 MB of code and models
_OCR_SECONDS = 780  # below what a worker's job may take
_KEPT = ("PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ")


class WarmReader:
    """A ``ports.DocumentReader`` in a process of its own."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS, ocr: OcrSettings | None = None) -> None:
        self._limits = limits
        self._ocr_limits = replace(limits, memory_bytes=_OCR_MEMORY, cpu_s=_OCR_SECONDS, wall_s=float(_OCR_SECONDS))
        self._ocr = ocr or OcrSettings()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""  # of its temporary files
        self._owner = 0
        self._received = b""

    def read(self, request: ReadRequest, heartbeat: Callable[[], None] = lambda: None) -> Extraction:
        """The extraction; UnreadableDocumentError with a code and a sentence to act on; NeedsOcrError where pages are
        pictures and the request forbids to recognise them. ``heartbeat`` is called about every second while it waits.
        """
        answer = self._ask_of_pages(_asked("read", request), request, heartbeat)
        return decode(Extraction, answer["extraction"])

    def observe(
        self, request: ReadRequest, confirmed: Confirmed, heartbeat: Callable[[], None] = lambda: None
    ) -> tuple[Observation, ...]:
        """What the file teaches about its sender's papers; errors and ``heartbeat`` as of ``read``."""
        asked = {**_asked("observe", request), "confirmed": encode(confirmed)}
        answer = self._ask_of_pages(asked, request, heartbeat)
        return decode(tuple[Observation, ...], answer["observations"])

    def _ask_of_pages(
        self, asked: dict[str, Any], request: ReadRequest, heartbeat: Callable[[], None]
    ) -> dict[str, Any]:
        """The answer; pages that are pictures are recognised, where the request allows it."""
        try:
            return self._ask(asked, self._limits, heartbeat)
        except NeedsOcrError:  # found in no time, and under the tighter limits
            if not request.may_recognise:
                raise
            return self._ask({**asked, "ocr": encode(self._ocr)}, self._ocr_limits, heartbeat)

    def render(self, path: Path, page: int, width: int) -> bytes:
        """Page ``page`` (1-based) as a PNG ``width`` pixels wide; UnreadableDocumentError."""
        asked: dict[str, Any] = {"do": "render", "path": str(path), "page": str(page), "width": str(width)}
        return base64.b64decode(self._ask(asked, self._limits, lambda: None)["png"])

    def cut(self, path: Path, pages: PageRange) -> bytes:
        """Those pages as a file of its own of the same type; UnreadableDocumentError."""
        asked = {"do": "cut", "path": str(path), "first": pages.first, "last": pages.last}
        return base64.b64decode(self._ask(asked, self._limits, lambda: None)["content"])

    def close(self) -> None:
        """End the reader process; a later request starts another."""
        with self._lock:
            self._stop()

    def _ask(self, asked: dict[str, Any], limits: Limits, heartbeat: Callable[[], None]) -> dict[str, Any]:
        with self._lock:
            answer = self._converse({**asked, "path": str(Path(asked["path"]).resolve())}, limits, heartbeat)
        if "error" not in answer:
            return answer
        said, code = answer["error"]["message"], answer["error"]["code"]
        raise NeedsOcrError(said) if code == NeedsOcrError.code else UnreadableDocumentError(said, code=code)

    def _converse(self, asked: dict[str, Any], limits: Limits, heartbeat: Callable[[], None]) -> dict[str, Any]:
        """Send to a living process and wait; a process that died before it took the request is replaced once."""
        message = json.dumps({**asked, "limits": encode(limits)}).encode() + b"\n"
        for attempt in (1, 2):
            process = self._living()
            try:
                _stdin(process).write(message)
                _stdin(process).flush()
                break
            except (BrokenPipeError, OSError):
                self._stop()
                if attempt == 2:
                    raise UnreadableDocumentError(_CRASHED, code="READER_CRASHED") from None
        return self._await(time.monotonic() + limits.wall_s + _GRACE_S, heartbeat)

    def _await(self, deadline: float, heartbeat: Callable[[], None]) -> dict[str, Any]:
        try:
            while True:
                heartbeat()
                answer = self._receive(deadline)
                if "working" not in answer:
                    return answer
        except TimeoutError:
            self._stop()
            raise UnreadableDocumentError(_TIMEOUT, code="READER_TIMEOUT") from None
        except EOFError:
            self._stop()
            raise UnreadableDocumentError(_CRASHED, code="READER_CRASHED") from None
        except BaseException:
            self._stop()  # its answer would be taken for the next request's
            raise

    def _receive(self, deadline: float) -> dict[str, Any]:
        """The next line that the process says; TimeoutError, EOFError."""
        assert self._process is not None
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._received:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise TimeoutError
            chunk = os.read(descriptor, 1 << 20)
            if not chunk:
                raise EOFError
            self._received += chunk
        line, _, self._received = self._received.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        return message

    def _living(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner != os.getpid():
            self._process = None  # it belongs to the process that we were forked from
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._process is None:
            self._start()
        assert self._process is not None
        return self._process

    def _start(self) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._received, self._owner = b"", os.getpid()
        self._folder = tempfile.mkdtemp(prefix="concord-reader-")
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-s", "-P", "-c", _bootstrap()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env={**environment, **_ONE_THREAD, "PYTHONUTF8": "1", "TMPDIR": self._folder},
            close_fds=True,
            start_new_session=True,
        )
        try:
            self._receive(time.monotonic() + _START_S)
        except (TimeoutError, EOFError):
            self._stop()
            raise UnreadableDocumentError(
                "The reader process does not start; see its log.", code="READER_CRASHED"
            ) from None

    def _stop(self) -> None:
        process, self._process, self._received = self._process, None, b""
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _asked(deed: str, request: ReadRequest) -> dict[str, Any]:
    return {
        "do": deed,
        "path": str(request.path),
        "filename": request.filename,
        "kind_hint": request.kind_hint.value if request.kind_hint else "",
        "ignore_einvoice": request.ignore_einvoice,
        "as_one": request.as_one,
        "memories": encode(request.memories, tuple[Memory, ...]),
    }


def _stdin(process: subprocess.Popen[bytes]) -> Any:
    assert process.stdin is not None
    return process.stdin


def _bootstrap() -> str:
    """The program of the process: this very package, wherever it is installed."""
    return f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from extractors.reader_process import main; main()"
