"""Pictures that arrive as files: PNG, JPEG, WebP and TIFF with its pages, decoded under limits.

A picture is believed nothing: not its size, not its resolution, not that it is whole.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps

from extractors.readers.detect import PICTURES, media_type
from extractors.readers.pdf_open import Limits
from extractors.readers.scan import Shot, turns_of
from service.domain.errors import UnreadableDocumentError

_MOST_PIXELS = 100_000_000  # of a picture that is opened at all; A3 at 600 dots an inch has 70 million
_KEPT_PIXELS = 16_000_000  # of what is looked at; A4 at 300 dots an inch has 9 million
_LEAST_SIDE = 24  # pixels; less holds no text
_LONGEST = 40  # times as long as wide
_POINTS = 72.0  # an inch
_FEWEST_DOTS, _MOST_DOTS = 100.0, 1300.0  # an inch, that a file's word is taken for
_SHEET_WIDTH = 595.0  # points, of A4
_SHEET_SHAPES = (1.25, 1.55)  # height by width, of letter and A4
_USUAL_DOTS = 200.0
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError, struct.error, zlib.error)


def shots_of(content: bytes, filename: str, limits: Limits) -> Iterator[Shot]:
    """The pictures of the file's pages in grey, one after the other; of an animation the first.

    UnreadableDocumentError: TOO_LARGE (pixels), TOO_MANY_PAGES, TRUNCATED, NO_TEXT (too small a picture).
    """
    with _opened(content, filename) as image:
        for index in range(_count(image, limits)):
            yield _shot(_frame(image, index), index + 1)


def check_picture(content: bytes, filename: str, limits: Limits) -> None:
    """UnreadableDocumentError where the file's head says that it can't be read; decodes nothing."""
    with _opened(content, filename) as image:
        _count(image, limits)
        _check_size(image)


def render_picture(content: bytes, filename: str, number: int, width: int) -> bytes:
    """Page ``number`` (1-based), upright, as a PNG ``width`` pixels wide, never larger than it is;
    UnreadableDocumentError.
    """
    with _opened(content, filename) as image:
        page = _frame(image, number - 1)
        turns = turns_of(_shot(page, number))
        shown = _shrunk(_flat(page, "RGB").rotate(-90 * turns, expand=True), width)
        out = io.BytesIO()
        shown.save(out, format="PNG", optimize=False)
        return out.getvalue()


def cut_picture(content: bytes, filename: str, first: int, last: int, limits: Limits) -> bytes:
    """Pages ``first`` to ``last`` (1-based) of a TIFF as another, without loss; UnreadableDocumentError, with
    NO_SUCH_PAGE where it has fewer.
    """
    with _opened(content, filename) as image:
        count = _count(image, limits)
        if not 1 <= first <= last <= count:
            raise UnreadableDocumentError(
                f"The picture has {count} pages, no pages {first} to {last}.", code="NO_SUCH_PAGE"
            )
        pages = [_frame(image, index - 1).copy() for index in range(first, last + 1)]
        dots = pages[0].info["resolution"]
        stated = {"dpi": (dots, dots)} if dots else {}
        out = io.BytesIO()
        pages[0].save(out, format="TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate", **stated)
        return out.getvalue()


@contextmanager
def _opened(content: bytes, filename: str) -> Iterator[Image.Image]:
    """The opened picture; whatever breaks while it is read is said in a sentence."""
    kind = PICTURES[media_type(content, filename)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd tags, and sizes that are checked here
        try:
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                yield image
        except (Image.DecompressionBombError, MemoryError) as error:
            raise _too_large() from error
        except _BROKEN as error:
            raise UnreadableDocumentError(
                "The picture is damaged or ends too early; ask for it again or save it anew.", code="TRUNCATED"
            ) from error


def _count(image: Image.Image, limits: Limits) -> int:
    """How many pages: one, but for a TIFF, whose directory is not walked further than the limit."""
    if image.format != "TIFF":
        return 1
    count = pixels = 0
    try:
        while count <= limits.max_scanned_pages:
            image.seek(count)
            count += 1
            pixels += image.width * image.height
            if pixels > limits.max_pixels:
                raise _too_large(limits.max_pixels)
    except EOFError:
        return count
    raise UnreadableDocumentError(
        f"The TIFF has more than the {limits.max_scanned_pages} pages allowed; split it.", code="TOO_MANY_PAGES"
    )


def _frame(image: Image.Image, index: int) -> Image.Image:
    """A page, checked before it is decoded, turned as the camera says."""
    if index:
        image.seek(index)
    elif image.format == "TIFF":
        image.seek(0)
    _check_size(image)
    resolution = _dots(image)
    turned = ImageOps.exif_transpose(image)
    turned.info["resolution"] = resolution
    return turned


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > _MOST_PIXELS:
        raise _too_large()
    if min(width, height) < _LEAST_SIDE or max(width, height) > _LONGEST * min(width, height):
        raise UnreadableDocumentError(
            f"The picture of {width} × {height} pixels can't show a document; scan it anew.", code="NO_TEXT"
        )


def _shot(image: Image.Image, number: int) -> Shot:
    grey = _shrunk(_flat(image, "L"), int((_KEPT_PIXELS * image.width / image.height) ** 0.5))
    points = _width_in_points(image) / grey.width
    return Shot(np.asarray(grey, np.uint8), number, points)


def _width_in_points(image: Image.Image) -> float:
    """By the resolution that it states, if that may be true; else as a sheet where it is shaped like one."""
    dots = image.info["resolution"]
    if dots is not None:
        return float(image.width * _POINTS / dots)
    if _SHEET_SHAPES[0] <= image.height / image.width <= _SHEET_SHAPES[1]:
        return _SHEET_WIDTH
    return image.width * _POINTS / _USUAL_DOTS


def _dots(image: Image.Image) -> float | None:
    """The resolution that the file states; None where it states none that a scanner has (72 and 96 are fillers)."""
    stated = image.info.get("dpi")
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    across, down = (float(value) for value in stated)
    if not _FEWEST_DOTS <= across <= _MOST_DOTS or abs(across - down) > 0.05 * across:
        return None
    return across


def _flat(image: Image.Image, mode: str) -> Image.Image:
    """Eight bits a channel in ``mode``, on white where it is transparent."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _eight_bits(image).convert(mode)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        seen = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        white.alpha_composite(seen)
        return white.convert(mode)
    return image.convert(mode) if image.mode in ("1", "L", "RGB") else image.convert("RGB").convert(mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    values = np.nan_to_num(np.asarray(image, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    top = float(values.max(initial=0.0))
    whole = 255.0 if top <= 255 else max(top, 65535.0)
    return Image.fromarray(np.clip(values * (255.0 / whole), 0, 255).astype(np.uint8))


def _shrunk(image: Image.Image, width: int) -> Image.Image:
    if width >= image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((max(1, width), height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _too_large(most: int = _MOST_PIXELS) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"The picture has more than {most // 1_000_000:,} million pixels; save it smaller.", code="TOO_LARGE"
    )
