"""Every page in both themes: axe finds nothing serious, and nothing is wider than the window from 360 to 1920 px."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from service.demo.documents import DemoDocument
from tests.browser.conftest import Visitor, paper_showing
from tests.browser.test_journey import upload

WIDTHS = (360, 1024, 1440, 1920)
SERIOUS = ("serious", "critical")
REVIEW, AUDIT = "review", "audit"
PAGES = {
    "Ada": (
        "/dashboard",
        "/documents",
        "/documents?status=&text=nothing",
        "/upload",
        REVIEW,
        AUDIT,
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
def document_path(visitor: Visitor, papers: dict[str, DemoDocument]) -> str:
    """A document that has exceptions, lines and matches; sent once, whichever test comes first."""
    page = visitor.sign_in()
    page.goto("/upload")
    paper = paper_showing(papers, "QUANTITY_OVER_RECEIVED")
    if not page.get_by_role("link", name=paper.filename).count():
        upload(page, paper)
    return str(page.get_by_role("link", name=paper.filename).first.get_attribute("href"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page(visitor_in: Callable[..., Visitor], document_path: str, theme: str) -> None:
    special = {REVIEW: document_path, AUDIT: f"{document_path}/audit"}
    for name, paths in PAGES.items():
        visitor = visitor_in(color_scheme=theme)
        visitor.page.goto("/sign-in")
        assert serious_findings(visitor.page) == []
        page = visitor.sign_in(name)
        for path in paths:
            page.goto(special.get(path, path))
            page.wait_for_load_state("networkidle")
            assert serious_findings(page) == [], f"{path} {theme}"
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"
        visitor.complaints[:] = [said for said in visitor.complaints if "403" not in said and "404" not in said]


def test_open_sheets(visitor: Visitor, document_path: str) -> None:
    page = visitor.page
    page.goto(document_path)
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
