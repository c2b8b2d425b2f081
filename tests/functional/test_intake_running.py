"""A running installation looks into mailbox and folder by itself, and the letter shows its attachments."""

from __future__ import annotations

import re
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from service.domain.decisions import Actor, UserRole
from service.usecases.people import create_user
from tests.support.dovecot import Dovecot, dovecot
from tests.support.letters import a_mail
from tests.support.stack import Client, Stack, running_stack, wait_until

__all__ = ["dovecot"]

OFTEN = {"CONCORD_INTAKE_INTERVAL_S": "1", "CONCORD_WORKER_CONCURRENCY": "1"}
PASSWORD = "correct horse battery"


def documents(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/documents").json["documents"]
    return found


def page_of(stack: Stack, base: str, document_id: str) -> str:
    """The document's page as a reviewer's browser gets it."""
    operator = Actor("tests", "tests", frozenset({UserRole.ADMIN}))
    known = {"uow": stack.container.uow, "clock": stack.container.clock, "actor": operator}
    create_user(**known, name="Rita", roles=frozenset({UserRole.REVIEWER}), password=PASSWORD)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{base}/sign-in", timeout=20).read().decode()
    token = re.search(r'name="csrf-token" content="([^"]+)"', form)
    assert token
    said = {"name": "Rita", "password": PASSWORD, "csrf_token": token[1], "next": f"/documents/{document_id}"}
    request = urllib.request.Request(f"{base}/sign-in", urlencode(said).encode(), {"Referer": f"{base}/sign-in"})
    page: str = browser.open(request, timeout=20).read().decode()
    return page


def test_mails_and_dropped_files_become_documents_by_themselves(tmp_path: Path, dovecot: Dovecot) -> None:
    drop = tmp_path / "drop"
    (drop / "return_form").mkdir(parents=True)
    given = OFTEN | {"CONCORD_IMAP_URL": dovecot.url(), "CONCORD_DROP_FOLDER": str(drop)}
    with running_stack(tmp_path, **given) as stack:
        client = stack.client("Anna", UserRole.REVIEWER)
        dovecot.deliver(a_mail(("form.pdf", b"%PDF-1.7 broken off"), ("photo.png", b"\x89PNG\r\n\x1a\n photo")))
        (drop / "return_form" / "paper.pdf").write_bytes(b"%PDF-1.7 dropped and broken off")
        wait_until(lambda: len(documents(client)) == 4, 90, "letter, attachments and the dropped file arrive")
        wait_until(
            lambda: not {entry["status"] for entry in documents(client)} & {"received", "reading"}, 60, "all are read"
        )
        by_source = {entry["source"]: entry for entry in documents(client)}
        letter = next(entry for entry in documents(client) if entry["media_type"] == "message/rfc822")
        assert by_source["folder"]["filename"] == "paper.pdf"
        assert letter["kind"] == "customer_communication"
        page = page_of(stack, client.base.removesuffix("/api/v1"), letter["id"])
        related = page.partition('aria-labelledby="related-title"')[2].partition("</section>")[0]
        assert "Attachments" in related
        assert {"form.pdf", "photo.png"} == set(re.findall(r"</svg>\s*([\w.]+)</a>", related))
        assert not any(path.is_file() for path in (drop / "return_form").iterdir())
        assert (drop / "done" / "return_form" / "paper.pdf").exists()
    assert dovecot.flags() == [{r"\Seen"}]
