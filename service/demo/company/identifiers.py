"""Numbers that pass their checks: VAT ids, bank accounts, article numbers and telephone numbers of each country."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random

from stdnum import ean, iban, luhn
from stdnum.es import ccc
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVW"
_FRENCH_KEY, _FRENCH_ACCOUNT_KEY = 97, 97
_TELEPHONE = {
    "AT": "+43 {n[0]}{n[1]}{n[2]} 5550{n[3]}{n[4]}{n[5]}",
    "DE": "+49 {n[0]}{n[1]}{n[2]}1 5550{n[3]}{n[4]}{n[5]}",
    "ES": "+34 9{n[0]}{n[1]} 555 0{n[3]}{n[4]}",
    "FR": "+33 {n[0]} {n[1]}{n[2]} 55 50 {n[3]}{n[4]}",
    "GB": "+44 1{n[0]}{n[1]}{n[2]} 496 0{n[3]}{n[4]}{n[5]}",
    "IE": "+353 {n[0]}{n[1]} 555 {n[3]}{n[4]}{n[5]}",
    "IT": "+39 0{n[0]}{n[1]} 5550{n[3]}{n[4]}{n[5]}",
    "NL": "+31 {n[0]}{n[1]} 555 0{n[3]}{n[4]}",
}
_EAN_PREFIXES = {
    "AT": "900381",
    "DE": "426081",
    "ES": "842190",
    "FR": "376042",
    "GB": "506047",
    "IE": "539155",
    "IT": "805274",
    "NL": "871845",
}


def vat_id(country: str, rng: Random) -> str:
    """A VAT id of a company there whose check digits are right."""
    is_valid = gb_vat.is_valid if country == "GB" else eu_vat.is_valid
    while True:
        for candidate in _VAT_IDS[country](rng):
            if is_valid(candidate):
                return candidate


def _digits(rng: Random, count: int) -> str:
    """That many digits, the first one not zero."""
    return str(rng.randrange(10 ** (count - 1), 10**count))


def _ending(start: Callable[[Random], str], width: int, end: str = "") -> Callable[[Random], Iterator[str]]:
    """All candidates with one random start: the check digits are among them."""

    def candidates(rng: Random) -> Iterator[str]:
        first = start(rng)
        return (f"{first}{check:0{width}d}{end}" for check in range(10**width))

    return candidates


def _irish(rng: Random) -> Iterator[str]:
    first = _digits(rng, 7)
    return (f"IE{first}{letter}" for letter in _LETTERS)


def _french(rng: Random) -> Iterator[str]:
    siren = _digits(rng, 8)
    siren += str(luhn.calc_check_digit(siren))
    yield f"FR{(12 + 3 * (int(siren) % _FRENCH_KEY)) % _FRENCH_KEY:02d}{siren}"


def _italian(rng: Random) -> str:
    return f"IT{_digits(rng, 7)}{rng.randrange(1, 100):03d}"  # the last three name the province


_VAT_IDS: Mapping[str, Callable[[Random], Iterator[str]]] = {
    "AT": _ending(lambda rng: f"ATU{_digits(rng, 7)}", 1),
    "DE": _ending(lambda rng: f"DE{_digits(rng, 8)}", 1),
    "ES": _ending(lambda rng: f"ESB{_digits(rng, 7)}", 1),
    "FR": _french,
    "GB": _ending(lambda rng: f"GB{_digits(rng, 7)}", 2),
    "IE": _irish,
    "IT": _ending(_italian, 1),
    "NL": _ending(lambda rng: f"NL{_digits(rng, 8)}", 1, "B01"),
}


def account(country: str, bank_code: str, rng: Random) -> str:
    """An IBAN at that bank (its four letters) whose check digits are right."""
    number = _ACCOUNTS[country](bank_code, rng)
    return f"{country}{iban.calc_check_digits(f'{country}00{number}')}{number}"


def _spanish_account(rng: Random) -> str:
    bank, number = _digits(rng, 8), _digits(rng, 10)
    return f"{bank}{ccc.calc_check_digits(f'{bank}00{number}')}{number}"


def _french_account(rng: Random) -> str:
    bank, branch, number = _digits(rng, 5), _digits(rng, 5), _digits(rng, 11)
    key = _FRENCH_ACCOUNT_KEY - (89 * int(bank) + 15 * int(branch) + 3 * int(number)) % _FRENCH_ACCOUNT_KEY
    return f"{bank}{branch}{number}{key:02d}"


_ACCOUNTS: Mapping[str, Callable[[str, Random], str]] = {
    "AT": lambda _, rng: _digits(rng, 16),
    "DE": lambda _, rng: _digits(rng, 18),
    "ES": lambda _, rng: _spanish_account(rng),
    "FR": lambda _, rng: _french_account(rng),
    "GB": lambda bank, rng: bank + _digits(rng, 14),
    "IE": lambda bank, rng: bank + _digits(rng, 14),
    "IT": lambda _, rng: rng.choice(_LETTERS) + _digits(rng, 10) + _digits(rng, 12),
    "NL": lambda bank, rng: bank + _digits(rng, 10),
}


def telephone(country: str, rng: Random) -> str:
    """A number of a range that nobody has."""
    return _TELEPHONE[country].format(n=_digits(rng, 6))


def barcode(country: str, item: int) -> str:
    """The EAN-13 of the country's ``item``-th article (below a million)."""
    digits = f"{_EAN_PREFIXES[country]}{item:06d}"
    return digits + str(ean.calc_check_digit(digits))
