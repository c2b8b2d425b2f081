"""How references, tax ids, accounts and names are normalised, alike for documents and for records."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_NOT_ALNUM = re.compile(r"[^0-9A-Z]+")
_LEGAL_FORMS = frozenset(
    "GMBH MBH AG KG KGAA OHG GBR UG EK EV EG SE INC LLC LTD LIMITED PLC CORP CORPORATION CO COMPANY SA SAS SARL SASU "
    "EURL SL SLU SRL SPA SNC BV NV CV VOF AB AS ASA OY OYJ APS A S SP Z OO ZOO SRO KFT DOO HAFTUNGSBESCHRANKT "
    "UND AND ET Y E DE DER DIE DAS THE LA LE LES".split()
)
_SEPARATORS = re.compile(r"[\s,;:()\[\]]+")
_SHORTEST_NAME_WORD = 2
_SHORTEST_REFERENCE = 3
_PHONE_DIGITS, _SHORTEST_PHONE = 8, 6
_SPELLED = str.maketrans({"Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Þ": "TH"})  # no accents to Unicode


def fold(text: str) -> str:
    """``text`` upper-cased, without accents; letters such as ß and ø spelled out."""
    if text.isascii():
        return text.upper()
    decomposed = unicodedata.normalize("NFKD", text.upper().translate(_SPELLED))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper()


def reference_key(reference: str) -> str:
    """A document number without case, spaces and punctuation: "RE-2026/004" and "re 2026004" are one."""
    return _NOT_ALNUM.sub("", fold(reference))


def account_key(account: str) -> str:
    """A VAT id, IBAN or product code without spaces and punctuation, upper case."""
    return _NOT_ALNUM.sub("", fold(account))


def name_words(name: str) -> tuple[str, ...]:
    """The significant words of a company's name: no legal forms, no articles, no accents."""
    words = _NOT_ALNUM.sub(" ", fold(name)).split()
    return tuple(w for w in words if w not in _LEGAL_FORMS and len(w) >= _SHORTEST_NAME_WORD)


def references_within(text: str) -> tuple[str, ...]:
    """Normalised references that ``text`` may contain, the whole first: "your order P 00013 of May" holds P00013."""
    words = [word for word in _SEPARATORS.split(text) if word]
    neighbours = (first + second for first, second in pairwise(words))
    keys = (reference_key(part) for part in (*words, *neighbours))
    telling = (key for key in keys if len(key) >= _SHORTEST_REFERENCE and any(char.isdigit() for char in key))
    return tuple(dict.fromkeys(key for key in (reference_key(text), *telling) if key))


def email_domain(address: str) -> str | None:
    """The domain of an e-mail address in lower case, None where there is none."""
    _, at, domain = address.strip().lower().rpartition("@")
    return domain if at and "." in domain else None


def email_key(address: str) -> str:
    """An e-mail address as it is compared, "" where it is none."""
    found = address.strip().lower().removeprefix("mailto:")
    return found if email_domain(found) else ""


def phone_key(number: str) -> str:
    """The last eight digits of a telephone number, so that country and trunk prefixes don't count; "" of fewer
    than six digits.
    """
    digits = "".join(char for char in number if char in "0123456789")
    return digits[-_PHONE_DIGITS:] if len(digits) >= _SHORTEST_PHONE else ""
