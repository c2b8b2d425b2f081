"""Takes the README's pictures: ``make screenshots`` starts the demonstration afresh and opens it in Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"
SHOWN = "thalheim-dearer"  # in the name of the paper whose review page is shown
_BUSY = "received", "reading", "extracted", "matching"
_LIMIT_S = 600


@dataclass(frozen=True)
class Demonstration:
    """A running demonstration, and who may approve in it."""

    url: str
    name: str
    password: str
    token: str

    def documents(self, **wanted: str) -> list[dict[str, object]]:
        """The first page of documents that are as wanted."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.url}/api/v1/documents?{urlencode(wanted)}", headers={"Authorization": f"Bearer {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            found: list[dict[str, object]] = json.load(answer)["documents"]
        return found


@contextmanager
def demonstration() -> Iterator[Demonstration]:
    """The demonstration in a folder of its own, all of its papers read and matched."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {**os.environ, "CONCORD_DATA_DIR": folder, "CONCORD_PORT": str(port)}
        command = (sys.executable, "-P", "-m", "service", "demo")
        with subprocess.Popen(command, env={**environment, "PYTHONPATH": str(ROOT)}) as process:  # noqa: S603 - ourselves
            try:
                yield _settled(Path(folder) / "demo-credentials.json")
            finally:
                process.terminate()


def _settled(credentials: Path) -> Demonstration:
    deadline = time.monotonic() + _LIMIT_S
    while time.monotonic() < deadline:
        time.sleep(2)
        if not credentials.exists():
            continue
        kept = json.loads(credentials.read_text())
        user = next(user for user in kept["users"] if user["roles"] == ["approver"])
        found = Demonstration(kept["url"], user["name"], user["password"], user["token"])
        try:
            if not any(found.documents(status=status) for status in _BUSY) and found.documents(status="in_review"):
                return found
        except OSError:
            continue
    raise TimeoutError(f"the demonstration has not settled within {_LIMIT_S} s")


def main() -> None:
    """Write the pictures of dashboard, work list and review page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    program = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with demonstration() as shown, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(base_url=shown.url, viewport={"width": 1440, "height": 900}, color_scheme="light")
        page.goto("/sign-in")
        page.get_by_label("Name").fill(shown.name)
        page.get_by_label("Password").fill(shown.password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        paper = next(row for row in shown.documents(code="PRICE_VARIANCE") if SHOWN in str(row["filename"]))
        _take(page, "/dashboard", "dashboard")
        _take(page, "/documents", "work-list")
        _take(page, f"/documents/{paper['id']}", "review")
        browser.close()


def _take(page: Page, path: str, name: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
