"""Scans and pictures are read in whatever way they lie, and their boxes lie on the page as it is shown."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.engines import tesseract
from extractors.engines.deskew import skew, straightened
from extractors.engines.ink import Gray, ink_of
from extractors.engines.orientation import quarter_turns, turn
from extractors.engines.port import EngineName, OcrEngine, OcrSettings, Seen
from extractors.engines.quality import is_like_text, mean_confidence, share_like_text
from extractors.engines.rapid import RapidOcr, is_upside_down
from extractors.engines.reading import Engines, engines_for, is_sure
from extractors.engines.type_size import as_high_as_font, as_wide_as_font
from extractors.pipeline import extract
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from extractors.readers.scan import ScannedPage
from extractors.readers.show import render_page
from service.domain.documents import DocumentKind
from service.domain.errors import NeedsOcrError, UnreadableDocumentError
from service.domain.extraction import Extraction
from service.domain.fields import Source
from tests.support.programs import missing
from tests.unit.engines.pictures import ROWS, as_file, paper, picture, saved, scanned_pdf, tiff_of

RAPID = Engines(RapidOcr())


def installed_tesseract() -> tesseract.Tesseract:
    if not tesseract.is_installed():
        missing("tesseract", "tesseract-ocr")
    return tesseract.Tesseract(("eng", "deu"))


ENGINES = [pytest.param(RapidOcr, id="rapidocr"), pytest.param(installed_tesseract, id="tesseract")]


@pytest.fixture(scope="module")
def page() -> Gray:
    return picture()


def read(content: bytes, name: str = "scan", engines: Engines = RAPID) -> Extraction:
    return extract(content, name, engines=engines)


def is_the_invoice(found: Extraction) -> bool:
    return found.text("invoice_number") == "RE-2026-0417" and found.amount("grand_total") == Decimal("1161.44")


def words_of(found: tuple[Seen, ...]) -> set[str]:
    return {word for seen in found for word in re.findall(r"\w{3,}", seen.text)}


@pytest.mark.parametrize("make", ENGINES)
def test_engines_read_words_with_their_places(make: Callable[[], OcrEngine], page: Gray) -> None:
    found = make().recognise(page)
    printed = {word for row in ROWS for word in re.findall(r"\w{3,}", row)}
    assert len(words_of(found) & printed) > 0.9 * len(printed)
    total = next(word for word in found if "1.161,44" in word.text)
    assert total.confidence > 0.6
    ink = np.argwhere(page[int(total.top) : int(total.bottom), int(total.x0) : int(total.x1)] < 128)
    assert len(ink) > 100
    assert total.bottom > 0.5 * page.shape[0] * 0.6


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("askew", [0.0, 2.0, -3.0])
def test_turned_and_askew_pages_are_put_right(page: Gray, turns: int, askew: float) -> None:
    leaning, _ = straightened(page, -askew)
    lying = turn(leaning, turns)
    back = quarter_turns(lying, is_upside_down)
    assert (turns + back) % 4 == 0
    assert skew(turn(lying, back)) == pytest.approx(askew, abs=0.3)


@pytest.mark.parametrize("turns", range(4))
def test_dots_to_write_on_are_no_letters(turns: int) -> None:
    dotted = picture(rows=(*ROWS[:6], *(". " * 75,) * 12))
    assert ink_of(dotted).letter_height == pytest.approx(ink_of(picture(rows=ROWS[:6])).letter_height, abs=2)
    assert (turns + quarter_turns(turn(dotted, turns), is_upside_down)) % 4 == 0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_boxes_lie_on_the_page_as_shown(page: Gray, turns: int) -> None:
    leaning, _ = straightened(page, -2.0)
    content = as_file(turn(leaning, turns))
    found = read(content)
    assert is_the_invoice(found)
    field = found.first("grand_total")
    assert field is not None
    assert field.provenance.source is Source.OCR
    assert "rapidocr" in field.provenance.method
    assert field.confidence < 1
    box, size = field.provenance.box, found.pages[0]
    assert box is not None
    shown = Image.open(io.BytesIO(render_page(content, "scan", 1, 1000)))
    assert shown.width / shown.height == pytest.approx(size.width / size.height, rel=0.01)
    scale = shown.width / size.width
    cut = shown.convert("L").crop(tuple(round(edge * scale) for edge in (box.x0, box.top, box.x1, box.bottom)))
    cut = cut.resize((cut.width * 3, cut.height * 3))
    assert "161,44" in "".join(word.text for word in RapidOcr().recognise(np.asarray(cut, np.uint8)))


@pytest.mark.parametrize(
    ("kind", "options"), [("PNG", {}), ("JPEG", {"quality": 60}), ("TIFF", {"compression": "tiff_lzw"}), ("WEBP", {})]
)
def test_pictures_of_every_format(page: Gray, kind: str, options: dict[str, object]) -> None:
    found = read(as_file(page, kind, **options))
    assert is_the_invoice(found)
    assert found.kind is DocumentKind.SUPPLIER_INVOICE


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_pictures_of_every_depth(page: Gray, mode: str) -> None:
    image = Image.fromarray(page)
    if mode == "I;16":
        deep = Image.fromarray(page.astype(np.uint16) * 257)
    elif mode in ("RGBA", "LA"):  # black on nothing
        deep = Image.merge("LA", (Image.new("L", image.size, 0), Image.eval(image, lambda value: 255 - value)))
        deep = deep.convert(mode)
    else:
        deep = image.convert(mode)
    content = saved(deep, "TIFF" if mode in ("CMYK", "I;16") else "PNG")
    assert is_the_invoice(read(content))


def test_a_camera_says_how_it_was_held(page: Gray) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = as_file(turn(page, 3), "JPEG", exif=exif)
    found = read(content)
    assert is_the_invoice(found)
    assert found.pages[0].width < found.pages[0].height


def test_a_tiff_has_pages_and_an_animation_has_one(page: Gray) -> None:
    image = Image.fromarray(page)
    first = as_file(page, "TIFF", save_all=True, append_images=[Image.new("L", image.size, 255), image])
    assert len(read(first).pages) == 3
    assert len(read(saved(image, "WEBP", save_all=True, append_images=[Image.new("L", image.size, 255)])).pages) == 1


def test_only_the_pages_without_text_are_recognised(page: Gray) -> None:
    content = scanned_pdf(page, "Diese Seite hat ihren Text und genug davon.")
    second, first = read_pages(content, "mixed.pdf", DEFAULT_LIMITS, RAPID)
    assert not isinstance(first, ScannedPage)
    assert isinstance(second, ScannedPage)
    assert is_the_invoice(read(content, "mixed.pdf"))
    with pytest.raises(NeedsOcrError):
        extract(content, "mixed.pdf")


def test_words_laid_invisibly_over_a_scan_are_not_believed(page: Gray) -> None:
    content = scanned_pdf(page, words="Rechnungsnummer FALSCH-999 und noch viele andere Worte darunter")
    assert is_the_invoice(read(content, "searchable.pdf"))


def test_a_text_layer_that_means_nothing_is_not_believed() -> None:
    def garbled(text: str) -> str:
        return "".join(chr(0xE000 + ord(c)) if c.isalnum() else c for c in text)

    rows = [plain_page(p) for p in read_pages(paper(), "a.pdf", DEFAULT_LIMITS, None)]
    tokens = [word.text for word in rows[0].words]
    assert share_like_text(tokens) > 0.9
    assert share_like_text(garbled(token) for token in tokens) < 0.3


def test_a_letterhead_with_a_logo_is_not_recognised() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawInlineImage(Image.new("L", (200, 100), 90), 300, 700, 250, 120)
    for number, row in enumerate(ROWS):
        canvas.drawString(70, 600 - 30 * number, row)
    canvas.save()
    assert extract(out.getvalue(), "logo.pdf").text("invoice_number") == "RE-2026-0417"


class Fixed:
    """An engine that says the same of every picture, and counts."""

    def __init__(self, name: str, confidence: float, text: str = "Gesamtbetrag") -> None:
        self.name, self.asked = name, 0
        self._seen = tuple(Seen(text, 10, 10 + 30 * i, 90, 30 + 30 * i, confidence, i) for i in range(8))

    def recognise(self, picture: Gray) -> tuple[Seen, ...]:
        self.asked += 1
        return self._seen


def test_both_engines_are_asked_but_in_haste_the_better_one_in_doubt_only(page: Gray) -> None:
    sure, better = Fixed("quick", 0.97), Fixed("better", 0.99)
    assert Engines(sure, better).read(page).engine == "better"
    assert Engines(sure, better).read(page, hastily=True).engine == "quick"
    assert better.asked == 1
    assert Engines(Fixed("quick", 0.7), better).read(page, hastily=True).engine == "better"
    assert Engines(Fixed("quick", 0.99, "xq~#§"), better).read(page, hastily=True).engine == "better"
    assert Engines(Fixed("quick", 0.7), Fixed("better", 0.9, "a")).read(page).engine == "quick"


def test_settings_choose_the_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engines_for(OcrSettings(EngineName.RAPIDOCR)).better is None
    monkeypatch.setattr("extractors.engines.reading.is_installed", lambda: False)
    for name in EngineName:
        assert engines_for(OcrSettings(name)).quick.name == "rapidocr"


@pytest.mark.parametrize(
    "token", ["Rechnung", "1.161,44", "GmbH", "RE-2026-0417", "info@firma.de", "24103", "(netto)", "&"]
)
def test_like_text(token: str) -> None:
    assert is_like_text(token)


@pytest.mark.parametrize("token", ["\ue012\ue013\ue014", "xkqwrtzp", "~#§!%", "�����"])
def test_unlike_text(token: str) -> None:
    assert not is_like_text(token)


def test_boxes_become_as_high_as_the_font() -> None:
    small, tall, deep = (
        Seen("on", 0, 20, 20, 30.4, 0.9, 1),
        Seen("Ton", 30, 16, 60, 30.4, 0.9, 1),
        Seen("gap", 70, 20, 90, 34.6, 0.9, 1),
    )
    heights = {round(word.bottom - word.top, 1) for word in as_high_as_font([small, tall, deep])}
    assert max(heights) - min(heights) < 1.5
    assert mean_confidence((small, tall)) == pytest.approx(0.9)
    assert not is_sure(())


def test_a_one_takes_as_much_room_as_other_figures() -> None:
    one, rest = as_wide_as_font([Seen("1", 100, 20, 106, 60, 0.9, 1), Seen("409,54", 116, 20, 180, 60, 0.9, 1)])
    assert one.x1 - one.x0 > 12
    assert 0 < rest.x0 - one.x1 < 6


@pytest.mark.parametrize("turns", range(4))
def test_small_type_whose_letters_run_together_is_put_right(turns: int) -> None:
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    for row in range(60):
        for column, text in enumerate(
            ("8760973078629", "Enamel baking tray", "250", "pc", "1,314.800", "12,74,880.00")
        ):
            draw.text((120 + 230 * column, 150 + 30 * row), text, fill=0, font_size=18)
    lying = turn(np.asarray(image.filter(ImageFilter.BoxBlur(1)), np.uint8), turns)
    assert (turns + quarter_turns(lying, is_upside_down)) % 4 == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: as_file(picture(60), "JPEG")[:4000], "TRUNCATED"),
        (lambda: as_file(picture(60))[:3000], "TRUNCATED"),
        (lambda: saved(Image.new("1", (20_000, 20_000), 1), "PNG"), "TOO_LARGE"),
        (lambda: saved(Image.new("1", (12_000, 12_000), 1), "TIFF", compression="group4"), "TOO_LARGE"),
        (lambda: saved(Image.new("L", (16_000, 30), 255), "PNG"), "NO_TEXT"),
        (lambda: saved(Image.new("L", (4, 4), 255), "PNG"), "NO_TEXT"),
        (lambda: saved(Image.new("L", (900, 1200), 255), "PNG"), "NO_TEXT"),
        (lambda: tiff_of(1_000), "TOO_MANY_PAGES"),
        (lambda: b"II*\x00\x08\x00\x00\x00" + b"\xff" * 200, "TRUNCATED"),
        (lambda: b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 40, "TRUNCATED"),
    ],
)
def test_hostile_pictures_are_refused_with_a_reason(content: Callable[[], bytes], code: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(content())
    assert caught.value.code == code
