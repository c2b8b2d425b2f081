"""What lessons become: memories by sender, held up and contradicted by further papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from service.domain.codec import decode, encode
from service.domain.documents import DocumentKind, PageSize
from service.domain.extraction import Extraction
from service.domain.fields import Field, FieldStatus, Provenance, Source
from service.domain.memory import (
    DAY_ORDER,
    LIKE_ENOUGH,
    MOST_MEMORIES,
    MOST_OBSERVATIONS,
    KeyType,
    Lesson,
    Memory,
    Observation,
    Place,
    SenderKey,
    Topic,
    constant_of,
    likeness,
    recalled,
    sender_keys,
    sound,
)
from tests.support.values import NOON

VAT, OTHER_VAT = SenderKey(KeyType.VAT_ID, "DE811907980"), SenderKey(KeyType.VAT_ID, "DE136695976")
NAME = SenderKey(KeyType.NAME, "BRENNER ELEKTROTECHNIK")
PLACE = Place("trackingmark", "", "", 0.64, 0.78, 0.23, "A-9")
ELSEWHERE = Place("accountno", "", "", 0.64, 0.78, 0.25, "9")


def right(place: Place = PLACE, *, typed: bool = False) -> Observation:
    return Observation(Topic.PLACE, "invoice_number", True, typed, place)


def wrong(place: Place = PLACE) -> Observation:
    return Observation(Topic.PLACE, "invoice_number", False, True, place)


def named(text: str, *, typed: bool = True) -> Observation:
    return Observation(Topic.CONSTANT, "seller_name", True, typed, text=text)


def lesson(*observations: Observation, day: int = 0, keys: tuple[SenderKey, ...] = (VAT, NAME)) -> Lesson:
    return Lesson(keys, observations, NOON + timedelta(days=day))


def field(text: str, status: FieldStatus = FieldStatus.OK) -> tuple[Field[str], ...]:
    return (Field(text, text, 0.9, Provenance(Source.TEXT_LAYER, "test"), status),)


def test_a_sender_is_told_by_what_the_page_says_and_by_nothing_of_the_buyer() -> None:
    fields = {
        "seller_vat_id": field("DE 811 907 980"),
        "iban": field("DE00 1203", FieldStatus.INVALID),
        "seller_name": field("Brenner Elektrotechnik GmbH"),
        "seller_email": field("Office@Brenner.example"),
    }
    read = Extraction(DocumentKind.SUPPLIER_INVOICE, 1.0, (PageSize(595, 842),), MappingProxyType(fields))
    assert sender_keys(read) == (VAT, SenderKey(KeyType.EMAIL, "office@brenner.example"), NAME)
    bought = replace(read, fields=MappingProxyType({**fields, "buyer_vat_id": field("DE811907980")}))
    assert VAT not in sender_keys(bought)


def test_a_place_is_the_same_by_its_label_and_by_its_spot_only_without_one() -> None:
    assert likeness(PLACE, replace(PLACE, x0=0.1, x1=0.2, top=0.9)) >= LIKE_ENOUGH
    assert likeness(PLACE, replace(PLACE, before="accountno")) < LIKE_ENOUGH
    bare = replace(PLACE, before="")
    assert likeness(bare, bare) >= LIKE_ENOUGH
    assert likeness(bare, replace(bare, top=0.5)) < LIKE_ENOUGH


def test_typing_begins_a_memory_approvals_hold_it_up_and_corrections_bring_it_down() -> None:
    assert recalled([lesson(right())], (VAT,)) == ()  # nobody typed anything
    first = lesson(right(typed=True))
    (memory,) = recalled([first], (VAT,))
    assert (memory.support, memory.contradiction) == (1, 0)
    (stronger,) = recalled([first, lesson(right(), day=1)], (VAT,))
    assert stronger.trust > memory.trust > 0
    (fallen,) = recalled([first, lesson(wrong(), day=1), lesson(wrong(), day=2)], (VAT,))
    assert fallen.trust < 0


def test_another_sender_recalls_nothing_even_of_one_name() -> None:
    taught = lesson(right(typed=True))
    assert recalled([taught], (OTHER_VAT, NAME)) == ()
    assert recalled([taught], (NAME,)) != ()
    assert recalled([taught], (SenderKey(KeyType.IBAN, "DE02"),)) == ()


def test_of_two_names_the_one_that_more_papers_confirm_stands() -> None:
    lessons = [lesson(named("Brenner GmbH")), lesson(named("Brenner KG"), day=1), lesson(named("Brenner KG"), day=2)]
    found = constant_of(recalled(lessons, (VAT,)), "seller_name")
    assert found is not None
    assert found.text == "Brenner KG"


def test_what_a_document_is_read_with_is_bounded_and_travels_as_json() -> None:
    many = tuple(
        right(replace(PLACE, before=f"label{chr(97 + n % 26)}{chr(97 + n // 26)}"), typed=True) for n in range(99)
    )
    memories = recalled([lesson(*many)], (VAT,))
    assert len(memories) == MOST_MEMORIES
    assert decode(tuple[Memory, ...], encode(memories, tuple[Memory, ...])) == memories
    assert constant_of(memories, "seller_name") is None
    assert lesson(right(ELSEWHERE)).observations[0].place == ELSEWHERE


def test_what_the_reader_answers_is_bounded_before_it_is_kept() -> None:
    long, odd = (
        right(replace(PLACE, before="x" * 201)),
        Observation(Topic.CONSTANT, DAY_ORDER, True, True, text="sideways"),
    )
    assert sound((long, odd, right())) == (right(),)
    assert len(sound((right(),) * 500)) == MOST_OBSERVATIONS
