"""The findings over the whole books as a page to read or print and as a table to work with."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from service.domain.codes import CODES, CodeSpec
from service.domain.discrepancies import Finding
from service.domain.errors import StorageError
from service.domain.money import plain
from service.domain.policy import Policy
from service.domain.records import RecordRef
from service.odoo.links import record_url
from service.web import formats

PAGE, TABLE = "report.html", "exceptions.csv"
_COLUMNS = (
    "severity",
    "code",
    "record_model",
    "record_id",
    "record_name",
    "party",
    "message",
    "expected",
    "actual",
    "difference",
    "money_at_risk",
    "currency",
    "owner_role",
    "hold",
    "releases_when",
    "suggested_action",
    "odoo_url",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet run a text


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one code. ``share`` is their number over that of the most frequent code."""

    spec: CodeSpec
    findings: tuple[Finding, ...]
    at_risk: Mapping[str, Decimal]
    share: float


def write_report(
    folder: Path,
    findings: Sequence[Finding],
    summary: Mapping[str, object],
    policy: Policy,
    odoo_url: str,
    zone: tzinfo,
) -> tuple[Path, ...]:
    """Write both into ``folder``, which is made where it isn't there, and return their paths; StorageError where that
    fails. Records are links into Odoo at ``odoo_url``; the page tells the time in ``zone``.
    """
    page, table = folder / PAGE, folder / TABLE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(findings, summary, policy, odoo_url, zone), encoding="utf-8")
        with table.open("w", encoding="utf-8-sig", newline="") as file:  # spreadsheets know UTF-8 by its mark
            rows = csv.DictWriter(file, _COLUMNS)
            rows.writeheader()
            rows.writerows(_row(found, odoo_url) for found in findings)
    except OSError as error:
        raise StorageError(f"The report can't be written into {folder}: {error.strerror}.") from error
    return page, table


def _page(
    findings: Sequence[Finding], summary: Mapping[str, object], policy: Policy, odoo_url: str, zone: tzinfo
) -> str:
    environment = Environment(
        loader=PackageLoader("service.cli"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(amount=formats.amount, figure=formats.figure, grouped=formats.grouped)
    environment.filters.update(label=formats.label, difference=formats.difference)
    environment.filters["moment"] = lambda said: formats.moment(datetime.fromisoformat(said), zone)
    return environment.get_template("books_report.html").render(
        groups=tuple(_groups(findings)),
        at_risk=_at_risk(findings),
        summary=summary,
        policy=policy,
        link=lambda ref: _link(odoo_url, ref),
    )


def _groups(findings: Sequence[Finding]) -> Iterator[Group]:
    """By code, in the order of the first finding of each."""
    order = list(dict.fromkeys(found.discrepancy.code for found in findings))
    together = sorted(findings, key=lambda found: order.index(found.discrepancy.code))
    sorted_out = [(code, tuple(group)) for code, group in groupby(together, lambda found: found.discrepancy.code)]
    most = max((len(group) for _, group in sorted_out), default=1)
    for code, group in sorted_out:
        yield Group(CODES[code], group, _at_risk(group), len(group) / most)


def _at_risk(findings: Sequence[Finding]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for found in findings:
        currency, amount = found.currency or "", found.discrepancy.money_at_risk
        if amount:
            sums[currency] = sums.get(currency, Decimal(0)) + amount
    return dict(sorted(sums.items(), key=lambda entry: -entry[1]))


def _link(odoo_url: str, ref: RecordRef) -> str | None:
    return record_url(odoo_url, ref) if odoo_url else None


def _row(found: Finding, odoo_url: str) -> dict[str, str | int | None]:
    what = found.discrepancy
    return {
        "severity": what.severity.value,
        "code": what.code.value,
        "record_model": found.subject.model,
        "record_id": found.subject.id,
        "record_name": _text(found.subject.name),
        "party": _text(found.party),
        "message": _text(what.message),
        "expected": what.expected,
        "actual": what.actual,
        "difference": None if what.difference is None else plain(what.difference),
        "money_at_risk": None if what.money_at_risk is None else plain(what.money_at_risk),
        "currency": found.currency,
        "owner_role": what.owner_role,
        "hold": what.hold.value,
        "releases_when": _text(what.releases_when),
        "suggested_action": what.suggested_action,
        "odoo_url": _link(odoo_url, found.subject),
    }


def _text(text: str | None) -> str | None:
    """Text from outside, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text and text.startswith(_FORMULA) else text
