"""Gives every record its number, counted by model, so that ids are the same for the same plan."""

from __future__ import annotations

_ITEMS_AN_ENTRY = 20
TERM_ITEM = 19  # the place of a document's receivable or payable among its entry's items
LIQUIDITY_ITEM, COUNTERPART_ITEM = 1, 2  # the two items of a payment's or statement line's entry


class Numbering:
    """One counter a name, each from 1."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, name: str) -> int:
        """The next number under that name."""
        self._last[name] = self._last.get(name, 0) + 1
        return self._last[name]


def item_id(move_id: int, place: int) -> int:
    """The id of an entry's journal item: each entry has room for twenty."""
    return move_id * _ITEMS_AN_ENTRY + place
