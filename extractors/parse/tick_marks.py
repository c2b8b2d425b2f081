"""Tick boxes that are printed as text: [x], ( ), ☒, ☐, ✓ and the signs of symbol fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TICKED = "☑☒✓✔✗✘🗹🗷🗸🗵⊠⊗◉◙⦿✅❎❌⮽⮿●■◼⬛◆\uf0fe\uf078\uf0fd\uf0fc\uf0fb\uf052\uf053\uf054"
_EMPTY = "☐□▢◻⬜○◯⭘❏❐❑❒▫⚪◇\uf0a8\uf06f\uf071\uf0a3\uf0a1\uf072"
_MADE = r"[xX×✓✔✗✘vV●•■]"
_FILL = r"[_.\s]*"
_MARK = re.compile(
    rf"(?P<ticked>[{_TICKED}])|(?P<empty>[{_EMPTY}])"
    rf"|(?P<bracket>\[{_FILL}{_MADE}{_FILL}\]|(?<!\w)\({_FILL}{_MADE}{_FILL}\)|(?<!\w)_{{1,3}}[xX✓✔]_{{1,3}}(?!\w))"
    rf"|(?P<open>\[{_FILL}\]|(?<!\w)\([_\s]*\))"
)


_BULLETS = frozenset("✓✔●■◼⬛◆•")  # lists begin with them too


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A tick box within a text, from ``start`` to ``end``."""

    ticked: bool
    start: int
    end: int


def find_marks(text: str) -> tuple[FoundMark, ...]:
    """The tick boxes in ``text``, from left to right."""
    return tuple(
        FoundMark(bool(match["ticked"] or match["bracket"]), match.start(), match.end())
        for match in _MARK.finditer(text)
    )


def is_tick(text: str) -> bool:
    """Whether ``text``, standing in a box, ticks it: a cross, a tick, a dot, or the letters that fonts of symbols
    print as those.
    """
    stripped = text.strip("[]() ")
    return stripped in ("x", "X", "×", "v", "V", "•", "●", "4", "8", "l", "n", "ü", "û", "*", "■") or (
        bool(stripped) and all(character in _TICKED for character in stripped)
    )


def is_bullet(text: str) -> bool:
    """Whether a mark could as well begin an entry of a list."""
    return text in _BULLETS
