"""The demonstration's papers: each a content, a layout, and what Concord must find in it."""

from __future__ import annotations

from collections.abc import Iterator

from service.demo.company.values import DemoCompany
from service.demo.documents.scenarios.claims import claims
from service.demo.documents.scenarios.look_alikes import look_alikes
from service.demo.documents.scenarios.purchases import first_vendors
from service.demo.documents.scenarios.returns import returns
from service.demo.documents.scenarios.scenes import Scenario, Scenes
from service.demo.documents.scenarios.vendors import other_vendors

__all__ = ["Scenario", "scenarios"]


def scenarios(company: DemoCompany, seed: int) -> Iterator[Scenario]:
    """All papers that can be read, in the order in which they arrive."""
    scenes = Scenes(company, seed)
    for parts in (first_vendors, other_vendors, returns, claims, look_alikes):
        yield from parts(scenes)
