"""Gives every record its number, counted by model, so that ids are the same for the same plan."""

from __future__ import annotations


class Numbering:
    """One counter a name, each from 1."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, name: str) -> int:
        """The next number under that name."""
        self._last[name] = self._last.get(name, 0) + 1
        return self._last[name]
