"""How return forms and warranty claims are worded: a table a language, in two manners."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType

from service.demo.documents.wording import Wording, wording
from service.domain.documents import DocumentKind
from service.domain.fields import ClaimLineType, Resolution, ReturnReason

_FOLDER = Path(__file__).parent / "forms"
_Words = Mapping[str, str]
_Pairs = Mapping[str, Sequence[str]]
_DATES: _Pairs = MappingProxyType(
    {
        "de": ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"),
        "en": ("%d/%m/%Y", "%d %B %Y", "%d-%b-%Y", "%d.%m.%Y"),
        "fr": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
        "es": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y"),
        "it": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"),
        "nl": ("%d-%m-%Y", "%d/%m/%Y", "%d-%m-%y"),
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with something: in a sentence or two, and in a few words."""

    text: str
    short: str


@dataclass(frozen=True, slots=True)
class FormWording:
    """One language in one manner. ``labels`` and ``columns`` by the contract's field names, ``texts`` by use;
    ``figures`` writes dates and numbers.
    """

    figures: Wording
    titles: Mapping[DocumentKind, str]
    labels: _Words
    columns: _Words
    resolutions: Mapping[Resolution, str]
    reasons: Mapping[ReturnReason, str]
    line_types: Mapping[ClaimLineType, str]
    texts: _Words
    conditions: tuple[str, ...]
    faults: tuple[Fault, ...]


@cache
def form_wording(language: str, manner: int = 0) -> FormWording:
    """The wording of forms in an ISO 639-1 language and one of two manners; FileNotFoundError for another language."""
    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return FormWording(
        figures=wording(language),
        titles={DocumentKind(kind): titles[manner] for kind, titles in table["titles"].items()},
        labels=_chosen(table["labels"], manner),
        columns=_chosen(table["columns"], manner),
        resolutions={Resolution(name): text for name, text in table["resolutions"].items()},
        reasons={ReturnReason(name): text for name, text in table["reasons"].items()},
        line_types={ClaimLineType(name): text for name, text in table["line_types"].items()},
        texts=table["texts"],
        conditions=tuple(table["free"]["conditions"]),
        faults=tuple(Fault(fault["text"], fault["short"]) for fault in table["faults"]),
    )


def mixed_wording(language: str, rng: Random) -> FormWording:
    """The wording of forms in a language with each label chosen at random, dates in a way of the country."""
    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    usual = form_wording(language)
    return replace(
        usual,
        figures=replace(usual.figures, date_format=rng.choice(_DATES[language])),
        titles={DocumentKind(kind): rng.choice(titles) for kind, titles in table["titles"].items()},
        labels={name: rng.choice(words) for name, words in table["labels"].items()},
        columns={name: rng.choice(words) for name, words in table["columns"].items()},
    )


def _chosen(table: _Pairs, manner: int) -> _Words:
    return {name: words[manner] for name, words in table.items()}
