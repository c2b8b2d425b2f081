"""Names columns by what stands in them, where their headers are unknown words or may mean several things."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.choose.forms.legends import code_in, reason_codes
from extractors.choose.forms.meanings import line_type_of, reason_of
from extractors.choose.headers import NAMELESS, Header
from extractors.choose.reading import Reading
from extractors.labels import squeeze
from extractors.layout.tables import Column

_COUNT = re.compile(r"[x×]?\s?\d{1,4}(?:[.,]\d{1,2})?\s?(?:[x×]|[^\W\d_]{1,5}\.?)?", re.IGNORECASE)
_CODE = re.compile(r"(?=[^ ]*\d)[A-Z0-9][\w./#+-]{2,}(?: [A-Z0-9][\w./#+-]*){0,2}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MONEY = re.compile(r"\W{0,2}\d[\d.,' ]*[.,]\d{2}\W{0,3}")
_LONG = 0.6  # of the longest column's letters that the goods' names have at least
_SURE = 0.8  # share of the cells that are of a kind
Cells = Sequence[Sequence[str]]  # the texts of each column, row by row; those without text left out


def named_by_content(reading: Reading, header: Header, cells: Cells) -> Header:
    """The header with its columns named as what stands in them says."""
    columns = list(header.columns)
    for name in (_types, _wordy_numbers, _codes_and_words, _counts, _prices, _codes, _reasons):
        name(reading, columns, cells)
    return header if tuple(columns) == header.columns else replace(header, columns=tuple(columns))


def _types(reading: Reading, columns: list[Column], cells: Cells) -> None:
    """A column that holds nothing but types of lines, whatever its header calls it."""
    for place in _places(columns, "line_type"):
        if any(line_type_of(reading, text) is not None for text in cells[place]) or not _are(cells[place], _is_code):
            return
        _name(columns, place, NAMELESS if _have(columns, "product_code") else "product_code")
    described = len(_places(columns, "description"))
    for place, column in enumerate(columns):
        senses = [line_type_of(reading, text) for text in cells[place]]
        spare = not column.means("description") or described > 1
        if senses and spare and all(sense is not None and sense.sure == 1.0 for sense in senses):
            _name(columns, place, "line_type")
            return


def _wordy_numbers(reading: Reading, columns: list[Column], cells: Cells) -> None:  # noqa: ARG001
    """A column of words neither numbers the rows nor counts: "Tire size and line"."""
    for place in (*_places(columns, "line_number"), *_places(columns, "quantity")):
        if _are(cells[place], _is_wordy) and not _are(cells[place], _is_count):
            _name(columns, place, NAMELESS)


def _codes_and_words(reading: Reading, columns: list[Column], cells: Cells) -> None:  # noqa: ARG001 - one shape for all
    """Of columns that may each describe the goods, the one with words does; one with codes has their numbers."""
    described = _places(columns, "description")
    wordy = [place for place in range(len(columns)) if _are(cells[place], _is_wordy)]
    coded = [place for place in described if _are(cells[place], _is_code)]
    free = [p for p in wordy if columns[p].names[0] in (NAMELESS, "product_code")]
    free = free or [p for p in wordy if columns[p].means("other")]
    if len(described) > 1 and coded and len(coded) < len(described):
        _name(columns, coded[0], "serial_number" if _have(columns, "product_code") else "product_code")
    elif (not described or coded == described) and free:
        most = max(sum(map(len, cells[place])) for place in free)
        _name(columns, next(p for p in free if sum(map(len, cells[p])) >= _LONG * most), "description")
        if coded and not _have(columns, "product_code"):
            _name(columns, coded[0], "product_code")


def _counts(reading: Reading, columns: list[Column], cells: Cells) -> None:
    """Where no column has quantities: one that seemed to number the rows but doesn't, else a nameless one."""
    if _have(columns, "quantity"):
        return
    returned = [place for place in _places(columns, "other") if _is_returned(reading, columns[place].header)]
    for places in (returned, _places(columns, "line_number"), _places(columns, NAMELESS)):
        for place in places:
            counts = cells[place]
            numbered = place == 0 and [c.strip(".") for c in counts] == [str(n + 1) for n in range(len(counts))]
            numbered = numbered and len(counts) > 1
            if counts and not numbered and _are(counts, _is_count):
                _name(columns, place, "quantity")
                return


def _codes(reading: Reading, columns: list[Column], cells: Cells) -> None:  # noqa: ARG001
    """A column of numbers of rows that holds codes has those of the goods; so has a nameless one."""
    if _have(columns, "product_code"):
        return
    for name in ("line_number", NAMELESS):
        for place in _places(columns, name):
            if _are(cells[place], _is_code):
                _name(columns, place, "product_code")
                return


def _reasons(reading: Reading, columns: list[Column], cells: Cells) -> None:
    """A nameless column of reasons, in words or as codes that the form explains."""
    if _have(columns, "reason"):
        return
    known = reason_codes(reading)
    for place in _places(columns, NAMELESS):
        if _are(cells[place], lambda text: code_in(text) in known or reason_of(reading, text) is not None):
            _name(columns, place, "reason")
            return


def _is_returned(reading: Reading, header: str) -> bool:
    """Whether a header says that its column is of what comes back."""
    return any(m.name == "return" for m in reading.vocabulary.lexicon.table("stems").get(squeeze(header), ()))


def _prices(reading: Reading, columns: list[Column], cells: Cells) -> None:  # noqa: ARG001
    """Prices and sums where no column has them: money that is named by nothing but a unit or an unknown word."""
    free = [p for p, c in enumerate(columns) if c.names[0] in (NAMELESS, "other") and _are(cells[p], _is_money)]
    if free and not _have(columns, "unit_price"):
        _name(columns, free.pop(0), "unit_price")
    prices = _places(columns, "unit_price")
    free = [*free, *prices[1:]]
    if free and free[-1] > prices[0] and not _have(columns, "line_total"):
        _name(columns, free[-1], "line_total")


def _is_money(text: str) -> bool:
    return _MONEY.fullmatch(text) is not None


def _is_wordy(text: str) -> bool:
    return bool(_WORD.search(text)) and not _is_code(text)


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None and not _is_money(text)


def _is_count(text: str) -> bool:
    return _COUNT.fullmatch(text) is not None


def _are(texts: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(fits, texts)) >= _SURE * len(texts)


def _have(columns: Sequence[Column], name: str) -> bool:
    return bool(_places(columns, name))


def _places(columns: Sequence[Column], name: str) -> list[int]:
    return [place for place, column in enumerate(columns) if column.means(name)]


def _name(columns: list[Column], place: int, name: str) -> None:
    columns[place] = replace(columns[place], names=(name,))
