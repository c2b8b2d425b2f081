"""The pages that the field model learns from say what they are said to say."""

from random import Random

from extractors.choose.piece_signs import LOOKS
from extractors.choose.spans import SpanType
from service.domain.documents import DocumentKind
from training.field_model.composed import composed_examples
from training.field_model.examples import FIELDS, NAMES
from training.field_model.variation import varied

PAGES = tuple(composed_examples(40, 1))


def test_the_same_seed_composes_the_same_pages() -> None:
    assert tuple(composed_examples(3, 7)) == tuple(composed_examples(3, 7))


def test_every_kind_is_composed() -> None:
    assert {page.kind for page in PAGES} >= {
        DocumentKind.SUPPLIER_INVOICE,
        DocumentKind.CREDIT_NOTE,
        DocumentKind.RETURN_FORM,
        DocumentKind.WARRANTY_CLAIM,
    }


def test_the_places_of_fields_hold_values_of_their_type() -> None:
    for page in PAGES:
        assert set(page.places) <= set(FIELDS)
        for name, places in page.places.items():
            types = {page.signs.types[place] for place in places}
            if name.endswith("date"):
                assert types == {SpanType.DATE}
            elif name not in NAMES:
                assert None not in types


def test_a_varied_page_keeps_every_value() -> None:
    rng = Random(3)
    for page in PAGES:
        other = varied(page, rng)
        assert {name: len(places) for name, places in other.places.items()} == {
            name: len(places) for name, places in page.places.items()
        }
        assert len(other.signs.looks) == len(other.signs.texts) == len(other.signs.boxes)
        assert all(len(looks) == LOOKS for looks in other.signs.looks)
