"""``concord reconcile --all``: the whole books fetched into memory, examined, and told as JSON and as a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from matchers.batch import examine
from service.bootstrap import Container
from service.cli.books_report import write_report
from service.cli.container import odoo_of
from service.cli.output import JsonObject, print_objects, progress
from service.config import Settings
from service.domain.codes import Severity
from service.domain.discrepancies import Finding
from service.domain.money import plain
from service.domain.policy import Policy
from service.domain.records import Record, RecordKind
from service.usecases.examine_books import KINDS, due_at, to_examine
from service.usecases.sync_books import fetched
from service.web.presenters import finding_json, ref_json, time_text

_SEVERITIES = (Severity.BLOCKING, Severity.WARNING, Severity.INFO)
_SAY_EVERY = 10_000  # records


@dataclass(frozen=True, slots=True)
class Examination:
    """What the examination came to: the findings, the most severe and the dearest first; how many records of each
    kind it saw, and which kinds Odoo didn't give.
    """

    findings: tuple[Finding, ...]
    as_of: datetime
    policy: Policy
    examined: Counter[str]
    left_out: tuple[RecordKind, ...]

    def money_at_risk(self) -> dict[str, Decimal]:
        """The sums by currency."""
        sums: dict[str, Decimal] = {}
        for found in self.findings:
            if found.discrepancy.money_at_risk and found.currency:
                sums[found.currency] = sums.get(found.currency, Decimal(0)) + found.discrepancy.money_at_risk
        return dict(sorted(sums.items()))


def reconcile_all(container: Container, *, as_lines: bool, report: Path | None) -> None:
    """Print an exception object a finding and the summary; with ``report`` write the page and the table into that
    folder. The errors of Odoo as they come, StorageError where the report can't be written.
    """
    done = _examine(container)
    if report is not None:
        for path in _written(report, done, container.settings):
            progress(f"{path}: written")
    print_objects(_objects(done), as_lines=as_lines, single=False)


def _written(folder: Path, done: Examination, settings: Settings) -> tuple[Path, ...]:
    return write_report(folder, done.findings, summary(done), done.policy, settings.odoo_url, settings.zone)


def summary(done: Examination) -> JsonObject:
    """The contract's summary: counts by code and severity, money at risk by currency, what was examined and when."""
    codes = Counter(found.discrepancy.code.value for found in done.findings)
    severities = Counter(found.discrepancy.severity for found in done.findings)
    return {
        "exceptions": len(done.findings),
        "by_code": dict(sorted(codes.items())),
        "by_severity": {severity.value: severities[severity] for severity in _SEVERITIES},
        "money_at_risk": {currency: plain(amount) for currency, amount in done.money_at_risk().items()},
        "books_as_of": time_text(done.as_of),
        "records_examined": done.examined.total(),
        "records_by_model": dict(done.examined),
        "left_out": [kind.value for kind in done.left_out],
    }


def _examine(container: Container) -> Examination:
    odoo, as_of = odoo_of(container), container.clock.now()
    examined, left_out = Counter[str](), list[RecordKind]()
    records = to_examine(_counted(fetched(odoo, KINDS, left_out.append), examined))
    found = tuple(examine(records, container.policy, container.clock.today()))
    progress(f"{examined.total()} records examined, {len(found)} exceptions")
    for kind in left_out:
        progress(f"{kind.value}: left out, for Odoo doesn't let us read it")
    return Examination(tuple(sorted(found, key=_worst_first)), as_of, container.policy, examined, tuple(left_out))


def _counted(records: Iterable[Record], examined: Counter[str]) -> Iterator[Record]:
    for record in records:
        examined[record.ref.model] += 1
        if examined.total() % _SAY_EVERY == 0:
            progress(f"{examined.total()} records fetched")
        yield record


def _worst_first(found: Finding) -> tuple[object, ...]:
    at_risk = found.discrepancy.money_at_risk or Decimal(0)
    return _SEVERITIES.index(found.discrepancy.severity), -at_risk, found.identity[:3]


def _objects(done: Examination) -> Iterator[JsonObject]:
    for found in done.findings:
        until = due_at(found.discrepancy.severity, done.as_of, done.policy)
        stated = {"currency": found.currency, "due_at": time_text(until)}
        yield {**finding_json(found.discrepancy, ref_json(found.subject)), **stated}
    yield {"summary": summary(done)}
