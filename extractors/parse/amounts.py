"""Numbers as printed around the world, to Decimal in their printed scale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.parse.currencies import CURRENCY_PATTERN, currency_of

_SPACES = " \u00a0\u2007\u2009\u202f\t"  # of all widths, no-break ones too
_APOSTROPHES = "'’`´"
_MINUS = "-−–"

# Longest alternatives first: grouped numbers, Indian grouping, plain ones.
_GROUPED = (
    rf"\d{{1,3}}(?:[.,{_APOSTROPHES}{_SPACES}]\d{{3}})+(?:[.,]\d{{1,6}})?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,6})?"
)
NUMBER_PATTERN = rf"(?:{_GROUPED}|\d+(?:[.,]\d{{1,6}})?|[.,]\d{{1,6}})"

_AMOUNT = re.compile(
    rf"""(?P<open>\()?\s*
         (?P<sign1>[{_MINUS}+])?\s*
         (?P<before>{CURRENCY_PATTERN})?\s*
         (?P<sign2>[{_MINUS}+])?\s*
         (?P<number>{NUMBER_PATTERN})
         (?:,[{_MINUS}]{{1,2}}|\.[{_MINUS}]{{1,2}})?
         \s*(?P<sign3>[{_MINUS}](?![\d\w]))?
         \s*(?P<after>{CURRENCY_PATTERN})?
         \s*(?P<sign4>[{_MINUS}](?![\d\w]))?
         (?P<close>\))?
         \s*(?P<creditor>CR|Cr|DR|Dr|[HS])?""",
    re.VERBOSE,
)
_TWO_DECIMALS = re.compile(r"\d([.,])\d{2}$")
_BOTH_MARKS = re.compile(r"([.,]).*([.,])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its sign, printed scale and the currency (ISO 4217) printed beside it, if any."""

    value: Decimal
    currency: str | None = None


def parse_amount(text: str, decimal_mark: str | None = None) -> Amount | None:
    """The amount that ``text`` as a whole is; None where it is something else.

    ``decimal_mark`` ("," or ".") is the document's; it settles "1.234", which is a thousand or three decimals.
    """
    match = _AMOUNT.fullmatch(text.strip().rstrip(":;*"))
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    value = parse_number(match["number"], decimal_mark)
    if value is None:
        return None
    printed = (match["before"] or match["after"] or "").strip()
    return Amount(-value if _is_negative(match) else value, currency_of(printed))


def _is_negative(match: re.Match[str]) -> bool:
    if match["open"] or match["creditor"] in ("CR", "Cr"):
        return True
    return any(sign and sign in _MINUS for sign in (match["sign1"], match["sign2"], match["sign3"], match["sign4"]))


def parse_number(text: str, decimal_mark: str | None = None) -> Decimal | None:
    """The unsigned number that ``text`` is, without currency; None where it is none."""
    compact = re.sub(rf"[{_APOSTROPHES}{_SPACES}]", "", text)
    if not compact or not re.fullmatch(r"[\d.,]+", compact):
        return None
    mark = _decimal_mark_in(compact, decimal_mark)
    whole, fraction = _split(compact, mark)
    digits = re.sub(r"[.,]", "", whole)
    if not digits and not fraction:
        return None
    return Decimal(f"{digits or '0'}.{fraction}" if fraction else digits)


def _split(compact: str, mark: str | None) -> tuple[str, str]:
    if mark is None:
        return compact, ""
    whole, _, fraction = compact.rpartition(mark)
    return whole, fraction


def _decimal_mark_in(compact: str, preferred: str | None) -> str | None:
    """Which character of a number separates the decimals, None where it has none."""
    last = max(compact.rfind("."), compact.rfind(","))
    if last < 0:
        return None
    mark, digits_after = compact[last], len(compact) - last - 1
    other = "," if mark == "." else "."
    if other in compact:
        return mark if compact.count(mark) == 1 else None
    if compact.count(mark) > 1:
        return None
    if digits_after != 3:
        return mark
    if last > 3 or last == 0 or compact.startswith("0"):
        return mark
    return mark if preferred == mark else None


def decimal_mark_of(texts: Iterable[str]) -> str | None:
    """The decimal mark that most amounts of a document use; None where none of them tells."""
    votes = {".": 0, ",": 0}
    for text in texts:
        trimmed = text.strip().rstrip("€$£%)-").strip()
        found = _TWO_DECIMALS.search(trimmed)
        if found and len(re.findall(r"[.,]", trimmed)) - trimmed.count(found[1]) in (0, 1, 2):
            votes[found[1]] += 3 if _BOTH_MARKS.search(trimmed) else 1
    if votes["."] == votes[","]:
        return None
    return max(votes, key=lambda mark: votes[mark])
