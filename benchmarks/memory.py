"""What vendor memory is worth: makers never seen before send five papers each, and a person corrects what is misread.

Three readings of papers two to five are compared: without memory, after the corrections of the first paper alone, and
after those of all papers before.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import islice
from random import Random
from typing import Any

from extractors.observing import observe
from extractors.pipeline import extract
from service.demo.documents.invented.invoices import invented_invoice
from service.demo.documents.layouts import LAYOUTS, LayoutSet, render
from service.demo.documents.makers.families import FAMILIES
from service.demo.documents.makers.family import made_series
from service.demo.documents.measuring import layout_names
from service.demo.documents.truth import truth_of
from service.demo.documents.wording import LANGUAGES
from service.domain.documents import DocumentKind
from service.domain.errors import UsageError
from service.domain.extraction import Extraction
from service.domain.keys import fold
from service.domain.memory import Lesson, recalled, sender_keys
from service.ports import Confirmed
from service.usecases.corrections import Corrections, LineCorrection, corrected

_KIND = DocumentKind.SUPPLIER_INVOICE
_PAPERS, _SEED = 5, 23
_START = datetime(2026, 1, 1, tzinfo=UTC)
_HEADER = (
    "invoice_number", "issue_date", "due_date", "delivery_date", "currency", "seller_name", "buyer_name",
    "seller_vat_id", "buyer_vat_id", "order_reference", "delivery_note_reference", "payment_reference", "iban", "bic",
    "net_total", "tax_total", "grand_total", "prepaid_amount", "amount_due", "freight_total", "allowance_total",
)  # fmt: skip
_LINE = ("quantity", "unit_price", "line_total", "seller_item_id")
_WAYS = ("without", "after the first", "after all before")


@dataclass(frozen=True, slots=True)
class _Paper:
    content: bytes
    fields: Mapping[str, Any]
    lines: Sequence[Mapping[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many values are right with and without memory, and how many it mended and broke."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    parser.add_argument("--makers", type=int, default=3, help="makers of each layout")
    parser.add_argument("--set", type=LayoutSet, default=LayoutSet.MEASURING, help="the families they are of")
    parser.add_argument("--verbose", action="store_true", help="every value that memory mends or breaks")
    wanted = parser.parse_args(arguments)
    seen: Counter[tuple[str, str, str]] = Counter()  # way, field, outcome
    names = layout_names(_KIND, wanted.set)
    for layout in names:
        for maker in range(wanted.makers):
            papers = list(islice(_series(layout, wanted.set, maker), _PAPERS))
            _measure(f"{layout}-{maker}", papers, seen, verbose=wanted.verbose)
    sys.stdout.write(f"vendor memory: {len(names)} layouts × {wanted.makers} makers, papers 2 to {_PAPERS} of each\n")
    _show(seen)
    return 0


def _series(layout: str, usage: LayoutSet, maker: int) -> Iterator[_Paper]:
    """Papers of one maker in a layout, without end."""
    rng = Random(f"{layout}/{maker}/{_SEED}")  # noqa: S311 - reproducible
    family = FAMILIES[usage].get(layout)
    if family is not None:
        for made in made_series(family, _KIND, usage, rng):
            yield _paper(made.pdf, made.truth)
        return
    look, language = LAYOUTS[layout], rng.choice(LANGUAGES)
    first = invented_invoice(_KIND, usage, rng, language)
    while True:
        other = invented_invoice(_KIND, usage, rng, language)
        content = replace(
            other,
            seller=first.seller,
            buyer=first.buyer,
            currency=first.currency,
            bank=first.bank,
            number_called=first.number_called,
            customer_number=first.customer_number,
        )
        yield _paper(render(content, layout), truth_of(content, look.words(content), omits=look.omits))


def _paper(pdf: bytes, truth: Mapping[str, Any]) -> _Paper:
    return _Paper(pdf, truth["fields"], truth["lines"])


def _measure(name: str, papers: Sequence[_Paper], seen: Counter[tuple[str, str, str]], *, verbose: bool) -> None:
    lessons: list[Lesson] = []
    for number, paper in enumerate(papers):
        plain = extract(paper.content, "paper.pdf")
        known = recalled(lessons, sender_keys(plain))
        last = extract(paper.content, "paper.pdf", memories=known) if known else plain
        if number:
            of_first = recalled(lessons[:1], sender_keys(plain))
            first = extract(paper.content, "paper.pdf", memories=of_first) if of_first else plain
            before = _outcomes(plain, paper)
            for way, reading in zip(_WAYS, (plain, first, last), strict=True):
                after = _outcomes(reading, paper)
                seen.update((way, field, outcome) for (field, _), outcome in after.items())
                _compare(f"{name} {number + 1}", way, before, after, seen, verbose=verbose)
        confirmed = _corrected(last, paper)
        observed = observe(paper.content, "paper.pdf", confirmed, known)
        lessons.append(Lesson(sender_keys(confirmed.extraction), observed, _START + timedelta(days=number)))


def _compare(
    name: str,
    way: str,
    before: Mapping[tuple[str, int], str],
    after: Mapping[tuple[str, int], str],
    seen: Counter[tuple[str, str, str]],
    *,
    verbose: bool,
) -> None:
    for key in before.keys() | after.keys():
        was, now = before.get(key, "silent"), after.get(key, "silent")
        good = {"right", "silent"}
        if (was in good) is not (now in good):
            change = "mended" if now in good else "broken"
            seen[way, key[0], change] += 1
            if verbose:
                sys.stdout.write(f"{name} {way}: {key[0]} {key[1] or ''} {change} ({was} → {now})\n")


def _outcomes(reading: Extraction, paper: _Paper) -> dict[tuple[str, int], str]:
    """Of each value that is printed or read: right, wrong, missing or invented; lines by their number from 1."""
    found: dict[tuple[str, int], str] = {}
    for field in _HEADER:
        texts, wanted = {_plain(t) for t in reading.texts(field)}, _wanted(paper.fields.get(field))
        if field == "amount_due" and not wanted and texts == _wanted(paper.fields.get("grand_total")):
            continue  # not printed apart, so the total is what is due
        if texts or wanted:
            found[field, 0] = _outcome(texts, wanted)
    same = len(reading.lines) == len(paper.lines)
    for number, row in enumerate(paper.lines, start=1):
        for field in _LINE:
            text = reading.lines[number - 1].text(field) if same else None
            texts, wanted = ({_plain(text)} if text else set()), _wanted(row.get(field))
            if texts or wanted:
                found[field, number] = _outcome(texts, wanted)
    return found


def _outcome(texts: set[str], wanted: set[str]) -> str:
    if texts == wanted:
        return "right"
    if not texts:
        return "missing"
    return "wrong" if wanted else "invented"


def _wanted(value: Any) -> set[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return {_plain(one) for one in values}


def _plain(value: object) -> str:
    """A value in one form: numbers without trailing zeros, text folded to its letters and digits."""
    try:
        return str(Decimal(str(value)).normalize())
    except InvalidOperation:
        return re.sub(r"[^0-9a-z]", "", fold(str(value)).lower())


def _corrected(reading: Extraction, paper: _Paper) -> Confirmed:
    """The reading with every wrong value typed as the paper's truth has it, and approved."""
    wrong = {key for key, outcome in _outcomes(reading, paper).items() if outcome != "right"}
    fields = {name: paper.fields.get(name) for name, number in wrong if not number}
    lines: dict[int, dict[str, Any]] = {}
    if len(reading.lines) == len(paper.lines):
        for name, number in wrong:
            if number:
                lines.setdefault(number, {})[name] = paper.lines[number - 1].get(name)
    typed = reading
    for corrections in (
        *(Corrections({name: value}) for name, value in sorted(fields.items())),
        *(Corrections({}, (LineCorrection(number, row),)) for number, row in sorted(lines.items())),
    ):
        try:
            typed = corrected(typed, corrections)
        except UsageError as error:
            sys.stderr.write(f"{error.message}\n")
    return Confirmed(typed, tuple(name for name in fields if name not in typed.fields), approved=True)


def _show(seen: Mapping[tuple[str, str, str], int]) -> None:
    sys.stdout.write(f"{'':26}{'values':>7}" + "".join(f"{way:>18}" for way in _WAYS) + "   mended broken\n")
    for title, fields in (("header, F1", _HEADER), ("lines, F1", _LINE)):
        figures = "".join(f"{_f1(seen, way, fields):18.4f}" for way in _WAYS)
        changes = [sum(seen.get((_WAYS[-1], f, change), 0) for f in fields) for change in ("mended", "broken")]
        count = sum(_count(seen, _WAYS[0], f) for f in fields)
        sys.stdout.write(f"{title:26}{count:7}{figures}   {changes[0]:6} {changes[1]:6}\n")
    for field in (*_HEADER, *_LINE):
        count = _count(seen, _WAYS[0], field)
        exact = "".join(f"{_exact(seen, way, field):18.4f}" for way in _WAYS)
        changes = [seen.get((_WAYS[-1], field, change), 0) for change in ("mended", "broken")]
        sys.stdout.write(f"  {field:24}{count:7}{exact}   {changes[0]:6} {changes[1]:6}\n")


def _count(seen: Mapping[tuple[str, str, str], int], way: str, field: str) -> int:
    """How many values of a field are printed."""
    return sum(seen.get((way, field, outcome), 0) for outcome in ("right", "wrong", "missing"))


def _exact(seen: Mapping[tuple[str, str, str], int], way: str, field: str) -> float:
    return seen.get((way, field, "right"), 0) / max(1, _count(seen, way, field))


def _f1(seen: Mapping[tuple[str, str, str], int], way: str, fields: Sequence[str]) -> float:
    right, wrong, missing, invented = (
        sum(seen.get((way, field, outcome), 0) for field in fields)
        for outcome in ("right", "wrong", "missing", "invented")
    )
    return 2 * right / max(1, 2 * right + 2 * wrong + missing + invented)


if __name__ == "__main__":
    sys.exit(main())
