"""Every command is there, loads what it needs and nothing more, and errors leave with their exit code."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

import service.cli as command_line
from service.domain.errors import ConcordError, OdooRefusedError, UsageError

# Written by hand from the contract.
COMMANDS = {"run", "demo", "doctor", "user", "extract", "reconcile", "sync", "audit"}


def test_the_commands_of_the_contract() -> None:
    group = command_line.cli
    context = group.make_context("concord", ["--help"], resilient_parsing=True)
    assert set(group.list_commands(context)) == COMMANDS
    for name in COMMANDS:
        assert group.get_command(context, name) is not None
    assert group.get_command(context, "os") is None


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_explains_itself(name: str) -> None:
    shown = CliRunner().invoke(command_line.cli, [name, "--help"])
    assert shown.exit_code == 0
    assert "Usage:" in shown.output


@pytest.mark.parametrize(
    ("error", "code"),
    [(UsageError("no"), 2), (OdooRefusedError("no"), 6), (KeyboardInterrupt(), 130), (RuntimeError("bug"), 1)],
)
def test_an_error_leaves_with_its_exit_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_given: object) -> None:
        raise error

    monkeypatch.setattr(command_line.cli, "main", fail)
    with pytest.raises(SystemExit) as left:
        command_line.main()
    assert left.value.code == code
    shown = capsys.readouterr()
    assert shown.out == ""
    if isinstance(error, ConcordError):
        assert shown.err == "concord: no\n"


def test_extract_loads_no_server_no_database_and_no_odoo() -> None:
    probe = "import sys, service.cli.extract; print([n for n in sys.argv[1:] if n in sys.modules])"
    heavy = ["flask", "celery", "sqlalchemy", "odoorpc", "waitress", "service.demo"]
    told = subprocess.run([sys.executable, "-c", probe, *heavy], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "[]\n"
