"""The four packages load from this folder, and the vocabulary loads no framework."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FRAMEWORKS = ("flask", "sqlalchemy", "celery", "odoorpc", "pydantic", "pdfplumber", "pypdfium2", "scipy")


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_all_four_packages_load_from_one_folder() -> None:
    names = "service, extractors, matchers, workers"
    code = f"import {names}; print(*[module.__file__ for module in ({names})])"
    folders = {Path(file).parents[1] for file in _python(code).split()}
    assert folders == {ROOT}


def test_the_vocabulary_loads_no_framework() -> None:
    code = (
        "import sys, pkgutil, importlib, service.domain as d\n"
        "for m in pkgutil.iter_modules(d.__path__): importlib.import_module('service.domain.' + m.name)\n"
        "import service.ports\n"
        f"print(*[n for n in {FRAMEWORKS!r} if n in sys.modules])"
    )
    assert _python(code) == ""


def test_the_ports_and_pure_packages_load_no_framework() -> None:
    code = (
        "import sys, matchers.pipeline, extractors.layout, extractors.parse, extractors.choose\n"
        f"print(*[n for n in {FRAMEWORKS!r} if n in sys.modules])"
    )
    assert _python(code) == ""
