"""The warm reader: answers, refuses hostile files with a reason, and outlives whatever they do to it."""

from __future__ import annotations

import contextlib
import io
import os
import random
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.isolation import WarmReader
from extractors.readers.pdf_open import Limits
from service.domain.documents import DocumentKind
from service.domain.errors import UnreadableDocumentError
from service.ports import ReadRequest
from tests.golden.papers import GERMAN, Item, Paper, draw, letter

PAPER = Paper(
    GERMAN, "RE-77", date(2026, 2, 3), date(2026, 2, 17), ("Nordlicht Lampen GmbH", "Hafenstraße 12", "20457 Hamburg"),
    ("Möbelhaus Weber KG", "Lindenallee 3", "04109 Leipzig"), "DE136695976", None, "DE89370400440532013000",
    (Item("A-1", "Lampe", Decimal(2), Decimal("10.00"), Decimal(19)),),
)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    warm = WarmReader(Limits(max_bytes=8_000_000, max_pages=50, wall_s=10.0, cpu_s=8))
    yield warm
    warm.close()


def stored(folder: Path, content: bytes) -> ReadRequest:
    path = folder / "content"
    path.write_bytes(content)
    return ReadRequest(path, "invoice.pdf")


def refusal(reader: WarmReader, request: ReadRequest) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        reader.read(request)
    assert caught.value.message.endswith(".")
    return caught.value.code


def drawn(**options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, **options)  # type: ignore[arg-type]
    canvas.drawString(100, 700, "Rechnung 4711")
    canvas.save()
    return out.getvalue()


def test_reads_and_renders(reader: WarmReader, tmp_path: Path) -> None:
    request = stored(tmp_path, draw(PAPER, letter))
    extraction = reader.read(request)
    assert extraction.kind is DocumentKind.SUPPLIER_INVOICE
    assert extraction.text("invoice_number") == "RE-77"
    assert extraction.amount("grand_total") == Decimal("23.80")
    png = reader.render(request.path, 1, 600)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") in (599, 600, 601)


def test_the_name_of_the_file_does_not_matter(reader: WarmReader, tmp_path: Path) -> None:
    request = ReadRequest(stored(tmp_path, draw(PAPER, letter)).path, "scan.jpg")
    assert reader.read(request).text("invoice_number") == "RE-77"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"  \n\x00 ", "EMPTY_FILE"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "TRUNCATED"),
        (b"PK\x03\x04" + b"0" * 100, "UNSUPPORTED_FORMAT"),
        (random.Random(1).randbytes(5000), "UNSUPPORTED_FORMAT"),
        (b"%PDF-1.7\n" + random.Random(2).randbytes(5000), "TRUNCATED"),
        (b"%PDF-1.4\n" + b"0" * 9_000_000, "TOO_LARGE"),
        (drawn(encrypt=StandardEncryption("secret", canPrint=0)), "ENCRYPTED"),
    ],
)
def test_refuses_with_a_reason(reader: WarmReader, tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(reader, stored(tmp_path, content)) == code


def test_damaged_file_is_truncated(reader: WarmReader, tmp_path: Path) -> None:
    whole = draw(PAPER, letter)
    assert refusal(reader, stored(tmp_path, whole[: len(whole) // 4])) == "TRUNCATED"


def test_picture_without_text(reader: WarmReader, tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    assert refusal(reader, stored(tmp_path, out.getvalue())) == "NO_TEXT"


def test_ten_thousand_pages(reader: WarmReader, tmp_path: Path) -> None:
    kids = b" ".join(b"3 0 R" for _ in range(10_000))
    assert refusal(reader, stored(tmp_path, raw_pdf(b"[" + kids + b"]", 10_000, b"BT ET"))) == "TOO_MANY_PAGES"


def raw_pdf(kids: bytes, count: int, stream: bytes, *, box: bytes = b"[0 0 595 842]", filtered: bytes = b"") -> bytes:
    """A PDF put together by hand, with whatever is asked for in it."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids %s>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>" % box,
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), filtered, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start)


@cache
def hostile_files() -> dict[str, bytes]:
    bomb = zlib.compress(b"BT /F 1 Tf (A) Tj ET " * 30_000_000)
    deep = b"q " * 2_000_000
    return {
        "bomb": raw_pdf(b"[3 0 R]", 1, bomb, filtered=b"/Filter/FlateDecode"),
        "own parent": raw_pdf(b"[2 0 R]", 1, b"BT ET"),
        "kids that loop": raw_pdf(b"[3 0 R 2 0 R]", 2, b"BT ET"),
        "xref that loops": b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF",
        "huge page": raw_pdf(b"[3 0 R]", 1, b"BT /F 9 Tf (x 1) Tj ET", box=b"[0 0 1e9 1e9]"),
        "empty page": raw_pdf(b"[3 0 R]", 1, b"BT /F 9 Tf (x 1) Tj ET", box=b"[0 0 0 0]"),
        "deep": raw_pdf(b"[3 0 R]", 1, deep),
        "many words": raw_pdf(b"[3 0 R]", 1, b"BT /F 9 Tf " + b"1 0 Td (a1 b2) Tj " * 200_000 + b"ET"),
    }


@pytest.mark.parametrize("name", ["own parent", "kids that loop", "xref that loops", "huge page", "empty page", "deep",
                                  "many words", "bomb"])  # fmt: skip
def test_hostile_files_neither_hang_nor_kill(reader: WarmReader, tmp_path: Path, name: str) -> None:
    request = stored(tmp_path, hostile_files()[name])
    started = time.monotonic()
    for ask in (lambda: reader.read(request), lambda: reader.render(request.path, 1, 400)):
        with contextlib.suppress(UnreadableDocumentError):
            ask()
    assert time.monotonic() - started < 40
    assert reader.read(stored(tmp_path, draw(PAPER, letter))).text("invoice_number") == "RE-77"


def test_random_damage_never_breaks_the_reader(reader: WarmReader, tmp_path: Path) -> None:
    whole = bytearray(draw(PAPER, letter))
    dice = random.Random(3)
    for _ in range(15):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 60)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        with contextlib.suppress(UnreadableDocumentError):
            reader.read(stored(tmp_path, bytes(damaged)))
    assert reader.read(stored(tmp_path, bytes(whole))).text("invoice_number") == "RE-77"


def test_too_slow_and_too_large_for_memory(tmp_path: Path) -> None:
    slow = WarmReader(Limits(wall_s=0.001))
    small = WarmReader(Limits(memory_bytes=1024 * 1024))
    request = stored(tmp_path, draw(PAPER, letter))
    try:
        assert refusal(slow, request) == "READER_TIMEOUT"
        padded = draw(PAPER, letter) + b"\n%" + b"0" * 20_000_000
        assert refusal(small, stored(tmp_path, padded)) == "READER_CRASHED"
    finally:
        slow.close()
        small.close()


def test_a_dead_process_is_replaced_and_a_closed_one_started_again(reader: WarmReader, tmp_path: Path) -> None:
    request = stored(tmp_path, draw(PAPER, letter))
    reader.read(request)
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()
    assert reader.read(request).text("invoice_number") == "RE-77"
    reader.close()
    assert reader.read(request).text("invoice_number") == "RE-77"


def test_threads_take_turns_and_the_caller_hears_a_heartbeat(reader: WarmReader, tmp_path: Path) -> None:
    request = stored(tmp_path, draw(PAPER, letter))
    beats: list[int] = []
    numbers: list[str | None] = []

    def ask() -> None:
        numbers.append(reader.read(request, lambda: beats.append(1)).text("invoice_number"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == ["RE-77"] * 4
    assert len(beats) >= 4


def test_the_process_has_no_secret_one_thread_and_dies_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from extractors.isolation import WarmReader;"
        "from service.ports import ReadRequest; r = WarmReader(); r.read(ReadRequest(Path(sys.argv[1]), 'a.pdf'));"
        "print(r._process.pid, flush=True); sys.stdin.read()"
    )
    path = stored(tmp_path, draw(PAPER, letter)).path
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "CONCORD_SECRET_KEY": "hidden", "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert parent.stdin is not None
    assert parent.stdout is not None
    with parent.stdin, parent.stdout:
        child = int(parent.stdout.readline())
        assert b"hidden" not in Path(f"/proc/{child}/environ").read_bytes()
        assert "Threads:\t1\n" in Path(f"/proc/{child}/status").read_text()
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        status = Path(f"/proc/{child}/stat").read_text().split(")")[1].split()[0]
        if status == "Z":
            break
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{child}").exists()
