"""Age classes of documents: the dashboard draws them and the work list filters by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class AgeClass:
    """Documents received at least ``least`` ago and less than ``most`` (None: any time); ``name`` as addresses have
    it."""

    name: str
    label: str
    least: timedelta
    most: timedelta | None


def _classes(*edges: int) -> tuple[AgeClass, ...]:
    classes = [AgeClass(f"0-{edges[0]}", "Under 1 day", timedelta(0), timedelta(days=edges[0]))]
    for low, high in pairwise(edges):
        classes.append(AgeClass(f"{low}-{high}", f"{low}–{high} days", timedelta(days=low), timedelta(days=high)))
    last = edges[-1]
    return (*classes, AgeClass(f"{last}-", f"{last} days and more", timedelta(days=last), None))


AGES = _classes(1, 3, 7, 14, 30)


def age_class(name: str | None) -> AgeClass | None:
    """The class of that name; None where there is none."""
    return next((age for age in AGES if age.name == name), None)
