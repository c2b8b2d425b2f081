"""The command line as a process of its own: what it prints, where, and the code that it leaves with."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from extractors.engines.tesseract import is_installed
from service.demo.company import build_company
from service.demo.documents import DemoDocument, build_documents
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.programs import missing
from tests.support.stack import ROOT, free_ports

SEED = 20261123
COMMAND = (sys.executable, "-P", "-m", "service")


@dataclass(frozen=True)
class Result:
    """What a finished command left behind."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output, one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Concord = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """The environment: nothing of Concord but its data folder, and the tree to import from."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")}
    return {**kept, "PYTHONPATH": str(ROOT), "CONCORD_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def concord(settings: dict[str, str], tmp_path: Path) -> Concord:
    """Runs the command line in the temporary folder, with more settings by name."""

    def run(*arguments: str, given: str = "", **more: str) -> Result:
        environment = settings | {f"CONCORD_{name}": value for name, value in more.items()}
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env=environment,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def odoo(odoo_sandbox: OdooSandbox) -> dict[str, str]:
    """The settings that lead to the stand-in."""
    return {
        "ODOO_URL": odoo_sandbox.url,
        "ODOO_DB": odoo_sandbox.db,
        "ODOO_USER": odoo_sandbox.user,
        "ODOO_PASSWORD": odoo_sandbox.password,
    }


@pytest.fixture(scope="module")
def papers() -> dict[str, DemoDocument]:
    return {paper.filename: paper for paper in build_documents(build_company(SEED), SEED)}


@pytest.fixture
def written(papers: dict[str, DemoDocument], tmp_path: Path) -> Callable[..., str]:
    """Writes the first paper that shows just these codes (none: one that agrees) and returns its name."""

    def write(*codes: str) -> str:
        paper = next(paper for paper in papers.values() if {str(c) for c in paper.expected_codes} == set(codes))
        (tmp_path / paper.filename).write_bytes(paper.content)
        return paper.filename

    return write


def test_extract_goes_on_after_what_cannot_be_read_and_keeps_the_order(
    concord: Concord, written: Callable[..., str], tmp_path: Path
) -> None:
    good = written()
    (tmp_path / "garbage.pdf").write_bytes(b"\0garbage" * 99)
    (tmp_path / "empty.pdf").write_bytes(b"")
    locked = Canvas(str(tmp_path / "locked.pdf"), encrypt="secret")
    locked.drawString(9, 9, "secret")
    locked.save()
    names = ["missing.pdf", good, "garbage.pdf", "locked.pdf", "empty.pdf", f"./{good}"]
    done = concord("extract", "--jsonl", *names)
    assert done.code == 4
    assert [entry["path"] for entry in done.objects] == [*names[:5], good]
    codes = [entry.get("error", {}).get("code") for entry in done.objects]
    assert codes == ["FILE_NOT_FOUND", None, "UNSUPPORTED_FORMAT", "ENCRYPTED", "EMPTY_FILE", None]
    unread = {"kind": "other", "fields": {}, "lines": []}
    assert all(entry | unread == entry for entry in done.objects if "error" in entry)
    assert len(done.err.splitlines()) == len(names)
    assert not (tmp_path / "data").exists()


def test_extract_prints_what_the_paper_says(
    concord: Concord, written: Callable[..., str], papers: dict[str, DemoDocument]
) -> None:
    good = written()
    done = concord("extract", "--details", good)
    assert done.code == 0
    read, truth = json.loads(done.out), papers[good].truth
    assert (read["file"], read["kind"], read["pages"]) == (good, "supplier_invoice", 1)
    assert read["fields"]["grand_total"] == truth["fields"]["grand_total"]  # type: ignore[index]
    value = read["details"]["fields"]["grand_total"]
    assert set(value) == {"value", "raw", "confidence", "page", "bbox", "source", "status"}
    assert value["value"] == read["fields"]["grand_total"]
    several = json.loads(concord("extract", good, good).out)
    assert [entry["file"] for entry in several] == [good, good]
    assert json.loads(concord("extract", "--kind", "credit_note", good).out)["kind"] == "credit_note"


def test_extract_takes_its_limits_from_the_settings(concord: Concord, tmp_path: Path) -> None:
    paper = Canvas(str(tmp_path / "two.pdf"))
    for _ in range(2):
        paper.drawString(72, 720, "Rechnung")
        paper.showPage()
    paper.save()
    done = concord("extract", "two.pdf", MAX_PAGES="1")
    assert (done.code, json.loads(done.out)["error"]["code"]) == (4, "TOO_MANY_PAGES")


@pytest.mark.parametrize("arguments", [("extract",), ("extract", "--kind", "letter", "x.pdf"), ("nothing",), ("user",)])
def test_what_makes_no_sense_is_a_usage_error(concord: Concord, arguments: tuple[str, ...]) -> None:
    done = concord(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "Usage: concord" in done.err


def test_an_unknown_setting_names_the_nearest(concord: Concord) -> None:
    for command in (("extract", "x.pdf"), ("doctor",)):
        done = concord(*command, POTR="1")
        assert (done.code, done.out) == (3, "")
        assert "Did you mean CONCORD_PORT?" in done.err


def test_an_interrupted_command_says_so(settings: dict[str, str], written: Callable[..., str], tmp_path: Path) -> None:
    name = written()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts behind "&" ignores it
    with subprocess.Popen(
        [*COMMAND, "extract", "--jsonl", *[name] * 2000],
        cwd=tmp_path,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        signal.signal(signal.SIGINT, before)
        assert running.stdout is not None
        json.loads(running.stdout.readline())
        running.send_signal(signal.SIGINT)
        try:
            _, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode == 130
    assert b"Traceback" not in err


def test_reconcile_needs_no_server_no_sync_and_writes_nothing(
    concord: Concord, written: Callable[..., str], odoo: dict[str, str], odoo_sandbox: OdooSandbox, tmp_path: Path
) -> None:
    clean, dear = written(), written("PRICE_VARIANCE", "UNMATCHED_LINE")
    (tmp_path / "garbage.pdf").write_bytes(b"\0garbage" * 99)
    bills = odoo_sandbox.login("admin").env["account.move"].search([])
    done = concord("reconcile", "--jsonl", clean, dear, "garbage.pdf", clean, **odoo)
    assert done.code == 4
    agrees, differs, garbage, again = done.objects
    assert (agrees["status"], agrees["exceptions"]) == ("reconciled", [])
    assert {match["role"] for match in agrees["matches"]} >= {"vendor", "order"}
    assert [match["line"] for match in agrees["line_matches"]] == [*range(1, len(agrees["lines"]) + 1)]
    assert agrees["books_as_of"].endswith("Z")
    assert differs["status"] == "in_review"
    assert {entry["code"] for entry in differs["exceptions"]} == {"PRICE_VARIANCE", "UNMATCHED_LINE"}
    assert (garbage["status"], garbage["books_as_of"]) == ("failed", None)
    assert [entry["code"] for entry in garbage["exceptions"]] == ["UNREADABLE_DOCUMENT"]
    assert [entry["code"] for entry in again["exceptions"]] == ["DUPLICATE_DOCUMENT"]
    assert odoo_sandbox.login("admin").env["account.move"].search([]) == bills
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("changed", "code", "said"),
    [
        ({"ODOO_PASSWORD": "wrong"}, 6, "password"),
        ({"ODOO_DB": "nothing"}, 6, "database"),
        ({"ODOO_URL": "http://127.0.0.1:1"}, 5, "No connection"),
        ({"ODOO_URL": ""}, 3, "No Odoo is configured"),
    ],
)
def test_an_odoo_that_does_not_help(
    concord: Concord, written: Callable[..., str], odoo: dict[str, str], changed: dict[str, str], code: int, said: str
) -> None:
    done = concord("reconcile", written(), **(odoo | changed))
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert odoo["ODOO_PASSWORD"] not in done.err


def test_people_and_tokens(concord: Concord) -> None:
    made = concord("user", "create", "Nina", "--role", "reviewer", "--role", "uploader")
    assert made.code == 0
    assert len(made.out.strip()) >= 12
    given = concord("user", "create", "Otto", "--role", "auditor", "--password-stdin", given="correct horse battery\n")
    assert (given.code, given.out) == (0, "")
    token = concord("user", "token", "Nina")
    assert token.code == 0
    assert token.out.startswith("concord_")
    assert token.out.count("\n") == 1
    for refused in (
        concord("user", "create", "Nina", "--role", "admin"),
        concord("user", "create", "Pia", "--role", "king"),
        concord("user", "create", "Pia", "--role", "admin", "--password-stdin", given="short\n"),
        concord("user", "token", "Nobody"),
    ):
        assert (refused.code, refused.out) == (2, "")


def test_the_doctor_says_what_is_wrong_and_mends_what_it_can(concord: Concord, odoo: dict[str, str]) -> None:
    found = concord("doctor", **odoo)
    assert found.code == 7
    assert "The database is empty" in found.out
    assert "concord doctor --repair" in found.out
    mended = concord("doctor", "--repair", **odoo)
    assert "database  ok" in mended.out
    assert "odoo      ok, 17.0" in mended.out
    assert "broker    The queue's Redis can't be reached." in mended.out
    assert mended.code == 7


def test_sync_fills_the_books_and_the_audit_trail_is_whole(
    concord: Concord, odoo: dict[str, str], tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text(odoo.pop("ODOO_PASSWORD") + "\n")
    synced = concord("sync", ODOO_PASSWORD_FILE=str(secret), **odoo)
    assert (synced.code, synced.out) == (0, "")
    assert f"books as of {time.gmtime().tm_year}" in synced.err
    whole = concord("audit", "verify")
    assert (whole.code, "whole" in whole.out) == (0, True)


def test_history_that_was_changed_by_hand_is_noticed(concord: Concord, tmp_path: Path) -> None:
    assert concord("user", "create", "Nina", "--role", "admin").code == 0
    with sqlite3.connect(tmp_path / "data" / "concord.sqlite") as database:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute("UPDATE audit_events SET actor = 'nobody'")
        database.execute("DROP TRIGGER audit_events_refuses_update")
        database.execute("UPDATE audit_events SET actor = 'nobody'")
    database.close()
    broken = concord("audit", "verify")
    assert (broken.code, broken.out) == (7, "")
    assert "was changed after it was written" in broken.err


def test_run_says_when_nobody_can_sign_in_yet(settings: dict[str, str], tmp_path: Path) -> None:
    (port,) = free_ports(1)
    running = subprocess.Popen(
        [*COMMAND, "run"],
        cwd=tmp_path,
        env=settings | {"CONCORD_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    said = [running.stderr.readline(), running.stderr.readline()]
    running.terminate()
    running.communicate(timeout=60)
    assert "concord user create NAME --role admin" in said[0]
    assert f"serves on http://127.0.0.1:{port}" in said[1]
    assert running.returncode == 0


def test_extract_asks_the_engine_of_the_settings(concord: Concord, tmp_path: Path) -> None:
    if not is_installed():
        missing("tesseract", "tesseract-ocr")
    picture = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(picture).text((40, 100), "Invoice No. 4711", fill=0, font_size=48)
    picture.save(tmp_path / "scan.png")
    sure = {
        concord("extract", "--details", "--jsonl", "scan.png", OCR_ENGINE=engine).objects[0]["details"]["fields"][
            "invoice_number"
        ]["confidence"]
        for engine in ("rapidocr", "tesseract")
    }
    assert len(sure) == 2  # each engine has its own opinion
