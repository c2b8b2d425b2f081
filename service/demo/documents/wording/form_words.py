"""How return forms and warranty claims are worded: a table a language, in two manners."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.demo.documents.wording import Wording, wording
from service.domain.documents import DocumentKind
from service.domain.fields import ClaimLineType, Resolution, ReturnReason

_FOLDER = Path(__file__).parent / "forms"
_Words = Mapping[str, str]
_Pairs = Mapping[str, Sequence[str]]


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


def _chosen(table: _Pairs, manner: int) -> _Words:
    return {name: words[manner] for name, words in table.items()}
