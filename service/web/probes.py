"""Asks the parts of an installation how they are without ever waiting long: a part that hangs must not hang the web."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from service.domain.errors import ConcordError

OK = "ok"
UNREACHABLE = "unreachable"
_MOST_PARTS = 4

Question = Callable[[], object]


class Probes:
    """Questions under way, one a part at most: whoever asks while one runs waits for the same answer."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_MOST_PARTS, thread_name_prefix="probe")
        self._running: dict[str, Future[object]] = {}
        self._lock = Lock()

    def states(self, questions: Mapping[str, Question], patience_s: float) -> dict[str, str]:
        """``ok``, or ``unreachable`` where the question failed or has no answer after ``patience_s`` seconds."""
        with self._lock:
            asked = {part: self._ask(part, question) for part, question in questions.items()}
        wait(asked.values(), timeout=patience_s)
        return {part: _state(answer) for part, answer in asked.items()}

    def _ask(self, part: str, question: Question) -> Future[object]:
        running = self._running.get(part)
        if running is None or running.done():
            running = self._running[part] = self._pool.submit(question)
        return running


def _state(answer: Future[object]) -> str:
    if not answer.done():
        return UNREACHABLE
    error = answer.exception()
    if error is None:
        return OK
    if isinstance(error, ConcordError | SQLAlchemyError):
        return UNREACHABLE
    raise error
