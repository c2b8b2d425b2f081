"""Turns printed pages into what a scanner or a telephone makes of them: pictures, clean or poor, the same by seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from random import Random
from types import MappingProxyType

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter

_POINTS_AN_INCH = 72
_WHITE = 255
_FAX_BLACK = 168
_PAPER = (250, 249, 245)
_Pixels = NDArray[np.float32]


class ScanFile(StrEnum):
    """The file that a scan comes as; PNG and JPEG hold the first page alone."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    TIFF = "tiff"


class ScanKind(StrEnum):
    """How good a scan is."""

    CLEAN = "clean"
    POOR = "poor"
    FAX = "fax"
    PHOTO = "photo"
    FOLDED = "folded"
    COARSE = "coarse"


@dataclass(frozen=True, slots=True)
class ScanLook:
    """What happens to a page. ``skew`` in degrees (counter-clockwise), ``turns`` quarter turns, ``noise`` the
    standard deviation of grey values, ``blur`` a radius in pixels, ``shadow`` the share of light lost at the darker
    edge, ``contrast`` the share of it that is left, ``quality`` of JPEG, ``folds`` how often the sheet was folded,
    ``tilt`` by which share of the page a corner lies nearer, ``is_bilevel`` black or white in a fax's coarse rows.
    """

    dpi: int
    skew: float = 0.0
    turns: int = 0
    noise: float = 0.0
    blur: float = 0.0
    shadow: float = 0.0
    contrast: float = 1.0
    quality: int = 90
    is_grey: bool = True
    folds: int = 0
    tilt: float = 0.0
    is_bilevel: bool = False


def clean_look(rng: Random) -> ScanLook:
    """An office scanner's work: straight but for a hair, sharp, 200 dpi."""
    return ScanLook(dpi=200, skew=rng.uniform(-0.3, 0.3), noise=2.0, blur=0.3, quality=88, is_grey=rng.random() < 0.7)


def poor_look(rng: Random) -> ScanLook:
    """What comes from an old multi-function machine: 150 dpi, two degrees askew, noisy, pale, JPEG at 40."""
    return ScanLook(
        dpi=150,
        skew=rng.choice((-2.0, 2.0)),
        noise=rng.uniform(6, 12),
        blur=rng.uniform(0.2, 0.5),
        shadow=rng.uniform(0.0, 0.25),
        contrast=rng.uniform(0.7, 0.95),
        quality=40,
        is_grey=rng.random() < 0.5,
    )


def fax_look(rng: Random) -> ScanLook:
    """A fax in fine resolution: black or white, ragged, a little askew."""
    return ScanLook(dpi=200, skew=rng.uniform(-0.8, 0.8), noise=14, blur=0.5, is_bilevel=True)


def photo_look(rng: Random) -> ScanLook:
    """A telephone's picture: seen from one side, soft, shaded, in colour; one in twelve upside down."""
    return ScanLook(
        dpi=170,
        skew=rng.uniform(-2, 2),
        turns=2 if rng.random() < 1 / 12 else 0,
        noise=rng.uniform(4, 9),
        blur=rng.uniform(0.4, 0.9),
        shadow=rng.uniform(0.15, 0.4),
        contrast=rng.uniform(0.65, 0.9),
        quality=55,
        is_grey=False,
        tilt=rng.uniform(0.01, 0.03),
    )


def folded_look(rng: Random) -> ScanLook:
    """A letter that was folded twice or thrice and lay in a car."""
    return ScanLook(
        dpi=200,
        skew=rng.uniform(-1, 1),
        noise=5,
        blur=0.4,
        shadow=0.15,
        contrast=0.85,
        quality=60,
        folds=rng.choice((2, 3)),
    )


def coarse_look(rng: Random) -> ScanLook:
    """Far too few dots: 100 an inch."""
    return ScanLook(dpi=100, skew=rng.uniform(-0.5, 0.5), noise=3, quality=70)


_LOOKS: Mapping[ScanKind, Callable[[Random], ScanLook]] = MappingProxyType(
    {
        ScanKind.CLEAN: clean_look,
        ScanKind.POOR: poor_look,
        ScanKind.FAX: fax_look,
        ScanKind.PHOTO: photo_look,
        ScanKind.FOLDED: folded_look,
        ScanKind.COARSE: coarse_look,
    }
)


def look_of(kind: ScanKind, rng: Random) -> ScanLook:
    """A look of that kind."""
    return _LOOKS[kind](rng)


def scanned(pdf: bytes, look: ScanLook, seed: int, file: ScanFile = ScanFile.PDF) -> bytes:
    """The pages of a PDF as pictures without any text, the same bytes for the same seed."""
    noise = np.random.default_rng(seed)
    pages = [degraded(page, look, noise) for page in rendered(pdf, look.dpi)]
    return _written(pages, look, file)


def rendered(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages as colour pictures, with what was entered into form fields."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        return [page.render(scale=dpi / _POINTS_AN_INCH).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def degraded(page: Image.Image, look: ScanLook, noise: np.random.Generator) -> Image.Image:
    """A page as it comes out of the scanner."""
    pixels: _Pixels = np.asarray(_laid(page, look), dtype=np.float32)
    each = pixels.shape[:2] + (1,) * (pixels.ndim - 2)
    pixels = _WHITE - (_WHITE - pixels) * np.float32(look.contrast)
    if look.shadow:
        pixels *= _light(pixels.shape[0], pixels.shape[1], look.shadow, noise).reshape(each)
    for fold in range(look.folds):
        _fold(pixels, (fold + 1) / (look.folds + 1), noise)
    if look.noise:
        pixels += noise.standard_normal(each, dtype=np.float32) * np.float32(look.noise)
    if look.is_bilevel:
        pixels = _bilevel(pixels)
    return Image.fromarray(np.clip(pixels, 0, _WHITE, out=pixels).astype(np.uint8))


def _laid(page: Image.Image, look: ScanLook) -> Image.Image:
    """The page as it lies: grey or in colour, tilted, turned, out of focus."""
    if look.is_grey:
        page = page.convert("L")
    fill = _PAPER[0] if look.is_grey else _PAPER
    if look.tilt:
        width, height = page.size
        near = look.tilt * width
        corners = (-near, 0, near, height, width - near, height, width + near, 0)
        page = page.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR, fillcolor=fill)
    if look.skew:
        page = page.rotate(look.skew, Image.Resampling.BILINEAR, fillcolor=fill)
    if look.turns:
        page = page.rotate(90 * look.turns, expand=True)
    return page.filter(ImageFilter.GaussianBlur(look.blur)) if look.blur else page


def _fold(pixels: _Pixels, share: float, noise: np.random.Generator) -> None:
    """A crease across the sheet: a thin dark line between two bright ones, and one half a little darker."""
    row = int(pixels.shape[0] * share + noise.uniform(-12, 12))
    pixels[row:] *= np.float32(noise.uniform(0.94, 0.99))
    pixels[row - 1 : row + 1] *= np.float32(0.72)
    pixels[row + 1 : row + 3] *= np.float32(1.06)


def _bilevel(pixels: _Pixels) -> _Pixels:
    """Black or white, every second row as the one above it."""
    rows = pixels[::2].repeat(2, axis=0)[: pixels.shape[0]]
    black: _Pixels = np.where(rows < _FAX_BLACK, 0, _WHITE).astype(np.float32)
    return black


def _light(height: int, width: int, shadow: float, noise: np.random.Generator) -> _Pixels:
    """How much light reaches each pixel: less towards one edge, as under a hand or at a book's fold."""
    angle = noise.uniform(0, 2 * np.pi)
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * np.float32(np.cos(angle))
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * np.float32(np.sin(angle))
    depth = np.clip((across + down + 1) / 2, 0, 1)
    light: _Pixels = (1 - shadow * depth**2).astype(np.float32)
    return light


def _written(pages: Sequence[Image.Image], look: ScanLook, file: ScanFile) -> bytes:
    buffer = BytesIO()
    first, *others = pages
    resolution = (look.dpi, look.dpi)
    if file is ScanFile.PDF:
        undated = {"creationDate": None, "modDate": None}
        first.save(
            buffer, "PDF", save_all=True, append_images=others, resolution=look.dpi, quality=look.quality, **undated
        )
    elif file is ScanFile.TIFF:
        first.save(
            buffer, "TIFF", save_all=True, append_images=others, compression="tiff_adobe_deflate", dpi=resolution
        )
    elif file is ScanFile.JPEG:
        first.save(buffer, "JPEG", quality=look.quality, dpi=resolution)
    else:
        first.save(buffer, "PNG", dpi=resolution)
    return buffer.getvalue()
