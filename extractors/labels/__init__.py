"""The words that name fields, columns and kinds, a data file a language, joined into one lexicon.

All languages are looked up at once: an invoice may be printed in two of them, and a phrase that means something in one
rarely means something else in another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.domain.keys import fold

STRONG, WEAK = 1.0, 0.4
_NOT_ALNUM = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for; ``weight`` is below 1 where it often means something else; ``language`` ISO 639-1."""

    name: str
    weight: float
    language: str


Table = Mapping[str, tuple[Meaning, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Squeezed phrases to meanings: of header fields, of table columns, of kinds of document, of other words."""

    fields: Table
    columns: Table
    kinds: Table
    words: Table
    endings: Table  # of kinds, in languages that join words: "Baurechnung" is a kind of "Rechnung"


@cache
def squeeze(text: str) -> str:
    """Lower-case letters and digits of ``text`` only, without accents: "Rechnungs-Nr." is "rechnungsnr"."""
    return _NOT_ALNUM.sub("", fold(text.replace("°", "o")).lower())


@cache
def lexicon() -> Lexicon:
    """The lexicon of all languages."""
    tables: dict[str, dict[str, list[Meaning]]] = {"fields": {}, "columns": {}, "kinds": {}, "words": {}, "endings": {}}
    for entry in sorted(files(__name__).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            _add(tables, tomllib.loads(entry.read_text(encoding="utf-8")))
    return Lexicon(**{name: {key: tuple(found) for key, found in table.items()} for name, table in tables.items()})


def _add(tables: dict[str, dict[str, list[Meaning]]], data: Mapping[str, object]) -> None:
    language = str(data["language"])
    for section, weight in (
        ("fields", STRONG),
        ("weak", WEAK),
        ("columns", STRONG),
        ("kinds", STRONG),
        ("words", 1.0),
        ("endings", 1.0),
    ):
        phrases = data.get(section, {})
        assert isinstance(phrases, dict)
        table = tables["fields" if section == "weak" else section]
        for name, texts in phrases.items():
            for text in texts:
                _put(table, squeeze(text), Meaning(name, weight, language))


def _put(table: dict[str, list[Meaning]], key: str, meaning: Meaning) -> None:
    known = table.setdefault(key, [])
    if all(other.name != meaning.name for other in known):
        known.append(meaning)
