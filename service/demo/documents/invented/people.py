"""Invents firms and customers with valid tax and account numbers, none of them real."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from random import Random
from string import ascii_uppercase
from types import MappingProxyType
from typing import TypeVar

from stdnum import iban
from stdnum.ch import uid
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat
from stdnum.in_ import gstin

from service.demo.company.values import Address
from service.demo.documents.content import Bank, Party
from service.demo.documents.invented.places import BANKS, COINED, GIVEN_NAMES, SURNAMES, TRADES, Place
from service.demo.documents.layouts import LayoutSet

_T = TypeVar("_T")
_MOST_TRIES = 20_000
_CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"GB": gb_vat.is_valid, "CH": uid.is_valid, "IN": gstin.is_valid}
)


def firm(place: Place, usage: LayoutSet, rng: Random) -> Party:
    """A firm of that country; those for fitting and those for measuring share no name."""
    surname = rng.choice(half(SURNAMES[place.language], usage))
    name = f"{surname} {rng.choice(TRADES[place.language])} {rng.choice(place.forms)}"
    host = f"{_plain(surname)}-{_plain(place.country)}.example"
    contact = rng.choice(("info", "billing", "office", "mail"))
    return Party(name, address(place, rng), tax_number(place, rng), f"{contact}@{host}", phone(place, rng))


def maker(place: Place, usage: LayoutSet, rng: Random) -> Party:
    """A firm that calls itself after a person, its trade or nothing at all; some names are long."""
    surname, other = rng.sample(half(SURNAMES[place.language], usage), 2)
    coined, trade = rng.choice(half(COINED, usage)), rng.choice(TRADES[place.language])
    name, form = rng.choice(
        (
            (f"{surname} {trade}", rng.choice(place.forms)),
            (f"{trade} {surname}", rng.choice(place.forms)),
            (coined, rng.choice(place.forms)),
            (coined.upper(), rng.choice(place.forms)),
            (f"{coined} {trade}", rng.choice(place.forms)),
            (f"{surname} & {other} {trade}", rng.choice(place.forms)),
            (f"{trade} {coined} International", rng.choice(place.forms)),
        )
    )
    host = f"{_plain(name.split()[0])}.{rng.choice(('example', 'example.com', 'example.org'))}"
    mailbox = rng.choice(("info", "invoice", "accounts", "kontakt", "sales"))
    return Party(f"{name} {form}", address(place, rng), tax_number(place, rng), f"{mailbox}@{host}", phone(place, rng))


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
    return _first_valid(place.vat_pattern, rng, _CHECKS.get(place.country, eu_vat.is_valid))


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
