"""References that a payment must quote and that carry check digits of their own."""

from __future__ import annotations

import re

from stdnum import iso11649
from stdnum.ch import esr

from extractors.parse.identifiers import FoundId

_CREDITOR = re.compile(r"(?<![A-Za-z0-9])RF\d{2}(?: ?[A-Z0-9]{1,4}){1,6}(?![A-Za-z0-9])")
_SWISS = re.compile(r"(?<![\d.,])\d{2}(?: ?\d{5}){5}(?![\d.,])")
_BELGIAN = re.compile(r"(?:\+{3}|\*{3})\s?(\d{3})\s?/\s?(\d{4})\s?/\s?(\d{5})\s?(?:\+{3}|\*{3})")


def find_creditor_references(text: str) -> tuple[FoundId, ...]:
    """ISO 11649 references, Swiss QR references and Belgian structured messages whose check digits pass, compact."""
    found = []
    for match in _CREDITOR.finditer(text):
        compact = match.group().replace(" ", "")
        if iso11649.is_valid(compact):
            found.append(FoundId(compact, True, match.start(), match.end()))
    for match in _SWISS.finditer(text):
        compact = match.group().replace(" ", "")
        if esr.is_valid(compact):
            found.append(FoundId(compact, True, match.start(), match.end()))
    for match in _BELGIAN.finditer(text):
        digits = "".join(match.groups())
        if int(digits[:10]) % 97 in (int(digits[10:]), int(digits[10:]) % 97):
            found.append(FoundId(digits, True, match.start(), match.end()))
    return tuple(found)
