"""What the search for vendors and for customers has in common: names, standing, and who is chosen of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from matchers.explain import match_of, score_of
from matchers.index import RecordIndex
from service.domain.keys import name_words
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Partner

CHOSEN_SCORE = 0.5
RIVAL = "rival"
_MOST_MATCHES = 5
_RIVAL_MARGIN = 0.25
_RIVAL_WEIGHT = -3.0  # keeps the choice out of the automatic band
_ARCHIVED, _OURSELVES = -6.0, -6.0
_NAME_LEVELS = ((1.0, 4.0), (0.9, 3.0), (0.75, 1.5), (0.5, -0.5), (0.0, -3.0))
Scored = tuple[Partner, tuple[Evidence, ...]]


def name_similarity(words: tuple[str, ...], others: tuple[str, ...]) -> float:
    """How alike two names are, 0..1: word order and blanks within words don't count, extra words count half."""
    if not words or not others:
        return 0.0
    text, other = " ".join(words), " ".join(others)
    whole = max(fuzz.token_sort_ratio(text, other), fuzz.ratio("".join(words), "".join(others)))
    return max(whole, (whole + fuzz.token_set_ratio(text, other)) / 2) / 100


def name_evidence(name: str | None, words: tuple[str, ...], members: tuple[Partner, ...]) -> Evidence | None:
    """How like the name is to the most alike of the members'; None where the document has none."""
    if not words:
        return None
    similarity, shown = max((name_similarity(words, name_words(m.ref.name)), m.ref.name) for m in members)
    weight = next(weight for level, weight in _NAME_LEVELS if similarity >= level)
    return Evidence("name", name, shown, weight)


def standing(head: Partner, index: RecordIndex) -> Iterator[Evidence]:
    """What speaks against a partner whatever the document says: ourselves, and who was archived."""
    if any(company.partner_id == head.ref.id for company in index.records.companies):
        yield Evidence("own_company", None, head.ref.name, _OURSELVES)
    if not head.active:
        yield Evidence("archived", None, head.ref.name, _ARCHIVED)


def ranked(role: Role, scored: Iterable[Scored]) -> tuple[Match, ...]:
    """The best few, best first; the first one chosen where enough speaks for it, with what a rival takes from it."""
    order = sorted(scored, key=lambda entry: (-_weight(entry[1]), not entry[0].active, entry[0].ref.id))
    matches = [match_of(role, head.ref, evidence, chosen=False) for head, evidence in order[:_MOST_MATCHES]]
    if matches and _is_enough(matches[0]):
        best = matches[0]
        rivals = tuple(_rival(match) for match in matches[1:2] if _is_as_good(match, best))
        matches[0] = match_of(role, best.ref, (*best.evidence, *rivals), chosen=True)
    return tuple(matches)


def _weight(evidence: tuple[Evidence, ...]) -> float:
    return sum(entry.weight for entry in evidence)


def _is_enough(match: Match) -> bool:
    """Being archived lets others go before, and is an exception of its own; it makes nobody unknown."""
    return score_of(entry for entry in match.evidence if entry.feature != "archived") >= CHOSEN_SCORE


def _is_as_good(match: Match, best: Match) -> bool:
    return match.score >= CHOSEN_SCORE and _weight(best.evidence) - _weight(match.evidence) < _RIVAL_MARGIN


def _rival(match: Match) -> Evidence:
    return Evidence(RIVAL, None, match.ref.name, _RIVAL_WEIGHT)
