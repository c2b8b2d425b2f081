"""Every document in ``documents/`` is read as its expectation says; none is without the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.compare import DOCUMENTS, differences, documents, expectation_path, read_plain


def test_every_document_has_an_expectation() -> None:
    missing = [document.name for document in documents() if not expectation_path(document).exists()]
    assert not missing, f"no expectation for {missing}; write it with: python -m tests.golden --generate FILE"


def test_every_expectation_has_a_document() -> None:
    stems = {document.stem for document in documents()}
    assert not [path.name for path in sorted(DOCUMENTS.glob("*.json")) if path.stem not in stems]


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_is_read_as_expected(document: Path) -> None:
    expected = json.loads(expectation_path(document).read_text(encoding="utf-8"))
    found = differences(expected, json.loads(json.dumps(read_plain(document))))
    assert not found, "\n".join([document.name, *found])
