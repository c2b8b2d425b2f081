"""What every panel is, and what it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from service.domain.documents import Document
from service.domain.extraction import Extraction
from service.domain.matching import Match, Reconciliation, Role
from service.domain.policy import Policy


class Panel(Protocol):
    """Values for a template of its own."""

    @property
    def template(self) -> str:
        """The template's file name; it finds the values in ``panel``."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """The document that the page is about; ``related`` came in the same message."""

    document: Document
    extraction: Extraction
    reconciliation: Reconciliation | None
    policy: Policy
    today: date
    related: tuple[Document, ...]

    def chosen(self, role: Role) -> tuple[Match, ...]:
        """The chosen matches of a role; none before matching."""
        return () if self.reconciliation is None else self.reconciliation.chosen(role)
