"""How what we created in Odoo is found again: a token in a text of the record, never one that only begins alike."""

from __future__ import annotations

import re

PREFIX = "concord:"
_SEPARATOR = " · "


def marked(text: str | None, marker: str) -> str:
    """``text`` with the marker after it."""
    token = PREFIX + marker
    return f"{text}{_SEPARATOR}{token}" if text else token


def bears(text: str | None, marker: str) -> bool:
    """Whether the text holds just that marker."""
    return re.search(re.escape(PREFIX + marker) + r"(?!\w)", text or "") is not None


def bears_any(text: str | None) -> bool:
    """Whether the text holds a marker of ours at all."""
    return PREFIX in (text or "")


def draft_name(bill_id: int) -> str:
    """What a bill is called that has no number yet."""
    return f"Draft {bill_id}"
