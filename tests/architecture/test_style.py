"""What the house style says about size, held by the build; what is over it must say why here."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("service", "extractors", "matchers", "workers")
LONGEST_MODULE = 400
LONGEST_FUNCTION = 45
# the ports are one list of small Protocols, read from top to bottom
LONGER_MODULES = {"service/ports.py"}


def _modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def test_modules_stay_readable() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in _modules()
        if (count := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert set(long) <= LONGER_MODULES, long


def test_functions_fit_a_screen() -> None:
    long = []
    for path in _modules():
        if "migrations" in path.parts:
            continue  # a list of statements in their order
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {lines}")
    assert not long


def test_every_module_says_why_it_exists() -> None:
    silent = [str(path.relative_to(ROOT)) for path in _modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    silent = [path for path in silent if "/migrations/versions/" not in path]
    assert not silent
