"""A scan of three invoices in a browser: seen as three documents, put together, split otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from service.demo.documents import DemoDocument
from tests.browser.conftest import Visitor
from tests.browser.test_journey import upload
from tests.browser.test_looks import WIDTHS, serious_findings
from tests.support.bundles import NEXT, NORD, SUED, bundle


@pytest.fixture
def file_page(visitor: Visitor, papers: dict[str, DemoDocument]) -> Page:
    """The page of a file that was split into three documents, all of them read."""
    page = visitor.sign_in()
    upload(page, replace(next(iter(papers.values())), filename="scan.pdf", content=bundle(NORD, SUED, NEXT)))
    page.get_by_role("link", name="scan.pdf", exact=True).first.click()
    page.get_by_role("heading", name="3 documents in this file").wait_for()
    for _ in range(60):
        if not page.get_by_text("Being read").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    return page


def check_looks(page: Page) -> None:
    """Nothing that axe calls serious, and nothing wider than the window."""
    page.wait_for_load_state("networkidle")
    assert serious_findings(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1440, "height": 900})


def test_three_documents_from_part_to_part_and_back_to_one(file_page: Page) -> None:
    page = file_page
    check_looks(page)
    page.get_by_role("link", name="Page 2").click()
    line = page.get_by_role("region", name="The file that this document is from")
    expect(line).to_contain_text("Page 2 of scan.pdf, 2nd of 3 documents")
    expect(line).to_contain_text("it bears another number")
    check_looks(page)

    for key, place in (("]", "3rd"), ("[", "2nd")):
        page.keyboard.press(key)
        expect(line).to_contain_text(f"{place} of 3 documents")
        page.wait_for_load_state()  # the page's script has run by then

    line.get_by_role("button", name="Join to the previous").click()
    page.get_by_role("heading", name="2 documents in this file").wait_for()
    page.get_by_role("link", name="Pages 1–2").click()
    page.get_by_role("button", name="Split here, before page 2").click()
    page.get_by_role("heading", name="3 documents in this file").wait_for()

    page.wait_for_load_state()
    page.keyboard.press("u")
    sheet = page.get_by_role("dialog", name="Undo the split")
    expect(sheet.get_by_role("button", name="Cancel")).to_be_focused()
    sheet.get_by_role("button", name="Undo the split").click()
    page.get_by_role("button", name="Split here, before page 3").wait_for()
    expect(page.get_by_role("region", name="The file that this document is from")).to_have_count(0)
    check_looks(page)
