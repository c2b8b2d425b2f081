"""The default policy is the contract's, and its fingerprint changes with every figure."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from service.domain.money import Tolerance
from service.domain.policy import Policy


def test_the_contracts_default_tolerances() -> None:
    policy = Policy()
    assert policy.unit_price == Tolerance(Decimal("0.01"), Decimal(1))
    assert policy.line_total == Tolerance(Decimal("0.02"))
    assert policy.document_total == Tolerance(Decimal("0.05"), Decimal("0.1"))
    assert policy.tax == Tolerance(Decimal("0.02"))
    assert policy.quantity == Tolerance()
    assert policy.duplicate_amount == Tolerance(Decimal("0.01"))
    assert policy.duplicate_days == 365
    assert not policy.auto_draft


def _other(value: object) -> object:
    if isinstance(value, Tolerance):
        return replace(value, absolute=value.absolute + 1)
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + "!"
    assert isinstance(value, int | float | Decimal)
    return value + 1


@pytest.mark.parametrize("name", [field.name for field in fields(Policy)])
def test_every_figure_is_in_the_fingerprint(name: str) -> None:
    changed = replace(Policy(), **{name: _other(getattr(Policy(), name))})  # type: ignore[arg-type]
    assert changed.fingerprint != Policy().fingerprint
    assert len(changed.fingerprint) == 16


def test_equal_policies_have_equal_fingerprints() -> None:
    assert Policy().fingerprint == replace(Policy()).fingerprint
