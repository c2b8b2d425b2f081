"""The dashboard: where all documents stand, every figure a way to the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from flask import Blueprint, render_template, url_for

from service.domain.codes import CODES, Code
from service.domain.lifecycle import UNDECIDED, DocumentStatus
from service.ports import Figures
from service.web.ages import AGES
from service.web.charts import Amount, Bar, bars
from service.web.context import container
from service.web.formats import amount as money
from service.web.formats import status_label

blueprint = Blueprint("dashboard", __name__)

_CODES_SHOWN = 10
OPEN = "open"  # the work list's name for all states before a decision
_TONES = {
    DocumentStatus.IN_REVIEW: "accent",
    DocumentStatus.RECONCILED: "good",
    DocumentStatus.RECORDED: "good",
    DocumentStatus.APPROVED: "accent",
    DocumentStatus.WAITING_FOR_ODOO: "warning",
    DocumentStatus.FAILED: "blocking",
}


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What the page draws."""

    states: tuple[Bar, ...]
    codes: tuple[Bar, ...]
    rarer_codes: tuple[Bar, ...]
    books: tuple[Bar, ...]
    ages: tuple[Bar, ...]
    held: tuple[Bar, ...]
    undecided: int
    touchless_share: float | None


@blueprint.get("/dashboard")
def page() -> str:
    """Counts, rates and sums over all documents, now."""
    with container().uow.read() as tx:
        figures = tx.statistics.figures(container().clock.now(), [age.least for age in AGES])
    return render_template("dashboard.html", figures=figures, board=dashboard(figures))


def dashboard(figures: Figures) -> Dashboard:
    """The figures as bars with their links."""
    codes = bars(_code(code, count) for code, count in figures.documents_by_code.items())
    return Dashboard(
        states=bars(_states(figures)),
        codes=codes[:_CODES_SHOWN],
        rarer_codes=codes[_CODES_SHOWN:],
        books=bars(_of_books(code, count) for code, count in figures.of_books_by_code.items()),
        ages=bars(_ages(figures)),
        held=bars(_held(currency, *held) for currency, held in sorted(figures.held.items())),
        undecided=sum(figures.documents_by_status[status.value] for status in UNDECIDED),
        touchless_share=figures.touchless / figures.matched if figures.matched else None,
    )


def _states(figures: Figures) -> list[Amount]:
    """Every state that holds documents, in the order in which they are passed through."""
    counts = ((status, figures.documents_by_status[status.value]) for status in DocumentStatus)
    return [
        Amount(status_label(status), n, str(n), _list(status=status.value), _TONES.get(status, "plain"))
        for status, n in counts
        if n
    ]


def _code(code: str, count: int) -> Amount:
    spec = CODES[Code(code)]
    return Amount(spec.title, count, str(count), _list(status="", code=code), spec.severity.value)


def _of_books(code: str, count: int) -> Amount:
    spec = CODES[Code(code)]
    href = f"{url_for('exceptions.work_list')}?{urlencode({'code': code})}"
    return Amount(spec.title, count, str(count), href, spec.severity.value)


def _ages(figures: Figures) -> list[Amount]:
    counted = zip(AGES, figures.undecided_by_age, strict=True)
    return [Amount(age.label, n, str(n), _list(status=OPEN, age=age.name), "accent") for age, n in counted]


def _held(currency: str, total: Decimal, documents: int) -> Amount:
    """Bars compare how many documents a currency holds: sums of different currencies can't be compared."""
    href = _list(status=DocumentStatus.IN_REVIEW.value, currency=currency)
    return Amount(currency, documents, f"{money(total)} {currency}", href, "accent")


def _list(**query: str) -> str:
    return f"{url_for('queue.work_list')}?{urlencode(query)}"
