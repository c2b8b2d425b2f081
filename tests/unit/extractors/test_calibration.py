"""Confidence follows curves that only rise; amounts keep their groups apart where the sums fail."""

from __future__ import annotations

import json
from importlib.resources import files

from extractors.calibration import form_group_of, group_of, on_curve
from extractors.parse.identifiers import find_tax_numbers


def test_a_curve_is_straight_between_its_corners_and_level_beyond() -> None:
    corners = ((0.4, 0.5), (0.8, 0.9))
    assert [on_curve(value, corners) for value in (0.1, 0.6, 0.95)] == [0.5, 0.7, 0.9]


def test_the_kept_curves_only_rise() -> None:
    curves = json.loads(files("extractors.calibration").joinpath("curves.json").read_text(encoding="utf-8"))
    assert curves
    for corners in curves.values():
        assert corners == sorted(corners)
        assert [y for _, y in corners] == sorted(y for _, y in corners)
        assert all(0 <= y < 1 for _, y in corners)


def test_figures_that_do_not_add_up_have_a_curve_of_their_own() -> None:
    assert group_of("grand_total", adds_up=True) == "totals"
    assert group_of("grand_total", adds_up=False) == "totals_apart"
    assert group_of("invoice_number", adds_up=False) == "invoice_number"


def test_tax_numbers_without_a_country_are_told_by_their_shape() -> None:
    found = [one.value for one in find_tax_numbers("EIN 84-1234567, NIP 679-301-22-14, tel. 123")]
    assert found == ["84-1234567", "679-301-22-14"]


def test_forms_follow_curves_of_their_own() -> None:
    assert form_group_of("customer_name") == "form_people"
    assert form_group_of("quantity") == "form_figures"
    assert form_group_of("signature_present") is None


def test_rows_and_particulars_are_calibrated_too() -> None:
    assert group_of("early_payment_discount", adds_up=False) == "particulars"
    assert group_of("charges", adds_up=True) == "extras"
