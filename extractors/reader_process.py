"""The warm reader process: waits for requests on its standard input and forks a child for each.

A request and its answer are one line of JSON each; a child writes its answer into a pipe, so that whatever becomes of
it (out of memory, crash, endless loop) is known here and reported as one failed document. The engines of OCR are
loaded here at the first request that needs them, and their memory is shared by the children.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import gc
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

from extractors.engines import field_model
from extractors.engines.port import OcrSettings
from extractors.engines.rapid import warm_up
from extractors.engines.reading import Engines, engines_for
from extractors.observing import observe
from extractors.pipeline import extract
from extractors.readers.cut import cut_pages
from extractors.readers.pdf_open import Limits
from extractors.readers.show import render_page
from service.domain.codec import Json, decode, encode
from service.domain.documents import DocumentKind
from service.domain.errors import UnreadableDocumentError
from service.domain.memory import Memory, Observation
from service.ports import Confirmed

FOLDER_PREFIX = "concord-reader-"  # of the folders of temporary files
_PR_SET_PDEATHSIG = 1
_CHUNK = 1 << 16
_PARENT = os.getppid()
_IDLE_TICK_S = 2.0  # how often an idle process looks whether its parent still lives
_TICK_S = 1.0  # how often a waiting caller hears that the child still works
_SUPPOSED_MEMORY = 512 * 1024 * 1024  # bytes, where the system doesn't tell
_MOST_ANSWER = 64 * 1024 * 1024  # bytes
_CRASHED = "Reading this file broke the reader; open it and save or print it as a new PDF."
_TIMEOUT = "Reading this file took too long; split it or save it as a new PDF."


def main() -> None:
    """Serve until standard input ends or the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    _say(answers, {"ready": True})
    own = tempfile.gettempdir()
    for line in _requests():
        request = json.loads(line)
        with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as folder:
            tempfile.tempdir = folder  # what a child that is killed leaves goes with it
            answer = _serve(request, decode(Limits, request["limits"]), answers)
            tempfile.tempdir = None
        _say(answers, answer)
    gc.unfreeze()
    if Path(own).name.startswith(FOLDER_PREFIX):
        shutil.rmtree(own, ignore_errors=True)  # nobody else is left to do it


def _requests() -> Iterator[bytes]:
    """The lines of standard input. Its end may be held open by processes that the parent forked, so the parent's
    death is looked for too; PR_SET_PDEATHSIG would fire when just the thread ends that started this process.
    """
    received = b""
    while not _is_orphan():
        if not select.select([0], [], [], _IDLE_TICK_S)[0]:
            continue
        chunk = os.read(0, _CHUNK)
        if not chunk:
            return
        received += chunk
        while b"\n" in received:
            line, _, received = received.partition(b"\n")
            yield line


def _is_orphan() -> bool:
    return os.getppid() != _PARENT


def _say(answers: IO[bytes], message: Json) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody listens any more; the loop will see why
        answers.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _serve(request: dict[str, Any], limits: Limits, answers: IO[bytes]) -> Json:
    """Fork, wait for the child's answer under the wall clock limit, and reap it."""
    engines = _engines(decode(OcrSettings, request["ocr"])) if request.get("ocr") else None
    readable, writable = os.pipe()
    gc.freeze()  # labels and models are no garbage: no child's collections walk over their memory and copy it
    child = os.fork()
    if child == 0:
        os.close(readable)
        _child(request, limits, engines, writable)
    os.close(writable)
    try:
        answer = _receive(readable, limits, answers)
    finally:
        os.close(readable)
        _end(child)
    return answer


@cache
def _engines(settings: OcrSettings) -> Engines:
    """The engines, their models and the field model loaded."""
    warm_up()
    field_model.shipped()
    return engines_for(settings)


def _end(child: int) -> None:
    """Kill the child with the programs that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _receive(readable: int, limits: Limits, answers: IO[bytes]) -> Json:
    deadline = time.monotonic() + limits.wall_s
    received = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or _is_orphan():
            return _refusal("READER_TIMEOUT", _TIMEOUT)
        if not select.select([readable], [], [], min(_TICK_S, left))[0]:
            _say(answers, {"working": True})
            continue
        chunk = os.read(readable, _CHUNK)
        received += chunk
        if not chunk:
            return _answer_in(bytes(received))
        if len(received) > _MOST_ANSWER:
            return _refusal("READER_CRASHED", _CRASHED)


def _answer_in(received: bytes) -> Json:
    try:
        answer: Json = json.loads(received)
    except ValueError:
        return _refusal("READER_CRASHED", _CRASHED)
    return answer


def _refusal(code: str, message: str) -> Json:
    return {"error": {"code": code, "message": message}}


def _child(request: dict[str, Any], limits: Limits, engines: Engines | None, writable: int) -> None:
    """Answer one request and leave without running anything of the parent's."""
    status = 1
    try:
        os.setpgid(0, 0)
        _die_with_parent()
        _limit(limits)
        if engines is not None:
            signal.setitimer(signal.ITIMER_PROF, limits.page_cpu_s)  # its signal ends us; each page read renews it
        message = json.dumps(_answer(request, limits, engines)).encode()
        while message:
            message = message[os.write(writable, message) :]
        status = 0
    finally:
        os._exit(status)


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, _own_memory() + limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def _own_memory() -> int:
    """Bytes of address space that this process takes before it has seen a document, code and models above all."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return _SUPPOSED_MEMORY


def _answer(request: dict[str, Any], limits: Limits, engines: Engines | None) -> Json:
    try:
        path = Path(request["path"])
        if path.stat().st_size > limits.max_bytes:
            megabytes = limits.max_bytes // (1024 * 1024)
            return _refusal("TOO_LARGE", f"The file is larger than {megabytes} MB; split it or save it smaller.")
        content = path.read_bytes()
        if request["do"] == "render":
            png = render_page(content, path.name, int(request["page"]), int(request["width"]), limits)
            return {"png": base64.b64encode(png).decode()}
        if request["do"] == "cut":
            cut = cut_pages(content, path.name, int(request["first"]), int(request["last"]), limits)
            return {"content": base64.b64encode(cut).decode()}
        if request["do"] == "observe":
            return _observed(content, request, limits, engines)
        return _extracted(content, request, limits, engines)
    except UnreadableDocumentError as error:
        return _refusal(error.code, error.message)
    except (MemoryError, RecursionError):
        return _refusal("READER_CRASHED", _CRASHED)


def _extracted(content: bytes, request: dict[str, Any], limits: Limits, engines: Engines | None) -> Json:
    hint = DocumentKind(request["kind_hint"]) if request.get("kind_hint") else None
    found = extract(
        content,
        request["filename"],
        hint,
        limits,
        engines,
        ignore_einvoice=bool(request.get("ignore_einvoice")),
        memories=decode(tuple[Memory, ...], request.get("memories", ())),
        as_one=bool(request.get("as_one")),
    )
    return {"extraction": encode(found)}


def _observed(content: bytes, request: dict[str, Any], limits: Limits, engines: Engines | None) -> Json:
    confirmed = decode(Confirmed, request["confirmed"])
    memories = decode(tuple[Memory, ...], request["memories"])
    found = observe(content, request["filename"], confirmed, memories, limits, engines)
    return {"observations": encode(found, tuple[Observation, ...])}


if __name__ == "__main__":
    main()
