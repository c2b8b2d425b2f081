"""The words that name fields, columns and kinds, a data file a language, joined into one lexicon.

All languages are looked up at once: an invoice may be printed in two of them, and a phrase that means something in one
rarely means something else in another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from extractors.labels.compounds import compound_phrases
from service.domain.keys import fold

STRONG, WEAK = 1.0, 0.4
_NOT_ALNUM = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for, in which ``languages`` (ISO 639-1); ``weight`` is below 1 where it often means
    something else.
    """

    name: str
    weight: float
    languages: frozenset[str] = frozenset()


Table = Mapping[str, tuple[Meaning, ...]]


_EMPTY: Table = MappingProxyType({})
_SHORT = {
    "number": ("no", "nr", "num"),
    "nummer": ("nr", "no"),
    "numero": ("no", "nr", "num", "n"),
    "telephone": ("tel",),
    "telefono": ("tel", "tfno"),
}
_FIRST = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv")  # where languages differ on a phrase, these are asked
_COMPOUND = "compound"  # the section whose labels are put together from their words
_WEAK_OF = {"weak": "fields"}  # sections whose phrases go into another section's table, with little weight


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Squeezed phrases to meanings, a table a section of the data files."""

    tables: Mapping[str, Table]

    def table(self, section: str) -> Table:
        """The phrases of a section, empty where no file has it."""
        return self.tables.get(section, _EMPTY)

    @property
    def fields(self) -> Table:
        """Labels of header fields."""
        return self.table("fields")

    @property
    def columns(self) -> Table:
        """Headers of a table's columns."""
        return self.table("columns")

    @property
    def kinds(self) -> Table:
        """Titles of documents."""
        return self.table("kinds")

    @property
    def words(self) -> Table:
        """Other words."""
        return self.table("words")

    @property
    def endings(self) -> Table:
        """Ends of kinds' titles in languages that join words: "Baurechnung" is a kind of "Rechnung"."""
        return self.table("endings")


@cache
def squeeze(text: str) -> str:
    """Lower-case letters and digits of ``text`` only, without accents: "Rechnungs-Nr." is "rechnungsnr"."""
    return _NOT_ALNUM.sub("", fold(text.replace("°", "o")).lower())


@cache
def lexicon(family: str = "") -> Lexicon:
    """The lexicon of all languages: of invoices, or of the ``family`` whose folder of data files is named so."""
    tables: dict[str, dict[str, list[Meaning]]] = {}
    folder = files(__name__).joinpath(family) if family else files(__name__)
    for entry in sorted(folder.iterdir(), key=lambda e: _rank(e.name)):
        if entry.name.endswith(".toml"):
            _add(tables, tomllib.loads(entry.read_text(encoding="utf-8")), spelled=bool(family))
    shared: dict[tuple[Meaning, ...], tuple[Meaning, ...]] = {}  # ten thousands of phrases have a few hundred meanings
    return Lexicon({name: _frozen(table, shared) for name, table in tables.items()})


def _frozen(
    table: Mapping[str, Sequence[Meaning]], shared: dict[tuple[Meaning, ...], tuple[Meaning, ...]]
) -> dict[str, tuple[Meaning, ...]]:
    return {key: shared.setdefault(meanings := tuple(found), meanings) for key, found in table.items()}


def _rank(file_name: str) -> tuple[int, str]:
    """The languages of most papers first, so that a language added later changes no phrase that they share with it."""
    language = file_name.partition(".")[0]
    return (_FIRST.index(language) if language in _FIRST else len(_FIRST)), language


def _add(tables: dict[str, dict[str, list[Meaning]]], data: Mapping[str, object], *, spelled: bool) -> None:
    language = str(data["language"])
    for section, phrases in data.items():
        if not isinstance(phrases, dict):
            continue
        if section == _COMPOUND:
            _add_compounds(tables.setdefault("fields", {}), phrases, language)
            continue
        table = tables.setdefault(_WEAK_OF.get(section, section), {})
        weight = WEAK if section in _WEAK_OF else STRONG
        for name, texts in phrases.items():
            for text in texts:
                key = squeeze(text)
                for form in (key, *(_spellings(key) if spelled else ())):
                    _put(table, form, Meaning(name, weight, frozenset({language})))


def _add_compounds(table: dict[str, list[Meaning]], data: Mapping[str, Mapping[str, list[str]]], language: str) -> None:
    for name, words in data.items():
        for phrase in compound_phrases(words):
            _put(table, squeeze(phrase), Meaning(name, STRONG, frozenset({language})))


def _spellings(key: str) -> Iterator[str]:
    """The same phrase with "number" in it as makers of forms shorten it."""
    for whole, shorts in _SHORT.items():
        if whole in key and key != whole:
            yield from (key.replace(whole, short) for short in shorts)


def _put(table: dict[str, list[Meaning]], key: str, meaning: Meaning) -> None:
    known = table.setdefault(key, [])
    for index, other in enumerate(known):
        if other.name == meaning.name:
            known[index] = replace(other, languages=other.languages | meaning.languages)
            return
    known.append(meaning)
