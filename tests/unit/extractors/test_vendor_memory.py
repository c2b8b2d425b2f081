"""A sender's second paper read with what a person corrected on the first; other papers as without."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from extractors.kinds.registry import read_kind
from extractors.layout import lay_out
from extractors.observing import observe
from extractors.pipeline import extract
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from service.domain.extraction import Extraction
from service.domain.fields import FieldStatus
from service.domain.memory import BY_MEMORY, Lesson, Memory, Observation, recalled, sender_keys
from service.ports import Confirmed
from service.usecases.corrections import Corrections, JsonValue, LineCorrection, corrected
from tests.support.sender_papers import SENDER, SenderPaper, printed
from tests.support.values import NOON

FIRST, SECOND = SenderPaper(), SenderPaper("BX-1077", "06/04/2026", Decimal("260.00"), code="K-12")
STRANGER = SenderPaper("QQ-1", sender="Sommer Papier KG", vat_id="DE136695976")


def read(paper: SenderPaper, memories: tuple[Memory, ...] = ()) -> Extraction:
    return extract(printed(paper), "paper.pdf", memories=memories)


def by_rules(paper: SenderPaper) -> Extraction:
    """What the rules read alone, without the field model."""
    pages = read_pages(printed(paper), "paper.pdf", DEFAULT_LIMITS, None)
    return read_kind(lay_out([plain_page(page) for page in pages]), None)


def taught(
    paper: SenderPaper,
    fields: Mapping[str, JsonValue],
    *lines: LineCorrection,
    memories: tuple[Memory, ...] = (),
    cleared: tuple[str, ...] = (),
) -> Lesson:
    """What the paper teaches where a person corrects just these values."""
    typed = corrected(read(paper, memories), Corrections(fields, lines))
    found = observe(printed(paper), "paper.pdf", Confirmed(typed, cleared), memories)
    return Lesson(sender_keys(typed), found, NOON)


def known(lesson: Lesson, paper: SenderPaper = SECOND) -> tuple[Memory, ...]:
    return recalled([lesson], sender_keys(read(paper)))


def test_a_number_by_the_senders_own_label_is_found_on_the_next_paper() -> None:
    assert by_rules(FIRST).text("invoice_number") is by_rules(SECOND).text("invoice_number") is None
    memories = known(taught(FIRST, {"invoice_number": FIRST.number}))
    found = read(SECOND, memories).first("invoice_number")
    assert found is not None
    assert (found.value, found.status) == (SECOND.number, FieldStatus.OK)
    assert BY_MEMORY in found.provenance.method
    assert found.provenance.box is not None
    assert found.confidence > 0.5


def test_another_senders_paper_is_read_as_without() -> None:
    memories = known(taught(FIRST, {"invoice_number": FIRST.number}), STRANGER)
    assert memories == ()
    assert read(STRANGER, memories) == read(STRANGER)


def test_right_values_stay_right() -> None:
    memories = known(taught(FIRST, {"invoice_number": FIRST.number}))
    plain, helped = by_rules(SECOND), read(SECOND, memories)
    assert {name: helped.fields[name] for name in plain.fields} == dict(plain.fields)
    assert helped.lines == plain.lines


def test_the_order_of_day_and_month_is_a_habit() -> None:
    assert read(SECOND).day("issue_date") == date(2026, 4, 6)
    memories = known(taught(FIRST, {"issue_date": "2026-05-03"}))
    assert read(SECOND, memories).day("issue_date") == date(2026, 6, 4)
    proven = SenderPaper(day="16/04/2026")  # what the paper itself proves is stronger
    assert read(proven, memories).day("issue_date") == date(2026, 4, 16)


def test_a_header_means_what_a_person_said_of_one_line() -> None:
    assert "seller_item_id" not in read(SECOND).lines[0].fields
    memories = known(taught(FIRST, {}, LineCorrection(1, {"seller_item_id": FIRST.code})))
    (line,) = read(SECOND, memories).lines
    assert line.text("seller_item_id") == SECOND.code
    assert (line.text("description"), line.text("unit_price")) == ("Cable drum 25 m", "130.00")


@pytest.mark.parametrize(
    ("typed", "expected"), [("Brenner Licht und Strom", "Brenner Licht und Strom"), (SENDER, SENDER)]
)
def test_a_senders_name_is_remembered_though_no_page_prints_it(typed: str, expected: str) -> None:
    assert read(SECOND, known(taught(FIRST, {"seller_name": typed}))).text("seller_name") == expected


def test_a_value_that_stands_nowhere_teaches_nothing() -> None:
    assert taught(FIRST, {"invoice_number": "NOT-THERE-1"}).observations == ()


def test_sums_still_rule() -> None:
    """A total typed wrongly, though it stands on the page, doesn't make the next paper's sums wrong."""
    memories = known(taught(FIRST, {"grand_total": "100.00"}))
    found = read(SECOND, memories)
    assert (found.amount("net_total"), found.amount("grand_total")) == (Decimal("260.00"), Decimal("309.40"))


def test_what_misled_is_observed_against_itself() -> None:
    memories = known(taught(FIRST, {"invoice_number": "55120"}))  # the account's number, typed by mistake
    assert read(SECOND, memories).text("invoice_number") == "55120"
    again = taught(SECOND, {"invoice_number": SECOND.number}, memories=memories)
    verdicts = {(o.place.before, o.right) for o in again.observations if o.place is not None}
    assert {("trackingmark", True), ("accountno", False)} <= verdicts


def test_observations_are_few_and_hold_no_values() -> None:
    lesson = taught(FIRST, {"invoice_number": FIRST.number, "iban": None})
    assert len(lesson.observations) == 1
    (one,) = lesson.observations
    assert isinstance(one, Observation)
    assert FIRST.number not in str(one)
