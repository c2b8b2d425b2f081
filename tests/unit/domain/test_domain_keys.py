"""Normalised references, accounts, names: alike for what is printed and for what Odoo holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.keys import account_key, email_domain, fold, name_words, reference_key


@pytest.mark.parametrize("printed", ["RE-2026/004", "re 2026004", "Re.2026 / 004", "RE–2026–004", "Ré-2026/004"])
def test_references(printed: str) -> None:
    assert reference_key(printed) == "RE2026004"


def test_a_leading_zero_is_part_of_a_number() -> None:
    assert reference_key("0042") != reference_key("42")


def test_accounts() -> None:
    assert account_key("DE89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    assert account_key("de 136.695.976") == "DE136695976"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH", "MULLER SOHNE"),
        ("Straßen-Bau AG", "Strassen Bau"),
        ("Søndergård ApS", "Sondergard"),
        ("ØRSTED Æbler", "Orsted AEBLER"),
        ("The Łódź Trading Company, Ltd.", "Lodz Trading"),
    ],
)
def test_names_without_forms_and_accents(one: str, other: str) -> None:
    assert name_words(one) == name_words(other) != ()


def test_a_name_of_nothing_but_a_legal_form_has_no_words() -> None:
    assert name_words("GmbH & Co. KG") == ()


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("Billing@Nordlicht.example ", "nordlicht.example"),
        ("no address", None),
        ("local@host", None),
        ("", None),
    ],
)
def test_email_domains(address: str, domain: str | None) -> None:
    assert email_domain(address) == domain


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert reference_key(reference_key(text)) == reference_key(text)
    assert name_words(" ".join(name_words(text))) == name_words(text)


@given(st.text())
def test_case_and_spaces_do_not_matter(text: str) -> None:
    assert reference_key(f" {text} ") == reference_key(text)
    assert fold(text.upper()) == fold(text.upper().upper())
