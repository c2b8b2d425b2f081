"""The command line: one file a command, loaded only when called, so that ``extract`` needs no web server."""

from __future__ import annotations

import importlib
import logging
import sys

import click

from service.domain.errors import ConcordError

_COMMANDS = ("run", "demo", "doctor", "user", "extract", "reconcile", "sync", "audit")
_INTERRUPTED = 130
_INTERNAL = 1
_USAGE = 2

log = logging.getLogger(__name__)


class _LazyGroup(click.Group):
    """A group whose commands are the modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click asks so)
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"service.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="concord")
def cli() -> None:
    """Concord reads business documents and reconciles them with Odoo."""


def main() -> None:
    """Run the command line and leave with the exit code that the error tree gives (contract: Exit codes)."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli.main(prog_name="concord", standalone_mode=False)
    except click.UsageError as error:
        error.show(sys.stderr)
        return _USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return _INTERRUPTED
    except ConcordError as error:
        click.echo(f"concord: {error.message}", err=True)
        if error.advice:
            click.echo(f"  {error.advice}", err=True)
        return error.exit_code
    except Exception:
        log.exception("internal error")
        return _INTERNAL
    return code if isinstance(code, int) else 0
