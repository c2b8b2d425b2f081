"""Pages as pictures: rendered once by the reader process, then kept on disk by content, page and width."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

WIDTHS = (480, 960, 1440, 2000)  # pixels; anything else is rounded up, so that the cache stays small
_FORMAT = "1"  # raise when the rendering changes, so that old pictures aren't served


@dataclass(frozen=True, slots=True)
class PageImages:
    """A cache of page pictures under ``folder``; ``render`` makes a PNG from a file, page and width."""

    folder: Path
    render: Callable[[Path, int, int], bytes]

    def get(self, file: Path, sha256: str, page: int, width: int) -> Path:
        """The picture's file. Raises what ``render`` raises where the page can't be drawn."""
        target = self.folder / sha256[:2] / sha256 / f"{_FORMAT}-{page}-{width}.png"
        if not target.exists():
            _write_whole(target, self.render(file, page, width))
        return target


def nearest_width(wanted: int) -> int:
    """The smallest kept width that is at least ``wanted`` pixels, else the largest."""
    return next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])


def etag(sha256: str, page: int, width: int) -> str:
    """Names the picture's content for browsers' caches."""
    return f"{sha256[:32]}-{_FORMAT}-{page}-{width}"


def _write_whole(target: Path, content: bytes) -> None:
    """Appears complete or not at all, whoever else writes the same picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(target)
