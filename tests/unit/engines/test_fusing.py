"""Of two readings of a page the better characters are taken, parted and placed as the other one does."""

from __future__ import annotations

from extractors.engines.fusing import fused
from extractors.engines.port import Seen


def seen(text: str, x0: float, x1: float, confidence: float = 0.95) -> Seen:
    return Seen(text, x0, 100, x1, 130, confidence, 0)


def texts(better: list[Seen], quick: list[Seen]) -> list[str]:
    return [word.text for word in sorted(fused(better, quick), key=lambda word: word.x0)]


def test_words_that_the_better_engine_joined_are_parted() -> None:
    assert texts([seen("8,34Entspricht", 0, 240)], [seen("8,34", 0, 60), seen("Entsprieht", 80, 240)]) == [
        "8,34",
        "Entspricht",
    ]
    quick = [seen("1,7", 0, 40), seen("SN3131O27", 60, 160)]
    assert texts([seen("1,7SN31310217", 0, 160)], quick) == ["1,7", "SN31310217"]


def test_an_address_that_the_quick_engine_tore_stays_whole() -> None:
    quick = [seen("priya.caldwell", 0, 180), seen("@post.example", 184, 380)]
    assert texts([seen("priya.caldwell@post.example", 0, 380)], quick) == ["priya.caldwell@post.example"]


def test_a_box_of_two_words_is_not_taken_for_the_first_of_them() -> None:
    (first, second) = fused([seen("Cuota", 0, 68), seen("IVA", 77, 110)], [seen("CuotalVA", 0, 112)])
    assert (first.text, first.x1, second.text) == ("Cuota", 68, "IVA")


def test_a_character_beyond_the_better_box_is_not_lost() -> None:
    assert texts([seen("Chaussé", 5, 70)], [seen("Chaussée", 0, 82)]) == ["Chaussée"]
    assert texts([seen("711,70", 20, 80)], [seen("1711,70", 5, 80)]) == ["1711,70"]
    assert texts([seen("711,70", 20, 80)], [seen("1711,70", 20, 80)]) == ["711,70"]
    assert texts([seen("USt", 20, 60)], [seen("USt%", 20, 78)]) == ["USt"]


def test_two_parts_of_a_word_before_a_wide_blank_are_one() -> None:
    better = [seen("Totaal", 0, 80), seen("arti", 90, 140), seen("kelen", 180, 300), seen("109,90", 320, 400)]
    quick = [seen("Totaal", 0, 80), seen("artikelen", 88, 165), seen("109,90", 320, 400)]
    assert texts(better, quick) == ["Totaal", "artikelen", "109,90"]
    assert texts(better, [*quick, seen("10", 200, 230)]) == ["Totaal", "arti", "kelen", "109,90"]


def test_what_only_the_quick_engine_saw_is_added_where_it_is_sure() -> None:
    better = [seen("Schraube", 100, 220)]
    assert texts(better, [seen("7", 0, 14), seen("Schraube", 100, 220)]) == ["7", "Schraube"]
    assert texts(better, [seen("7", 0, 14, confidence=0.3)]) == ["Schraube"]


def test_words_are_as_high_as_the_better_engine_saw_them() -> None:
    high = [Seen("Kind", 0, 82, 40, 130, 0.9, 0), Seen("Description", 60, 100, 160, 130, 0.9, 0)]
    (first, second) = fused([seen("Kind Description", 0, 165)], high)
    assert [(w.x0, w.top, w.x1, w.bottom) for w in (first, second)] == [(0, 100, 40, 130), (60, 100, 160, 130)]


def test_a_figure_that_the_quick_engine_tore_stays_whole() -> None:
    assert texts([seen("102,00", 0, 100)], [seen("102,", 0, 60), seen("00", 70, 100)]) == ["102,00"]


def test_a_figure_is_never_parted_before_its_point() -> None:
    assert texts([seen("RM8.60", 0, 200)], [seen("RM8", 0, 115), seen("60", 134, 200)]) == ["RM8.60"]
    assert texts([seen("3RM8.60", 0, 230)], [seen("3", 0, 20), seen("RM8", 40, 145), seen("60", 164, 230)]) == [
        "3",
        "RM8.60",
    ]
