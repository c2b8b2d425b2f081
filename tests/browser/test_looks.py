"""Every page in both themes: axe finds nothing serious, and nothing is wider than the window from 360 to 1920 px."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from service.demo.documents import DemoDocument
from tests.browser.conftest import Visitor, paper_showing
from tests.browser.test_journey import upload

WIDTHS = (360, 1024, 1440, 1920)
SERIOUS = ("serious", "critical")
REVIEW, AUDIT, CLEAN, FAILED = "review", "audit", "clean", "failed"
PAGES = {
    "Ada": (
        "/dashboard",
        "/documents",
        "/documents?status=",
        "/documents?status=&text=nothing",
        "/upload",
        REVIEW,
        AUDIT,
        CLEAN,
        FAILED,
        "/people",
        "/nowhere",
    ),
    "Adam": ("/people", "/jobs"),
}


def serious_findings(page: Page) -> list[str]:
    """What axe finds that must not be, with the elements concerned."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{finding['id']}: {[node['html'][:160] for node in finding['nodes']]}"
        for finding in violations
        if finding["impact"] in SERIOUS
    ]


@pytest.fixture
def paths(visitor: Visitor, papers: dict[str, DemoDocument]) -> dict[str, str]:
    """A document with exceptions, lines and matches, one that agrees with the books, and one that can't be read, of
    a name that is far too long; sent once, whichever test comes first.
    """
    page = visitor.sign_in()
    page.goto("/upload")
    flawed = paper_showing(papers, "QUANTITY_OVER_RECEIVED")
    clean = [paper for paper in papers.values() if not paper.expected_codes][2]
    broken = replace(flawed, filename="n" * 200 + ".pdf", content=b"%PDF-1.7 broken off")
    sent = {REVIEW: flawed, CLEAN: clean, FAILED: broken}
    missing = [paper for paper in sent.values() if not page.get_by_role("link", name=paper.filename).count()]
    if missing:
        upload(page, *missing)
    links = {name: page.get_by_role("link", name=paper.filename).first for name, paper in sent.items()}
    found = {name: str(link.get_attribute("href")) for name, link in links.items()}
    return found | {AUDIT: f"{found[REVIEW]}/audit"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page(visitor_in: Callable[..., Visitor], paths: dict[str, str], theme: str) -> None:
    for name, places in PAGES.items():
        visitor = visitor_in(color_scheme=theme)
        visitor.page.goto("/sign-in")
        assert serious_findings(visitor.page) == []
        page = visitor.sign_in(name)
        for path in places:
            page.goto(paths.get(path, path))
            page.wait_for_load_state("networkidle")
            for entry in page.locator(".person-entry").all():
                entry.locator("summary").click()
            assert serious_findings(page) == [], f"{path} {theme}"
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"
        visitor.complaints[:] = [said for said in visitor.complaints if "403" not in said and "404" not in said]


def test_open_sheets(visitor: Visitor, paths: dict[str, str]) -> None:
    page = visitor.page
    page.goto(paths[REVIEW])
    for opener, sheet in (("Hold", "#hold"), ("Reject", "#reject"), ("Approve …", "#approve")):
        page.get_by_role("button", name=opener).first.click()
        page.locator(sheet).wait_for()
        assert serious_findings(page) == [], sheet
        page.keyboard.press("Escape")


def test_the_chosen_theme_is_kept(visitor: Visitor) -> None:
    page = visitor.sign_in()
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch between light and dark").click()
    chosen = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert chosen != before
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == chosen
