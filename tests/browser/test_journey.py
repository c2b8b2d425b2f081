"""A person follows an invoice from the upload to the draft bill in Odoo."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from service.demo.documents import DemoDocument
from service.domain.records import RecordRef
from tests.browser.conftest import Visitor, paper_showing
from tests.support.stack import Stack, wait_until

SETTLED = re.compile("To review|Ready|Failed|Split")
SECONDS = 1000  # what the browser counts in


def upload(page: Page, *papers: DemoDocument) -> None:
    """Choose the files on the upload page, and wait until each was read and matched."""
    page.get_by_role("link", name="Upload").first.click()
    page.wait_for_url("**/upload")
    page.wait_for_load_state()  # the page's script has run by then
    files = [{"name": paper.filename, "mimeType": "application/pdf", "buffer": paper.content} for paper in papers]
    page.get_by_label("Files to upload").set_input_files(files)  # type: ignore[arg-type]
    for paper in papers:
        row = page.locator(".upload-row", has_text=paper.filename).first
        expect(row.locator(".chip")).to_have_text(SETTLED, timeout=60 * SECONDS)


def bill_of(stack: Stack, document_id: str) -> RecordRef | None:
    """What the stored write says it made in Odoo."""
    with stack.container.uow.read() as tx:
        write = tx.writes.latest(document_id)  # type: ignore[arg-type]
    return None if write is None else write.outcome


def test_from_upload_to_the_draft_bill(visitor: Visitor, stack: Stack, papers: dict[str, DemoDocument]) -> None:
    page = visitor.sign_in()
    paper = paper_showing(papers, "PRICE_VARIANCE")
    upload(page, paper, paper_showing(papers, "PO_NOT_CONFIRMED"))
    page.get_by_role("link", name=paper.filename).click()
    exceptions = page.locator(".area-exceptions")
    expect(exceptions.get_by_text("Price differs").first).to_be_visible()
    expect(page.locator(".sheet-of-paper img").first).to_have_js_property("complete", True)
    assert page.locator(".sheet-of-paper img").first.evaluate("image => image.naturalWidth") >= 960

    # a field and its box light each other up
    number = page.get_by_label("Invoice number")
    number.focus()
    box = page.locator('.box[data-targets~="field.invoice_number"]')
    expect(box).to_have_class(re.compile("lit"))
    page.locator('.box[data-targets~="field.grand_total"]').click()
    expect(page.get_by_label("Grand total")).to_be_focused()

    # a correction is matched again
    page.get_by_label("Payment terms").fill("30 days net")
    expect(page.get_by_text("1 value changed")).to_be_visible()
    page.get_by_role("button", name="Save corrections").click()
    expect(page.locator(".review-state .chip").first).to_have_text("To review", timeout=60 * SECONDS)
    expect(page.get_by_label("Payment terms")).to_have_value("30 days net")
    expect(page.locator('[data-field="field.payment_terms"] .sure')).to_have_text("typed")

    # approving overrides what is blocking, with a reason; then the bill is made
    page.get_by_role("button", name="Approve …").click()
    page.get_by_label("Reason for overriding").fill("The buyer agreed to the new price.")
    page.get_by_role("button", name="Override and approve").click()
    done = page.get_by_label("Result in Odoo")
    expect(done).to_be_visible(timeout=60 * SECONDS)
    expect(page.locator(".review-state .chip").first).to_have_text("In Odoo")
    document_id = page.url.rpartition("/")[2]
    bill = bill_of(stack, document_id)
    assert bill is not None
    assert bill.model == "account.move"
    expect(done.get_by_role("link", name="Open in Odoo")).to_have_attribute(
        "href", re.compile(f"id={bill.id}&model=account.move")
    )

    page.get_by_role("link", name="Audit trail").click()
    expect(page.get_by_text("Chain is whole")).to_be_visible()
    for deed in ("Receive", "Correct", "Approve", "Record"):
        expect(page.locator(".trail b", has_text=re.compile(f"^{deed}$"))).to_be_visible()
    expect(page.get_by_text("The buyer agreed to the new price.")).to_be_visible()


def test_files_can_be_dropped(visitor: Visitor, papers: dict[str, DemoDocument]) -> None:
    page = visitor.sign_in()
    page.goto("/upload")
    page.locator("#upload").evaluate(
        """form => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["%PDF-1.7 broken off"], "dropped.pdf", {type: "application/pdf"}));
            form.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
        }"""
    )
    row = page.locator(".upload-row", has_text="dropped.pdf")
    expect(row.locator(".chip")).to_have_text("Failed", timeout=60 * SECONDS)
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", name="This file can't be read")).to_be_visible()


def test_the_way_without_scripts(visitor_in: Callable[..., Visitor], papers: dict[str, DemoDocument]) -> None:
    page = visitor_in(java_script_enabled=False).sign_in()
    page.goto("/upload")
    paper = paper_showing(papers, "PO_NOT_FOUND")
    file = {"name": "plain.pdf", "mimeType": "application/pdf", "buffer": paper.content}
    page.get_by_label("Files to upload").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Upload", exact=True).click()
    for _ in range(60):
        chip = page.locator(".upload-row", has_text="plain.pdf").first.locator(".chip").inner_text()
        if SETTLED.search(chip):
            break
        page.wait_for_timeout(1 * SECONDS)
        page.reload()
    page.get_by_role("link", name="plain.pdf").first.click()
    page.get_by_role("button", name="Reject").first.click()
    page.locator("#reject-reason").fill("No such order.")
    page.locator("#reject").get_by_role("button", name="Reject").click()
    expect(page.locator(".review-state .chip").first).to_have_text("Rejected")


def test_by_keyboard_alone(visitor: Visitor, papers: dict[str, DemoDocument]) -> None:
    page = visitor.page
    page.goto("/sign-in")
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Work list").wait_for()
    upload(page, paper_showing(papers, "DUPLICATE_INVOICE"))
    page.keyboard.press("Escape")
    page.locator("body").press("g")
    page.keyboard.press("w")
    page.get_by_role("heading", name="Work list").wait_for()
    page.wait_for_load_state()

    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type(paper_showing(papers, "DUPLICATE_INVOICE").filename)
    page.keyboard.press("Enter")
    page.wait_for_url("**text=**")
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator(".lead").first).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Exceptions").wait_for()
    page.wait_for_load_state()

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.get_by_label("Invoice number")).to_be_focused()
    page.keyboard.press("Escape")

    page.keyboard.press("r")
    expect(page.locator("#reject-reason")).to_be_focused()
    page.keyboard.type("Billed already.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".review-state .chip").first).to_have_text("Rejected")


def test_what_agrees_is_approved_together(visitor: Visitor, stack: Stack, papers: dict[str, DemoDocument]) -> None:
    page = visitor.sign_in()
    clean = [paper for paper in papers.values() if not paper.expected_codes][:2]
    upload(page, *clean)
    page.goto("/documents?status=reconciled")
    boxes = page.locator('input[name="document"]')
    expect(boxes).to_have_count(len(clean))
    expect(page.get_by_role("button", name="Approve chosen")).to_be_disabled()
    chosen = [str(value).partition(":")[0] for value in boxes.evaluate_all("boxes => boxes.map((box) => box.value)")]
    for _ in clean:
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.get_by_text("2 of 2 chosen")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("2 documents approved")).to_be_visible()
    wait_until(lambda: all(bill_of(stack, document_id) for document_id in chosen), 60, "both bills are made")
