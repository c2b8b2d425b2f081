"""Whether confidences are true: fits their curves on the fitting families, shows them on the measuring families."""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from statistics import stdev

import extractors.calibration as calibration
from extractors.choose.agreement import line_adds_up
from extractors.pipeline import extract
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.measuring import MadePaper, Order, made_papers
from service.domain.documents import BILLABLE_KINDS, CUSTOMER_KINDS
from service.domain.errors import ConcordError
from service.domain.fields import AnyField
from service.domain.keys import fold

_CURVES = Path(calibration.__file__).with_name("curves.json")
_KINDS = (*sorted(BILLABLE_KINDS), *sorted(CUSTOMER_KINDS))
_ROWS = frozenset({"tax_breakdown", "early_payment_discount", "charges", "allowances"})  # not compared one by one
_SEED = 11
_DOUBT = 2.0  # wrong values that each step of a curve is given beside those seen: families unseen are harder
# Words that a table's, a form's or a letter's layout cuts out
_CUT_OUT = frozenset({"line_texts", "form_goods", "form_texts", "form_people"})
_CUT_WRONG = 0.06  # of them, by layouts unlike any of the fitting families'
_STEP = 25  # values that a step of a curve rests on at least
_HIGH = 0.95
_LINE_FIELDS = ("quantity", "unit_price", "line_total", "description")
_FORM_LINE_FIELDS = (*_LINE_FIELDS, "product_code", "serial_number")


@dataclass(frozen=True, slots=True)
class Seen:
    """A value that was read, how sure the reading was (0..1), and whether it was right."""

    group: str
    family: str
    confidence: float
    right: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the curves where ``--write`` says so, then show the measuring families."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="papers of each kind and set")
    parser.add_argument("--write", action="store_true", help="fit the curves anew and keep them")
    wanted = parser.parse_args(arguments)
    if wanted.write:
        _CURVES.write_text("{}\n", encoding="utf-8")
        calibration.forget()
        curves = _fitted(list(_seen(LayoutSet.FITTING, wanted.count)))
        _CURVES.write_text(json.dumps(curves, indent=1) + "\n", encoding="utf-8")
        calibration.forget()
    _show(list(_seen(LayoutSet.MEASURING, wanted.count)))
    return 0


def _seen(usage: LayoutSet, count: int) -> Iterator[Seen]:
    for kind in _KINDS:
        for paper in made_papers(Order(kind, usage, count, _SEED)):
            try:
                yield from _compared(paper)
            except ConcordError as error:
                sys.stderr.write(f"{paper.filename}: {error.message}\n")


def _compared(paper: MadePaper) -> Iterator[Seen]:
    found = extract(paper.content, paper.filename)
    row = paper.row
    lines = row["lines"]
    assert isinstance(lines, Sequence)
    is_form = found.kind in CUSTOMER_KINDS
    adds_up = not is_form and calibration.whole_adds_up(found)

    def group_of(name: str, *, supported: bool = adds_up) -> str | None:
        return calibration.form_group_of(name) if is_form else calibration.group_of(name, adds_up=supported)

    yield from _compared_fields(paper, found.fields, group_of)
    if len(lines) == len(found.lines):
        names = _FORM_LINE_FIELDS if is_form else _LINE_FIELDS
        for line, truth in zip(found.lines, lines, strict=True):
            supported = adds_up and line_adds_up(line)
            for name in names:
                group, read, wanted = group_of(name, supported=supported), line.fields.get(name), truth.get(name)
                if group is not None and read is not None and wanted is not None:
                    yield Seen(group, paper.layout, read.confidence, _is_right(name, read, wanted))


def _compared_fields(
    paper: MadePaper, read: Mapping[str, tuple[AnyField, ...]], group_of: Callable[[str], str | None]
) -> Iterator[Seen]:
    truth = paper.row["fields"]
    assert isinstance(truth, Mapping)
    for name, entries in read.items():
        group, wanted = group_of(name), truth.get(name)
        if group is not None and wanted is not None and name not in _ROWS:
            known = {_plain(one) for one in (wanted if isinstance(wanted, list) else [wanted])}
            for entry in entries:
                yield Seen(group, paper.layout, entry.confidence, _plain(entry.value) in known)


def _is_right(name: str, found: AnyField, wanted: object) -> bool:
    right, got = _plain(wanted), _plain(found.value)
    return got == right or (name == "description" and right in got)


def _plain(value: object) -> str:
    """A value in one form: numbers without trailing zeros, text folded to its letters and digits."""
    try:
        return str(Decimal(str(value)).normalize())
    except InvalidOperation:
        return re.sub(r"[^0-9a-z]", "", fold(str(value)).lower())


def _fitted(seen: Sequence[Seen]) -> dict[str, list[calibration.Corner]]:
    groups: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        groups[one.group].append(one)
    return {group: _curve(sorted(found, key=lambda s: s.confidence)) for group, found in sorted(groups.items())}


def _curve(seen: Sequence[Seen]) -> list[calibration.Corner]:
    """Steps of enough values each, joined where they would fall (pool adjacent violators), a corner in each middle."""
    steps: list[list[Seen]] = []
    for one in seen:
        if steps and (len(steps[-1]) < _STEP or steps[-1][-1].confidence == one.confidence):
            steps[-1].append(one)
        else:
            steps.append([one])
    joined: list[list[Seen]] = []
    for step in steps:
        joined.append(step)
        while len(joined) > 1 and _share(joined[-2]) >= _share(joined[-1]):
            joined[-2:] = [joined[-2] + joined[-1]]
    return [(round(sum(s.confidence for s in step) / len(step), 4), round(_share(step), 4)) for step in joined]


def _share(seen: Sequence[Seen]) -> float:
    """How many were right, less one standard error among the families: makers unseen differ as much as these do."""
    families: defaultdict[str, list[bool]] = defaultdict(list)
    for one in seen:
        families[one.family].append(one.right)
    doubt = _DOUBT + (_CUT_WRONG * len(seen) if seen[0].group in _CUT_OUT else 0.0)
    share = sum(one.right for one in seen) / (len(seen) + doubt)
    if len(families) < 2:
        return share
    error = stdev([sum(found) / len(found) for found in families.values()]) / math.sqrt(len(families))
    return max(0.0, share - error)


def _show(seen: Sequence[Seen]) -> None:
    """Print the error of calibration and how many of the sure values are right, with the lower bound (Wilson, 95 %)."""
    bins: defaultdict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        bins[min(9, int(one.confidence * 10))].append(one)
    error = sum(abs(sum(s.confidence for s in b) - sum(s.right for s in b)) for b in bins.values()) / len(seen)
    sys.stdout.write(f"measuring families: {len(seen)} values, calibration error {error:.4f}\n")
    for number, found in sorted(bins.items()):
        said = sum(s.confidence for s in found) / len(found)
        sys.stdout.write(f"  {number / 10:.1f}  {len(found):6} values  said {said:.3f}  right {_right(found):.3f}\n")
    groups = sorted({one.group for one in seen})
    for name, found in [("all", list(seen)), *((g, [s for s in seen if s.group == g]) for g in groups)]:
        sure = [s for s in found if s.confidence >= _HIGH]
        bound = _lower_bound(sum(s.right for s in sure), len(sure))
        sys.stdout.write(
            f"  {name:16}{len(found):6} values, right {_right(found):.3f}; "
            f"sure {len(sure):6}, right {_right(sure):.4f} (at least {bound:.4f})\n"
        )


def _right(seen: Sequence[Seen]) -> float:
    return sum(one.right for one in seen) / len(seen) if seen else 0.0


def _lower_bound(right: int, count: int) -> float:
    if not count:
        return 0.0
    z, share = 1.96, right / count
    spread: float = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5
    return (share + z * z / (2 * count) - spread) / (1 + z * z / count)


if __name__ == "__main__":
    sys.exit(main())
