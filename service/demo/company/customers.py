"""The retailer's customers: private people and businesses in eight countries, combined from lists of names."""

from __future__ import annotations

from random import Random
from unicodedata import normalize

from service.demo.company import identifiers
from service.demo.company.places import COUNTRIES, address
from service.demo.company.values import Customer

_FIRST_ID = 101
# a country a customer; every third one, and nobody else, is a business
_COUNTRIES = "DE DE DE DE AT DE DE NL DE FR DE DE DE DE DE DE IT DE ES DE DE DE GB DE AT DE DE NL DE IE".split() * 2
_BUSINESSES = {
    "AT": ("Gasthof {family}", "Blumen {family} GmbH"),
    "DE": (
        "{family} Garten- und Landschaftsbau GmbH",
        "Hotel {family} e.K.",
        "Gärtnerei {family} GbR",
        "Café {family} GmbH",
        "Hausverwaltung {family} GmbH & Co. KG",
    ),
    "ES": ("Viveros {family} S.L.",),
    "FR": ("Jardinerie {family} SARL", "Hôtel {family} SAS"),
    "GB": ("{family} Garden Centre Ltd",),
    "IE": ("{family} House Hotel Ltd",),
    "IT": ("Agriturismo {family} S.r.l.", "Vivai {family} S.r.l."),
    "NL": ("Tuincentrum {family} B.V.", "Hoveniersbedrijf {family} B.V."),
}
_MAIL_HOSTS = ("posteo", "mailhafen", "webpost", "brieftaube")
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", " ": "-", "'": ""})


def customers() -> tuple[Customer, ...]:
    """All 60 customers, the same ones every time."""
    rng = Random(60)  # noqa: S311 - reproducible, nothing secret
    taken: set[tuple[str, str]] = set()
    firms: set[str] = set()
    return tuple(_customer(position, country, rng, taken, firms) for position, country in enumerate(_COUNTRIES))


def _customer(position: int, country: str, rng: Random, taken: set[tuple[str, str]], firms: set[str]) -> Customer:
    place = COUNTRIES[country]
    given, family = _new_name(country, rng, taken)
    is_company = position % 3 == 2
    name = _new_firm(country, family, rng, firms) if is_company else f"{given} {family}"
    bank_name, bank_code = rng.choice(place.banks)
    return Customer(
        id=_FIRST_ID + position,
        name=name,
        address=address(country, rng),
        is_company=is_company,
        vat_id=identifiers.vat_id(country, rng) if is_company else None,
        iban=identifiers.account(country, bank_code, rng),
        bic=f"{bank_code}{country}{place.bic_place}XXX",
        bank_name=bank_name,
        email=_email(given, family, is_company, rng),
        phone=identifiers.telephone(country, rng),
        reference=f"K-{20011 + position * 7}",
        language=place.language,
        terms_days=14 if is_company else 0,
    )


def _new_name(country: str, rng: Random, taken: set[tuple[str, str]]) -> tuple[str, str]:
    """A name that nobody has yet; families are apart too while there are enough of them."""
    place = COUNTRIES[country]
    families = {family for _, family in taken}
    free = [family for family in place.family_names if family not in families] or list(place.family_names)
    names = [(given, family) for given in place.given_names for family in free if (given, family) not in taken]
    name = rng.choice(names)
    taken.add(name)
    return name


def _new_firm(country: str, family: str, rng: Random, firms: set[str]) -> str:
    """A business of that family that isn't there yet."""
    names = [form.format(family=family) for form in _BUSINESSES[country]]
    name = rng.choice([name for name in names if name not in firms])
    firms.add(name)
    return name


def _email(given: str, family: str, is_company: bool, rng: Random) -> str:
    if is_company:
        return f"info@{_plain(family)}-{rng.randrange(10, 99)}.example"
    return f"{_plain(given)}.{_plain(family)}@{rng.choice(_MAIL_HOSTS)}.example"


def _plain(name: str) -> str:
    lower = name.lower().translate(_PLAIN)
    return normalize("NFKD", lower).encode("ascii", "ignore").decode("ascii")
