"""A match's evidence as a waterfall: bars that start where the one before ended."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.matching import Evidence, Match
from service.web.formats import label


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison: where its bar starts and how long it is, in shares 0..1 of the drawing's width."""

    feature: str
    document_value: str | None
    odoo_value: str | None
    weight: float
    start: float
    length: float

    @property
    def is_against(self) -> bool:
        """Whether it speaks against the match."""
        return self.weight < 0


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps of a match, and where the line of weight zero stands."""

    steps: tuple[Step, ...]
    zero: float


def waterfall(match: Match) -> Waterfall:
    """The drawing of ``match``'s evidence, in its own order."""
    return of_evidence(match.evidence)


def of_evidence(evidence: tuple[Evidence, ...]) -> Waterfall:
    """The drawing of any evidence: scaled so that the running sum fits."""
    sums = [0.0]
    for entry in evidence:
        sums.append(sums[-1] + entry.weight)
    low, high = min(sums), max(sums)
    span = (high - low) or 1.0
    steps = tuple(
        Step(
            label(entry.feature),
            entry.document_value,
            entry.odoo_value,
            entry.weight,
            round((min(before, before + entry.weight) - low) / span, 4),
            round(abs(entry.weight) / span, 4),
        )
        for entry, before in zip(evidence, sums[:-1], strict=True)
    )
    return Waterfall(steps, round(-low / span, 4))
