"""A real Chromium on a whole installation: Redis, worker, beat, web and the stand-in for Odoo as processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Cookie, Page, sync_playwright

from service.demo.company import build_company
from service.demo.documents import DemoDocument, build_documents
from service.domain.decisions import Actor, UserRole
from service.usecases.people import create_user
from tests.support.programs import missing
from tests.support.stack import Stack, running_stack, wait_until

PASSWORD = "correct horse battery"
SEED = 20261123
_OPERATOR = Actor("tests", "tests", frozenset({UserRole.ADMIN}))
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_PEOPLE = {
    "Ada": (UserRole.UPLOADER, UserRole.REVIEWER, UserRole.APPROVER),
    "Adam": (UserRole.ADMIN,),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Visitor:
    """A page in which nobody signed in yet; what the browser complained of is collected."""

    page: Page
    complaints: list[str]
    sessions: dict[str, list[Cookie]]

    def sign_in(self, name: str = "Ada") -> Page:
        """Sign in by the form; the second time by the session's cookie, because sign-ins are limited."""
        if name in self.sessions:
            self.page.context.add_cookies(self.sessions[name])  # type: ignore[arg-type]
            self.page.goto("/")
            return self.page
        self.page.goto("/sign-in")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name="Sign out").wait_for()
        self.sessions[name] = self.page.context.cookies()
        return self.page


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The installation, its books filled, one person a role."""
    with running_stack(tmp_path_factory.mktemp("stack"), CONCORD_SYNC_INTERVAL_S="2") as running:
        parts = running.container
        for name, roles in _PEOPLE.items():
            create_user(
                uow=parts.uow,
                clock=parts.clock,
                actor=_OPERATOR,
                name=name,
                roles=frozenset(roles),
                password=PASSWORD,
            )
        wait_until(lambda: parts.books.as_of() is not None, 60, "the books are synchronised")
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; ``missing`` says what becomes of the tests where there is none."""
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        missing("Chromium", "chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, list[Cookie]]:
    """Cookies of those who signed in, by name."""
    return {}


@pytest.fixture
def visitor_in(stack: Stack, browser: Browser, sessions: dict[str, list[Cookie]]) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors; whatever any of their browsers complained of fails the test."""
    visitors: list[Visitor] = []

    def make(**options: object) -> Visitor:
        context = browser.new_context(base_url=f"http://127.0.0.1:{stack.port}", **options)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        visitor = Visitor(context.new_page(), [], sessions)
        visitor.page.on("console", lambda message: _note(visitor, message))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitors.append(visitor)
        return visitor

    yield make
    for visitor in visitors:
        visitor.page.context.close()
        assert visitor.complaints == []


@pytest.fixture
def visitor(visitor_in: Callable[..., Visitor]) -> Visitor:
    """Somebody at a desk."""
    return visitor_in(viewport={"width": 1440, "height": 900})


@pytest.fixture(scope="session")
def papers() -> dict[str, DemoDocument]:
    """The demonstration's documents by file name."""
    return {paper.filename: paper for paper in build_documents(build_company(SEED), SEED)}


def paper_showing(papers: dict[str, DemoDocument], *codes: str) -> DemoDocument:
    """The first document in which these exceptions are to be found."""
    return next(paper for paper in papers.values() if set(codes) <= set(paper.expected_codes))


def _note(visitor: Visitor, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        visitor.complaints.append(message.text)
