"""Domains that find a normalised key where Odoo holds it as it was typed: tolerant patterns, to be checked after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def tolerant(texts: Iterable[str], *fields: str) -> list[Any]:
    """A domain for records that bear one of the normalised ``texts`` in one of ``fields``, whatever blanks and
    punctuation stand in between.
    """
    return any_of([[field, "=ilike", "%".join(text)] for text in sorted(texts) for field in fields])


def spelled_pattern(word: str) -> str:
    """A pattern that finds a folded name word where it is written with accents: "MULLER" finds "Müller"."""
    return "".join("_" if letter in "AEIOUYCNSLZ" else letter for letter in word.replace("SS", "%"))


def bears_one(texts: frozenset[str], normalise: Callable[[str], str], *values: str | None) -> bool:
    """Whether one of the values is one of the normalised ``texts``."""
    return any(normalise(value) in texts for value in values if value)


def any_of(terms: list[list[Any]]) -> list[Any]:
    """The terms joined by "or", in Odoo's prefix notation."""
    return ["|"] * (len(terms) - 1) + terms
