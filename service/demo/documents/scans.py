"""Turns printed pages into what a scanner or a telephone makes of them: pictures, clean or poor, the same by seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from random import Random

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter

_POINTS_AN_INCH = 72
_WHITE = 255
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


@dataclass(frozen=True, slots=True)
class ScanLook:
    """What happens to a page. ``skew`` in degrees (counter-clockwise), ``turns`` quarter turns, ``noise`` the
    standard deviation of grey values, ``blur`` a radius in pixels, ``shadow`` the share of light lost at the darker
    edge, ``contrast`` the share of it that is left, ``quality`` of JPEG.
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


def clean_look(rng: Random) -> ScanLook:
    """An office scanner's work: straight but for a hair, sharp, 300 dpi."""
    return ScanLook(dpi=300, skew=rng.uniform(-0.3, 0.3), noise=2.0, blur=0.3, quality=88, is_grey=rng.random() < 0.7)


def poor_look(rng: Random) -> ScanLook:
    """What comes from an old multi-function machine or a telephone: skewed, soft, noisy, shaded, compressed; one in
    twelve upside down.
    """
    return ScanLook(
        dpi=rng.choice((150, 200, 200, 240)),
        skew=rng.uniform(-2.5, 2.5),
        turns=2 if rng.random() < 1 / 12 else 0,
        noise=rng.uniform(4, 12),
        blur=rng.uniform(0.4, 1.0),
        shadow=rng.uniform(0.0, 0.35),
        contrast=rng.uniform(0.6, 0.95),
        quality=rng.choice((35, 45, 60)),
        is_grey=rng.random() < 0.5,
    )


def look_of(kind: ScanKind, rng: Random) -> ScanLook:
    """A look of that kind."""
    return clean_look(rng) if kind is ScanKind.CLEAN else poor_look(rng)


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
    if look.is_grey:
        page = page.convert("L")
    if look.skew:
        page = page.rotate(look.skew, Image.Resampling.BILINEAR, fillcolor=_PAPER[0] if look.is_grey else _PAPER)
    if look.turns:
        page = page.rotate(90 * look.turns, expand=True)
    if look.blur:
        page = page.filter(ImageFilter.GaussianBlur(look.blur))
    pixels: _Pixels = np.asarray(page, dtype=np.float32)
    each = pixels.shape[:2] + (1,) * (pixels.ndim - 2)
    pixels = _WHITE - (_WHITE - pixels) * np.float32(look.contrast)
    if look.shadow:
        pixels *= _light(pixels.shape[0], pixels.shape[1], look.shadow, noise).reshape(each)
    if look.noise:
        pixels += noise.standard_normal(each, dtype=np.float32) * np.float32(look.noise)
    return Image.fromarray(np.clip(pixels, 0, _WHITE, out=pixels).astype(np.uint8))


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
