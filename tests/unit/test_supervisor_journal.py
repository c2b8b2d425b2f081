"""What processes print is kept, in files of a bounded size, and never holds them up."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from service.supervisor.child import Child, ProcessSpec
from tests.support.stack import wait_until


def child(folder: Path, program: str) -> Child:
    return Child(ProcessSpec("printer", (sys.executable, "-c", program)), folder, {})


def test_both_outputs_are_kept_over_restarts_and_to_the_last_line(tmp_path: Path) -> None:
    printer = child(tmp_path, "import sys; print('said'); print('complained', file=sys.stderr); print('end', end='')")
    file = tmp_path / "printer.log"
    wait_until(lambda: printer.keep_alive() or (file.exists() and file.read_text().count("end") >= 2), 20, "restarted")
    printer.stop()
    text = file.read_text()
    assert sorted(set(text.replace("end", "end\n").splitlines())) == ["complained", "end", "said"]


@pytest.mark.parametrize("line", ["x" * 99 + "\n", "x" * 1_000_000], ids=["lines", "no line ever ends"])
def test_a_flood_leaves_three_files_of_ten_megabytes(tmp_path: Path, line: str) -> None:
    program = f"""
import sys, time
for _ in range({35_000_000 // len(line)}):
    sys.stdout.write({line[0]!r} * {len(line) - 1} + {line[-1]!r})
print("last", flush=True)
time.sleep(60)
"""
    printer = child(tmp_path, program)
    printer.keep_alive()
    file = tmp_path / "printer.log"
    wait_until(lambda: file.exists() and file.read_bytes().endswith(b"last\n"), 60, "the flood is over")
    printer.ask_to_end()
    printer.stop()
    files = sorted(tmp_path.iterdir())
    assert [kept.name for kept in files] == ["printer.log", "printer.log.1", "printer.log.2"]
    assert all(kept.stat().st_size <= 10_000_000 for kept in files)


def test_a_process_may_close_its_output_and_bytes_may_be_anything(tmp_path: Path) -> None:
    program = "import os,time; os.write(1, bytes(range(256))); os.close(1); os.close(2); time.sleep(60)"
    printer = child(tmp_path, program)
    printer.keep_alive()
    file = tmp_path / "printer.log"
    wait_until(lambda: file.exists() and file.stat().st_size > 256, 20, "the bytes are kept")
    time.sleep(0.3)
    printer.keep_alive()  # it still runs: nothing is started
    started = time.monotonic()
    printer.ask_to_end()
    printer.stop()
    assert time.monotonic() - started < 5
    assert "ABC" in file.read_text()
