"""Invents firms and customers with valid tax and account numbers, none of them real."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from random import Random
from string import ascii_uppercase
from typing import TypeVar

from stdnum import iban
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

from service.demo.company.values import Address
from service.demo.documents.content import Bank, Party
from service.demo.documents.invented.places import BANKS, GIVEN_NAMES, SURNAMES, TRADES, Place
from service.demo.documents.layouts import LayoutSet

_T = TypeVar("_T")
_MOST_TRIES = 20_000


def firm(place: Place, usage: LayoutSet, rng: Random) -> Party:
    """A firm of that country; those for fitting and those for measuring share no name."""
    surname = rng.choice(half(SURNAMES[place.language], usage))
    name = f"{surname} {rng.choice(TRADES[place.language])} {rng.choice(place.forms)}"
    host = f"{_plain(surname)}-{_plain(place.country)}.example"
    contact = rng.choice(("info", "billing", "office", "mail"))
    return Party(name, address(place, rng), tax_number(place, rng), f"{contact}@{host}", phone(place, rng))


def person(place: Place, usage: LayoutSet, rng: Random) -> Party:
    """A private customer of that country."""
    given, surname = rng.choice(GIVEN_NAMES[place.language]), rng.choice(half(SURNAMES[place.language], usage))
    mail = f"{_plain(given)}.{_plain(surname)}@{rng.choice(('post', 'mail', 'web'))}.example"
    return Party(f"{given} {surname}", address(place, rng), "", mail, phone(place, rng))


def half(entries: Sequence[_T], usage: LayoutSet) -> Sequence[_T]:
    """The first half for fitting, the second one for measuring."""
    middle = len(entries) // 2
    return entries[:middle] if usage is LayoutSet.FITTING else entries[middle:]


def address(place: Place, rng: Random) -> Address:
    """A street and a town of that country."""
    postcode, city = rng.choice(place.towns)
    street = rng.choice(place.streets).format(n=rng.randrange(2, 90))
    return Address(street, postcode, city, place.country)


def phone(place: Place, rng: Random) -> str:
    """A phone number as that country writes it."""
    return _filled(place.phone_pattern, rng)


def tax_number(place: Place, rng: Random) -> str:
    """A tax number whose check digits are right."""
    if place.country == "US":
        return _filled(place.vat_pattern, rng)
    check = gb_vat.is_valid if place.country == "GB" else eu_vat.is_valid
    return _first_valid(place.vat_pattern, rng, check)


def bank(place: Place, rng: Random) -> Bank | None:
    """An account with a valid number; None where accounts have no international one."""
    if not place.iban_pattern:
        return None
    number = _first_valid(place.iban_pattern, rng, iban.is_valid)
    bic = "".join(rng.choices(ascii_uppercase, k=4)) + place.country + "2XXXX"[: rng.choice((2, 5))]
    return Bank(rng.choice(BANKS), number, bic)


def _first_valid(pattern: str, rng: Random, check: Callable[[str], bool]) -> str:
    for _ in range(_MOST_TRIES):
        number = _filled(pattern, rng)
        if "__" in number:
            number = number[:2] + str(iban.calc_check_digits(number.replace("__", "00"))) + number[4:]
        if check(number):
            return number
    raise ValueError(f"no valid number like {pattern}")


def _filled(pattern: str, rng: Random) -> str:
    digits = "".join(str(rng.randrange(1, 10)) if sign == "#" else sign for sign in pattern)
    return "".join(rng.choice(ascii_uppercase) if sign == "@" else sign for sign in digits)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in folded if letter.isalnum())
