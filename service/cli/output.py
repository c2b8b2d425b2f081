"""Standard output holds JSON only; what goes on is told on standard error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import click

JsonObject = Mapping[str, object]


def print_objects(objects: Iterable[JsonObject], *, as_lines: bool, single: bool) -> None:
    """Print one JSON object a line, or else one indented object (``single``), or an indented array."""
    if as_lines:
        for entry in objects:
            click.echo(_json(entry))
        return
    entries = list(objects)
    shown: object = entries[0] if single and entries else entries
    click.echo(_json(shown, indent=2))


def _json(value: object, indent: int | None = None) -> bytes:
    """UTF-8 whatever the terminal's encoding; a byte of a file's name that is no text stands as an escape."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


def progress(text: str) -> None:
    """One line on standard error."""
    click.echo(text, err=True)
