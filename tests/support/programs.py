"""What a test does where a program that it needs isn't installed: on a machine of one's own it is left out, in CI it
fails, because there a test that silently doesn't run looks like one that passes.
"""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(program: str, package: str) -> NoReturn:
    """Skip the test, or fail it where ``CI`` is set, naming the Debian package that brings ``program``."""
    said = f"{program} isn't installed (apt-get install {package})"
    if os.environ.get("CI"):
        pytest.fail(f"{said}, and in CI every test has to run", pytrace=False)
    pytest.skip(said)
