"""VAT ids, IBANs, BICs, GTINs and e-mail addresses, checked by their check digits where they have some."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum import bic as stdnum_bic
from stdnum import ean as stdnum_ean
from stdnum import iban as stdnum_iban
from stdnum.es import cif as stdnum_cif
from stdnum.eu import vat as stdnum_eu_vat
from stdnum.gb import vat as stdnum_gb_vat
from stdnum.in_ import gstin as stdnum_gstin

# Shapes of VAT numbers by country prefix, spaces and dots already removed.
_VAT_SHAPES = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-Z0-9]{2}\d{9}", "GB": r"(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"(?:\d{9}|\d{12})", "LU": r"\d{8}", "LV": r"\d{11}",
    "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{6,10}", "SE": r"\d{10}01",
    "SI": r"\d{8}", "SK": r"\d{10}", "XI": r"\d{9}", "NO": r"\d{9}(?:MVA)?",
}  # fmt: skip
_SWISS = r"CHE[-\s]?\d{3}[.\s]?\d{3}[.\s]?\d{3}(?:\s?(?:MWST|TVA|IVA))?"
_GAP = r"[ .\-/]?"
_VAT = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<swiss>{_SWISS})|(?P<country>{'|'.join(_VAT_SHAPES)}){_GAP}"
    rf"(?P<rest>[A-Z0-9+*](?:{_GAP}[A-Z0-9+*]){{1,13}}))(?![A-Za-z0-9])"
)
_TAX_NUMBER = re.compile(
    r"(?<![\w+/.,-])(?:\d{2}-\d{7}|\d{2}[A-Z]{5}\d{4}[A-Z]\w{3}|[A-Z]-?\d{7}-?[A-Z\d]|\d{8}-?[A-Z]|U\d{8}|\d{8}-\d-\d{2}|\d{9}B\d{2}|\d{3}-\d{3}-\d{2}-\d{2}|\d{3}-\d{2}-\d{2}-\d{3}"
    r"|\d{1,4}(?:[ .]\d{2,4}){2,4}|\d{8,15}(?:RT\d{4})?)(?![\w/]|[.,-]\d)"
)
_FEWEST_DIGITS = 7
_IBAN = re.compile(r"(?<![A-Za-z0-9])(?P<iban>[A-Z]{2}\s?\d{2}(?:[ \-]?[A-Z0-9]){10,30})(?![A-Za-z0-9])")
_BIC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9]|[-/]\w)")
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.[A-Za-z]{2,}")
_WEBSITE = re.compile(r"(?:https?://|www\.)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,6})(?![\w@])", re.IGNORECASE)
IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TR": 26,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundId:
    """An identifier within a text: compact value, whether its own checks pass, and where it stands."""

    value: str
    valid: bool
    start: int
    end: int


def find_vat_ids(text: str) -> tuple[FoundId, ...]:
    """VAT ids with a country prefix; those of a country's shape whose check digits fail are not ``valid``."""
    found = []
    match = _VAT.search(text)
    while match is not None:
        hit = _european(match) if not match["swiss"] else FoundId(_swiss(match["swiss"]), True, *match.span())
        if hit is not None:
            found.append(hit)
        match = _VAT.search(text, match.end() if hit is not None else match.start() + 1)  # "GB VAT GB 123 4567 82"
    return tuple(found)


def _swiss(printed: str) -> str:
    return re.sub(r"[\s.-]", "", printed)


def _european(match: re.Match[str]) -> FoundId | None:
    """The longest stretch of the match that has the country's shape, cut at a gap."""
    country, rest, start = match["country"], match["rest"], match.start("rest")
    ends = [m.start() for m in re.finditer(r"[ .\-/]", rest)]
    for end in (len(rest), *reversed(ends)):
        compact = re.sub(r"[ .\-/]", "", rest[:end])
        if re.fullmatch(_VAT_SHAPES[country], compact):
            value = country + compact
            return FoundId(value, is_valid_vat_id(value), match.start(), start + end)
    return None


def find_tax_numbers(text: str) -> tuple[FoundId, ...]:
    """Numbers of the shapes that tax ids without a country prefix have; only a label makes one a tax id."""
    found = []
    for match in _TAX_NUMBER.finditer(text):
        compact = re.sub(r"[ .]", "", match.group())
        if sum(character.isdigit() for character in compact) >= _FEWEST_DIGITS:
            found.append(FoundId(compact, _passes(compact), match.start(), match.end()))
    return tuple(found)


def _passes(number: str) -> bool:
    """Whether the check digits of a national number pass, where its shape tells whose it is."""
    if re.fullmatch(r"\d{2}[A-Z]{5}\d{4}[A-Z]\w{3}", number):
        return bool(stdnum_gstin.is_valid(number))
    return True


def is_checked_tax_number(value: str) -> bool:
    """Whether a compact number without a prefix is a company's in a country whose shape and check digits prove it."""
    return bool(stdnum_cif.is_valid(value) or stdnum_gstin.is_valid(value))


def is_valid_vat_id(value: str) -> bool:
    """Whether the check digits of a compact VAT id pass; True for countries that have none that we know."""
    if value.startswith(("CHE", "NO")):
        return True
    if value[:2] in ("GB", "XI"):
        return bool(stdnum_gb_vat.is_valid("GB" + value[2:]))
    return bool(stdnum_eu_vat.is_valid(value))


def find_ibans(text: str) -> tuple[FoundId, ...]:
    """IBANs; where the country's length is known, cut to it; failing check digits make one not ``valid``."""
    found = []
    for match in _IBAN.finditer(text):
        printed = match["iban"]
        length = IBAN_LENGTHS.get(printed[:2])
        if length is None and "IBAN" not in text.upper():
            continue
        printed = _cut(printed, length)
        compact = re.sub(r"[ \-]", "", printed)
        if re.fullmatch(_VAT_SHAPES.get(compact[:2], "(?!)"), compact[2:]):
            continue
        found.append(FoundId(compact, is_valid_iban(compact), match.start(), match.start() + len(printed)))
    return tuple(found)


def _cut(printed: str, length: int | None) -> str:
    """``printed`` up to ``length`` significant characters, if a gap follows there; else as it is."""
    if length is None:
        return printed
    count = 0
    for index, character in enumerate(printed):
        count += character not in " -"
        if count == length:
            rest = printed[index + 1 :]
            return printed[: index + 1] if not rest or rest[0] in " -" else printed
    return printed


def is_valid_iban(value: str) -> bool:
    """Whether length and check digits of a compact IBAN pass."""
    return bool(stdnum_iban.is_valid(value, check_country=False))


def find_bics(text: str) -> tuple[FoundId, ...]:
    """Words that have the form of a BIC and a real country in it."""
    return tuple(
        FoundId(m.group(), True, m.start(), m.end()) for m in _BIC.finditer(text) if stdnum_bic.is_valid(m.group())
    )


def find_emails(text: str) -> tuple[FoundId, ...]:
    """E-mail addresses, in lower case."""
    return tuple(FoundId(m.group().lower(), True, m.start(), m.end()) for m in _EMAIL.finditer(text))


def find_domains(text: str) -> tuple[str, ...]:
    """Host names of web sites and e-mail addresses, in lower case."""
    return tuple(m.group(1).lower().removeprefix("www.") for m in _WEBSITE.finditer(text))


def is_gtin(text: str) -> bool:
    """Whether ``text`` is an article number of 8, 12, 13 or 14 digits with a right check digit."""
    return text.isdigit() and len(text) in (8, 12, 13, 14) and bool(stdnum_ean.is_valid(text))
