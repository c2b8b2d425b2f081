"""The documentation names every setting, exception code and exit code, and nothing that isn't there."""

import re
from pathlib import Path

from service.cli.demo import SEED
from service.config import Settings
from service.demo.company import build_company
from service.demo.documents import build_documents
from service.domain.codes import CODES
from service.domain.errors import ConcordError

DOCS = Path(__file__).parents[2] / "docs"


def _first_column(text: str) -> set[str]:
    cells = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([A-Z0-9_]+)`", cell)}


def test_every_setting_is_documented() -> None:
    documented = _first_column((DOCS / "settings.md").read_text())
    assert documented == {name.upper() for name in Settings.model_fields}


def test_every_exception_code_is_documented_with_its_severity() -> None:
    text = (DOCS / "errors.md").read_text()
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (info|warning|blocking) \|", text, re.MULTILINE))
    assert rows == {code.value: spec.severity.value for code, spec in CODES.items()}


def test_every_exit_code_is_documented() -> None:
    text = (DOCS / "errors.md").read_text()
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert listed == {0, 130} | {error.exit_code for error in _tree(ConcordError)}


def _tree(error: type[ConcordError]) -> set[type[ConcordError]]:
    return {error}.union(*(_tree(child) for child in error.__subclasses__()))


def test_the_demonstrations_papers_are_documented_with_their_codes() -> None:
    shown: dict[str, list[str]] = {code.value: [] for code in CODES}
    for paper in build_documents(build_company(SEED), SEED):
        for code in paper.expected_codes:
            shown[code].append(paper.filename)
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", (DOCS / "demonstration.md").read_text(), re.MULTILINE)
    assert {code: re.findall(r"`([^`]+)`", cell) for code, cell in rows} == shown
