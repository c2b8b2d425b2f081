"""What goes to standard output is JSON in UTF-8, one object a file, whatever the file is called."""

from __future__ import annotations

import json

import pytest

from service.cli.output import print_objects, progress

OBJECTS: list[dict[str, object]] = [{"file": "ü.pdf"}, {"file": "b\udcff.pdf"}]


def test_one_object_a_line(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    print_objects(OBJECTS, as_lines=True, single=False)
    lines = capsysbinary.readouterr().out.splitlines()
    assert lines[0].decode() == '{"file": "ü.pdf"}'
    assert [json.loads(line) for line in lines] == OBJECTS


def test_several_are_an_array_and_one_is_an_object(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    print_objects(OBJECTS, as_lines=False, single=False)
    assert json.loads(capsysbinary.readouterr().out.decode()) == OBJECTS
    print_objects(OBJECTS[:1], as_lines=False, single=True)
    assert json.loads(capsysbinary.readouterr().out.decode()) == OBJECTS[0]


def test_lines_are_printed_as_soon_as_they_are_there(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    def broken() -> object:
        yield OBJECTS[0]
        raise RuntimeError("Odoo went away")

    with pytest.raises(RuntimeError):
        print_objects(broken(), as_lines=True, single=False)  # type: ignore[arg-type]
    assert json.loads(capsysbinary.readouterr().out.decode()) == OBJECTS[0]


def test_progress_is_no_output(capsys: pytest.CaptureFixture[str]) -> None:
    progress("a.pdf: other")
    assert capsys.readouterr() == ("", "a.pdf: other\n")
