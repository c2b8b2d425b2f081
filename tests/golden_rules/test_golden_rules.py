"""Each case file's exceptions, and nothing else, come of its case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from matchers.batch import examine
from matchers.case import Case
from matchers.pipeline import reconcile
from matchers.rules.document import unreadable
from service.domain.codes import Code
from service.domain.documents import Failure
from tests.golden_rules.case_files import as_data, base_of, case_of, case_paths, load_case

FROM_ELSEWHERE = {Code.ODOO_WRITE_REFUSED, Code.RECORD_CHANGED}


def shown_of(case: Case, written: dict[str, Any]) -> list[dict[str, Any]]:
    """What comes of the case: of its document, of a failure, or of examining its books."""
    if written.get("base") == "books":
        found = examine(case.records, case.policy, case.today)
        return [{**as_data(entry.discrepancy), "subject": entry.subject.name} for entry in found]
    failure = written.get("failure")
    of_document = (unreadable(Failure(**failure)),) if failure else reconcile(case).discrepancies
    return [as_data(entry) for entry in of_document]


@pytest.mark.parametrize("path", case_paths(), ids=lambda path: path.stem)
def test_a_case_has_just_the_exceptions_that_its_file_expects(path: Path) -> None:
    case, written = load_case(path)
    shown = shown_of(case, written)
    expected = written.get("expected", [])
    assert [entry["code"] for entry in shown] == [entry["code"] for entry in expected], shown
    for entry, wanted in zip(shown, expected, strict=True):
        assert {name: entry.get(name) for name in wanted} == wanted
    chosen = {match.role.value: match.ref.name for match in reconcile(case).matches if match.chosen}
    assert {role: chosen.get(role) for role in written.get("chosen", {})} == written.get("chosen", {})


def test_the_base_case_is_touchless() -> None:
    case, _ = load_case()
    found = reconcile(case)
    assert found.discrepancies == ()
    assert {match.role.value: match.ref.name for match in found.matches if match.chosen} == {
        "vendor": "Nordholz Möbel GmbH",
        "order": "P00013",
        "receipt": "WH/IN/00050",
    }
    assert [(pair.line, pair.ref.id, str(pair.quantity)) for pair in found.line_matches] == [
        (1, 1301, "5"),
        (2, 1302, "2"),
    ]


@pytest.mark.parametrize("base", ["return", "claim", "books"])
def test_the_other_base_cases_are_in_order(base: str) -> None:
    case = case_of(base_of(base))
    assert reconcile(case).discrepancies == ()
    assert tuple(examine(case.records, case.policy, case.today)) == ()


def test_every_code_has_a_golden_case() -> None:
    shown = {entry["code"] for path in case_paths() for entry in load_case(path)[1].get("expected", ())}
    assert shown == {code.value for code in Code if code not in FROM_ELSEWHERE}
