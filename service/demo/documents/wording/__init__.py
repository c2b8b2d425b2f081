"""How suppliers word and write things in each language: labels, phrases, dates and figures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.demo.documents.wording.dutch import DUTCH
from service.demo.documents.wording.english import AMERICAN, ENGLISH
from service.demo.documents.wording.french import FRENCH
from service.demo.documents.wording.german import GERMAN
from service.demo.documents.wording.italian import ITALIAN
from service.demo.documents.wording.spanish import SPANISH
from service.demo.documents.wording.words import Wording

__all__ = ["AMERICAN", "LANGUAGES", "Wording", "wording"]

_LANGUAGES: Mapping[str, tuple[Wording, ...]] = MappingProxyType(
    {"de": GERMAN, "en": ENGLISH, "fr": FRENCH, "es": SPANISH, "nl": DUTCH, "it": ITALIAN}
)
LANGUAGES = tuple(_LANGUAGES)


def wording(language: str, manner: int = 0) -> Wording:
    """The wording of an ISO 639-1 language in one of three manners (0..2): the same thing has several names.
    KeyError where there is no such language.
    """
    return _LANGUAGES[language][manner]
