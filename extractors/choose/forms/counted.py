"""How letters count goods and name their codes: "2 x", "3 Stück", "code G954-49"."""

from __future__ import annotations

import re

from extractors.choose.hits import Phrase
from extractors.labels import STRONG, squeeze

NOTED = ("product_code", "serial_number", "quantity")
COUNTED = re.compile(
    r"^\W{0,3}(?:(?P<count>\d{1,4})\s?(?:[x×*]|pcs?|pieces?|Stk\.?|Stück|St\.|pz\.?|uds?\.?|stuks?|unités?)"
    r"|[Nn](?:r|o|°|º)?\.?\s(?P<number>\d{1,3}))\s+(?P<rest>[^\W\d_].*)$"
)
PIECES = re.compile(
    r"(?<![\w.,-])(?P<count>\d{1,4})\s?(?:pcs?|pieces?|Stk|Stück|St|pz|pezz[oi]|uds?|unidad(?:es)?|stuks?|unités?|"
    r"pièces?|ex)\b|(?<=\s)[x×]\s?(?P<times>\d{1,4})\W*$"
)
BARE_CODE = re.compile(
    r"\((?:[^\W\d_]{2,9}\.?(?:[ -]?[^\W\d_]{1,4}\.?|\s?[°º])?\s?:?\s)?(?P<code>[A-Z0-9][A-Z0-9./-]{2,20})\)"
)
BRACKETED_CODE = re.compile(r"\s\[(?P<code>(?=[^\]]*\d)[A-Z0-9][A-Z0-9./-]{2,20})\]$")
_REFERENCES = ("ref", "rif")  # words for a number that may be of anything
_CODE_BEHIND = re.compile(r"[A-Z]{1,5}[-/.]?\d")


def is_code_label(text: str, phrase: Phrase) -> bool:
    """Whether a phrase says what the code right behind it is: "Model Adria 300" names no code."""
    strong = any(m.name in NOTED and m.weight == STRONG for m in phrase.meanings)
    weak = any(m.name in NOTED for m in phrase.meanings)
    behind = text[phrase.end :].lstrip()
    is_reference = squeeze(text[phrase.start : phrase.end]).startswith(_REFERENCES) and _CODE_BEHIND.match(behind)
    return (strong and bool(behind)) or (weak and (behind.startswith((":", "#")) or bool(is_reference)))
