"""What a file whose values a person confirmed teaches about its sender's papers."""

from __future__ import annotations

from extractors.choose.learning import observations
from extractors.choose.memory import with_columns
from extractors.choose.reading import Reading
from extractors.choose.vocabulary import INVOICES
from extractors.engines.reading import Engines
from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.readers.detect import MESSAGE, media_type
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS, Limits
from service.domain.documents import BILLABLE_KINDS
from service.domain.memory import Memory, Observation
from service.ports import Confirmed


def observe(
    content: bytes,
    filename: str,
    confirmed: Confirmed,
    memories: tuple[Memory, ...] = (),
    limits: Limits = DEFAULT_LIMITS,
    engines: Engines | None = None,
) -> tuple[Observation, ...]:
    """The observations, nothing of what is neither an invoice nor a credit note. ``memories`` are of the sender's other
    papers; where they mislead, that is observed too. Errors as of ``extract``.
    """
    if confirmed.extraction.kind not in BILLABLE_KINDS or media_type(content, filename) == MESSAGE:
        return ()
    layout = lay_out([plain_page(page) for page in read_pages(content, filename, limits, engines)])
    # by the rules alone: a value that only the field model finds is worth remembering
    machine = read_kind(layout, confirmed.extraction.kind, memories)
    return observations(Reading(layout, with_columns(INVOICES, memories), memories), machine, confirmed)
