"""The message panel: a customer's letter and the documents that were attached to it, each leading to the others."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.documents import Document
from service.domain.excerpt import Records
from service.web.panels.panel import Subject


@dataclass(frozen=True, slots=True)
class MessagePanel:
    """What came together with the document."""

    related: tuple[Document, ...]
    template: str = "panel_messages.html"


def panel(subject: Subject, records: Records) -> MessagePanel | None:  # noqa: ARG001
    """The panel; None where the document came alone."""
    return MessagePanel(subject.related) if subject.related else None
