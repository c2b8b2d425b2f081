"""Pictures, PDFs and letters that are meant to use up memory or time: each ends soon, with a reason."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from extractors.isolation import WarmReader
from extractors.readers.image import check_picture
from extractors.readers.pdf_open import DEFAULT_LIMITS
from service.domain.errors import UnreadableDocumentError
from service.ports import ReadRequest


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    warm = WarmReader(replace(DEFAULT_LIMITS, page_cpu_s=4.0))
    yield warm
    warm.close()


def refusal(reader: WarmReader, folder: Path, content: bytes) -> str:
    path = folder / "content"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocumentError) as caught:
        reader.read(ReadRequest(path, "paper"))
    assert caught.value.message.endswith(".")
    return caught.value.code


def tiff(pages: int, width: int, height: int) -> bytes:
    """Directories that all show the same few bytes."""
    out = b"II*\0" + struct.pack("<I", 8)
    for page in range(pages):
        entries = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height)]
        entries.append((279, 100))
        following = 0 if page == pages - 1 else len(out) + 2 + 12 * len(entries) + 4
        out += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", tag, 4, 1, x) for tag, x in entries)
        out += struct.pack("<I", following)
    return out


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def pdf(content: bytes, picture: bytes, width: int) -> bytes:
    """A page that draws one square picture with ``content``."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"
        b"/Length %d>>stream\n%s\nendstream" % (width, width, len(picture), picture),
    ]
    out = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, start=1))
    return out + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (tiff(1, 200_000, 200_000), "TOO_LARGE"),
        (tiff(10_000, 50, 50), "TOO_MANY_PAGES"),
        (tiff(60, 7_000, 9_900), "TOO_LARGE"),  # each page may be, all together may not
        (tiff(1, 5_000, 5_000), "TRUNCATED"),
        (saved(Image.new("P", (100, 100)), "GIF"), "UNSUPPORTED_FORMAT"),
        (saved(Image.new("RGB", (100, 100)), "BMP"), "UNSUPPORTED_FORMAT"),
        (saved(Image.effect_noise((900, 700), 90), "JPEG")[:20_000], "TRUNCATED"),
        (saved(Image.new("RGB", (900, 700)), "WEBP", lossless=True)[:60], "TRUNCATED"),
    ],
)
def test_pictures_that_cant_be_read_say_why(reader: WarmReader, tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(reader, tmp_path, content) == code


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "LAB", "I;16", "F"])
def test_pictures_of_every_sort_of_colour_are_looked_at(mode: str) -> None:
    check_picture(saved(Image.new(mode, (300, 300)), "TIFF"), "paper", DEFAULT_LIMITS)


def test_a_page_that_takes_too_long_to_draw_ends_the_reading(reader: WarmReader, tmp_path: Path) -> None:
    content = b"0 0 m 595 0 l 595 842 l 300 420 l 0 842 l f " * 20_000
    started = time.process_time()
    assert refusal(reader, tmp_path, pdf(content, zlib.compress(b"\0"), 1)) == "READER_CRASHED"
    assert time.process_time() - started < 5  # of this process; the reader's own is limited


def test_a_picture_that_is_drawn_hundreds_of_times_is_not_drawn_at_all(reader: WarmReader, tmp_path: Path) -> None:
    picture = zlib.compress(bytes(8_000 * 8_000), 1)
    content = pdf(b"q 595 0 0 842 0 0 cm /X Do Q " * 500, picture, 8_000)
    started = time.monotonic()
    assert refusal(reader, tmp_path, content) == "TOO_LARGE"
    with pytest.raises(UnreadableDocumentError) as caught:
        reader.render(tmp_path / "content", 1, 600)
    assert caught.value.code == "TOO_LARGE"
    assert time.monotonic() - started < 20


def test_blank_sheets_are_not_recognised(reader: WarmReader, tmp_path: Path) -> None:
    sheets = [Image.new("1", (1654, 2339), 1) for _ in range(12)]
    started = time.monotonic()
    content = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4")
    assert refusal(reader, tmp_path, content) == "NO_TEXT"
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("text", [b"total 1,00 " * 18_000, b"A-1-" * 45_000, b"\t" * 190_000 + b"x"])
def test_a_letter_of_one_endless_line_is_read(reader: WarmReader, tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "letter"
    path.write_bytes(b"From: a@b.example\r\nSubject: hello\r\n\r\n" + text)
    assert reader.read(ReadRequest(path, "letter.eml")).text("sender_email") == "a@b.example"
