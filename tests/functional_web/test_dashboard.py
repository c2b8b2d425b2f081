"""The dashboard: figures of stored documents, and every bar's list holding as many as the bar says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service.domain.decisions import UserRole
from service.domain.documents import Document
from tests.functional_web.conftest import Site
from tests.support.matched import fill_books, matched

_BAR = re.compile(r'href="(/documents[^"]*)">.*?<span class="(?:chart|column)-figure[^>]*>(\d+)<', re.DOTALL)


@pytest.fixture
def document(site: Site) -> Document:
    """One that waits for a person."""
    fill_books(site.parts)
    return matched(site.parts)


def test_an_empty_installation_has_a_dashboard(visit: Callable[[UserRole], FlaskClient]) -> None:
    page = visit(UserRole.AUDITOR).get("/dashboard").get_data(as_text=True)
    assert "No documents yet." in page
    assert "nothing was decided yet" in page


@pytest.mark.usefixtures("document")
def test_each_bar_leads_to_as_many_documents(site: Site, visit: Callable[[UserRole], FlaskClient]) -> None:
    site.parts.clock.move(days=4)
    client = visit(UserRole.REVIEWER)
    bars = _BAR.findall(client.get("/dashboard").get_data(as_text=True))
    assert len(bars) >= 6
    for href, count in bars:
        listed = client.get(href.replace("&amp;", "&")).get_data(as_text=True)
        assert listed.count("data-row") == int(count), href


def test_the_dashboard_has_no_inline_styles_or_scripts(visit: Callable[[UserRole], FlaskClient]) -> None:
    page = visit(UserRole.APPROVER).get("/dashboard").get_data(as_text=True)
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
