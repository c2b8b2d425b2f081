"""Files made to confuse, to call out or to use everything up: each is read as it shows or refused with a reason."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.isolation import WarmReader
from service.domain.errors import UnreadableDocumentError
from service.ports import ReadRequest

TEXT = (
    b"BT /F 12 Tf 60 700 Td (Invoice number: INV-4711) Tj 0 -20 Td (Invoice date: 12 March 2026) Tj 0 -20 Td "
    b"(Total 357.00 EUR) Tj ET"
)
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
HEAD = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: hello\r\nMIME-Version: 1.0\r\n"


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    warm = WarmReader()
    yield warm
    warm.close()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pdf(*objects: bytes) -> bytes:
    """The objects, numbered from 1, the first of them the catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start))


def sheet(
    content: bytes = TEXT,
    *more: bytes,
    box: bytes = b"[0 0 595 842]",
    catalogue: bytes = b"",
    tree: bytes = b"/Count 1/Kids[3 0 R]",
    resources: bytes = b"",
    entries: bytes = b"",
) -> bytes:
    """A page with that content; what else is asked for hangs on it."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue, b"<</Type/Pages%s>>" % tree, PAGE % (box, resources),
        stream(content, entries), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *more,
    )  # fmt: skip


def attached(name: bytes, content: bytes, entries: bytes = b"") -> bytes:
    names = b"/Names<</EmbeddedFiles<</Names[(%s) 6 0 R]>>>>/AF[6 0 R]" % name
    spec = b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F 7 0 R>>/AFRelationship/Data>>" % (name, name)
    return sheet(TEXT, spec, stream(content, b"/Type/EmbeddedFile" + entries), catalogue=names)


def deep_tree(levels: int) -> bytes:
    nodes = [b"<</Type/Pages/Count 1/Parent %d 0 R/Kids[%d 0 R]>>" % (n + 1, n + 3) for n in range(levels)]
    last = levels + 2
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", *nodes,
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F %d 0 R>>>>>>"
        % (last - 1, last + 1, last + 2),
        stream(TEXT), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(50_000_000))
    return out.getvalue()


def nested(depth: int) -> bytes:
    body = b"Content-Type: text/plain\r\n\r\nI want to return the lamp of order SO-4711.\r\n"
    for level in range(depth):
        mark = b"b%d" % level
        body = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n%s\r\n--%s--\r\n" % (mark, mark, body, mark)
    return HEAD + body


EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">%s]><Invoice>&a9;</Invoice>' % b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"%d" % (n - 1) if n > 1 else b"") * 10) for n in range(1, 10)
)
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
READ = {
    "a script that runs on opening": sheet(catalogue=b"/OpenAction<</S/JavaScript/JS(while\\(true\\){})>>"),
    "a program to be launched": sheet(catalogue=b"/OpenAction<</S/Launch/F(/bin/sh)>>"),
    "an address to be called": sheet(catalogue=b"/OpenAction<</S/URI/URI(http://169.254.169.254/)>>"),
    "an attachment that unpacks to 100 MB": attached(
        b"factur-x.xml", zlib.compress(bytes(100_000_000), 9), b"/Filter/FlateDecode"
    ),
    "an attachment that reads other files": attached(b"factur-x.xml", EXTERNAL),
    "a program as an attachment": attached(b"invoice.exe", b"MZ" + bytes(1000)),
    "a page tree 500 deep": deep_tree(500),
    "a page of a million points": sheet(box=b"[0 0 1000000 1000000]"),
    "a box that is turned round": sheet(box=b"[595 842 0 0]"),
    "a box of no numbers": sheet(box=b"[nan nan nan nan]"),
    "a negative number of pages": sheet(tree=b"/Count -5/Kids[3 0 R]"),
    "more pages promised than there are": sheet(tree=b"/Count 2147483647/Kids[3 0 R]"),
    "places beyond all numbers": sheet(
        TEXT + b" BT /F 1e30 Tf 1e30 0 0 1e30 1e30 nan Tm (x1) Tj 1e38 1e38 Td (y2) Tj ET"
    ),
    "a hundred thousand little boxes": sheet(TEXT + b" 10 10 5 5 re S" * 100_000),
    "junk before the head": b"x" * 900 + sheet(),
}  # fmt: skip
REFUSED = {
    "no pages": (sheet(tree=b"/Count 0/Kids[]"), "paper.pdf", {"TRUNCATED"}),
    "a page tree that loops": (sheet(tree=b"/Count 2/Kids[3 0 R 2 0 R]"), "paper.pdf", {"TRUNCATED"}),
    "an archive called a PDF": (zipped(), "paper.pdf", {"UNSUPPORTED_FORMAT"}),
    "packed zeros called a PDF": (gzip.compress(bytes(50_000_000)), "paper.pdf", {"UNSUPPORTED_FORMAT"}),
    "a web page called a PDF": (b"<html><body>invoice</body></html>", "paper.pdf", {"UNSUPPORTED_FORMAT"}),
    "XML that reads other files": (EXTERNAL, "paper.xml", {"UNSUPPORTED_FORMAT"}),
    "a billion laughs": (LAUGHS, "paper.xml", {"UNSUPPORTED_FORMAT"}),
    "XML of a million levels": (
        b"<?xml version='1.0'?><Invoice>" + b"<a>" * 1_000_000, "paper.xml", {"UNSUPPORTED_FORMAT"},
    ),
    "a picture beyond all numbers": (
        sheet(b"q 595 0 0 842 0 0 cm /X Do Q", stream(
            b"abc", b"/Type/XObject/Subtype/Image/Width 2147483647/Height 2147483647/BitsPerComponent 8"
            b"/ColorSpace/DeviceGray"), resources=b"/XObject<</X 6 0 R>>"),
        "paper.pdf", {"TOO_LARGE", "NO_TEXT"},
    ),
    "forms that draw themselves": (
        sheet(b"/X Do", stream(b"/X Do /X Do", FORM % 6), resources=b"/XObject<</X 6 0 R>>"),
        "paper.pdf", {"READER_CRASHED", "NO_TEXT"},
    ),
    "a content packed twice": (
        sheet(zlib.compress(zlib.compress(b"q " * 60_000_000, 9), 9), entries=b"/Filter[/FlateDecode/FlateDecode]"),
        "paper.pdf", {"READER_CRASHED", "NO_TEXT"},
    ),
    "a mail of 10,000 parts": (
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nhi\r\n" * 10_000,
        "mail.eml", {"TOO_LARGE"},
    ),
}  # fmt: skip


def read(reader: WarmReader, folder: Path, content: bytes, name: str) -> str | None:
    path = folder / "content"
    path.write_bytes(content)
    return reader.read(ReadRequest(path, name)).text("invoice_number")


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_is_read_and_nothing_else_happens(reader: WarmReader, tmp_path: Path, name: str) -> None:
    started = time.monotonic()
    assert read(reader, tmp_path, READ[name], "paper.pdf") == "INV-4711"
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_why(reader: WarmReader, tmp_path: Path, name: str) -> None:
    content, filename, codes = REFUSED[name]
    started = time.monotonic()
    with pytest.raises(UnreadableDocumentError) as caught:
        read(reader, tmp_path, content, filename)
    assert caught.value.code in codes
    assert caught.value.message.endswith(".")
    assert time.monotonic() - started < 40
    assert read(reader, tmp_path, sheet(), "paper.pdf") == "INV-4711"


@pytest.mark.parametrize("depth", [50, 300])
def test_a_mail_in_a_mail_in_a_mail(reader: WarmReader, tmp_path: Path, depth: int) -> None:
    path = tmp_path / "content"
    path.write_bytes(nested(depth))
    assert reader.read(ReadRequest(path, "mail.eml")).text("sale_order_reference") == "SO-4711"
