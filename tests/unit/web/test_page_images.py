"""The cache of page pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.domain.errors import UnreadableDocumentError
from service.web.page_images import WIDTHS, PageImages, nearest_width

SHA = "ab" * 32


def test_a_page_is_rendered_once(tmp_path: Path) -> None:
    asked: list[tuple[int, int]] = []

    def render(_file: Path, page: int, width: int) -> bytes:
        asked.append((page, width))
        return b"picture"

    images = PageImages(tmp_path / "cache", render)
    first = images.get(tmp_path / "file", SHA, 1, 960)
    assert images.get(tmp_path / "file", SHA, 1, 960) == first
    assert first.read_bytes() == b"picture"
    images.get(tmp_path / "file", SHA, 2, 960)
    assert asked == [(1, 960), (2, 960)]


def test_a_failed_rendering_leaves_nothing(tmp_path: Path) -> None:
    def render(_file: Path, _page: int, _width: int) -> bytes:
        raise UnreadableDocumentError("There is no page 9.")

    with pytest.raises(UnreadableDocumentError):
        PageImages(tmp_path, render).get(tmp_path / "file", SHA, 9, 960)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_widths_are_few() -> None:
    assert [nearest_width(wanted) for wanted in (-1, 480, 481, 10**9)] == [480, 480, 960, WIDTHS[-1]]
