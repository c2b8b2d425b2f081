"""A sheet on which labels and values are put down in many ways: words with boxes, no picture."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import extractors.labels
from service.domain.documents import Page, PageSize, Word
from service.domain.geometry import Box
from training.field_model.chance import Chance
from training.field_model.variation import gibberish

_SIZES = ((595.0, 842.0), (595.0, 842.0), (595.0, 842.0), (612.0, 792.0))
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_DATES = ("d.m.Y", "d.m.Y", "d/m/Y", "d/m/Y", "Y-m-d", "d-m-Y", "text", "d.m.y", "m/d/Y")
_WAYS = ("inline", "columns", "columns", "above", "above", "band", "right", "lines")
_THIN, _BROAD = 0.28, 0.69
_BAND_CELL, _TWO_COLUMNS, _NARROW = 95.0, 380.0, 170.0  # points

Phrases = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Item:
    """A label with its value, none where the form is left empty; ``field`` where it is one to learn."""

    label: str
    value: str | None
    field: str | None = None


@cache
def phrases(family: str, section: str) -> Phrases:
    """The phrases of a section of the label files, by language and name."""
    folder = Path(str(extractors.labels.__file__)).parent / family
    found: dict[str, Mapping[str, Sequence[str]]] = {}
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        found[str(data["language"])] = data.get(section, {})
    return found


class Sheet:
    """Words put down so far, and which of them are a field's value (``marked``: field, first word, past the last)."""

    def __init__(self, rng: Chance, family: str) -> None:
        self.rng, self.family = rng, family
        self.language = rng.choice(sorted(phrases(family, "fields")))
        self.width, self.height = rng.choice(_SIZES)
        self.words: list[Word] = []
        self.marked: list[tuple[str, int, int]] = []
        self.size = rng.uniform(7.5, 11)
        self._breadth, self._is_typewriter = rng.uniform(0.92, 1.1), rng.yes(0.05)
        self.colon = rng.choice((":", ":", "", "", " :", ".", ":"))
        self._case = rng.choice((str, str, str, str.upper, str.lower))
        self.label_bold, self._value_bold = rng.yes(0.35), rng.yes(0.12)
        self.label_size = self.size * rng.choice((1, 1, 1, 0.8, 0.75, 0.9))
        self.left, self.right = rng.uniform(28, 75), self.width - rng.uniform(28, 70)
        self._date_shape, self._mark = rng.choice(_DATES), rng.choice(",,.")
        self._currency = rng.choice(("", "", " €", "€", " EUR", "$", "£", " CHF"))

    def page(self) -> Page:
        """The sheet as read."""
        ordered = sorted(self.words, key=lambda word: (word.box.top, word.box.x0))
        return Page(1, PageSize(self.width, self.height), tuple(ordered))

    def length(self, text: str, size: float) -> float:
        """Of a text in points."""
        if self._is_typewriter:
            return 0.6 * size * len(text)
        return sum(map(_breadth, text)) * size * self._breadth

    def fitting(self, text: str, room: float, size: float) -> str:
        """The text without its last words, as long as it has too little room."""
        while self.length(text, size) > room and " " in text:
            text = text.rsplit(" ", 1)[0]
        return text

    def put(
        self,
        x: float,
        top: float,
        text: str,
        size: float | None = None,
        *,
        bold: bool = False,
        field: str | None = None,
        share: float = 0.0,
    ) -> float:
        """Put a text down, ``share`` of it left of ``x``; returns where it ends."""
        size = size or self.size
        at, first = x - share * self.length(text, size), len(self.words)
        for word in text.split(" "):
            end = at + self.length(word, size)
            if word:
                self.words.append(Word(word, Box(at, top, end, top + 1.05 * size), 1, size, bold))
            at = end + self.length(" ", size)
        if field:
            self.marked.append((field, first, len(self.words)))
        return at

    def phrase(self, name: str, section: str = "fields") -> str:
        """How the sheet's language says it, now and then a word that nobody knows."""
        family = "" if section == "kinds" else self.family
        table = phrases(family, section)
        known = table.get(self.language, {}).get(name) or [p for one in table.values() for p in one.get(name, ())]
        text = self.rng.choice(known) if known else name.replace("_", " ")
        text = gibberish(self.rng, text) if self.rng.yes(0.07) else text
        return str(self._case(text[:1].upper() + text[1:]))

    def label(self, name: str) -> str:
        """The phrase with the sheet's colon."""
        return self.phrase(name) + self.colon

    def date(self) -> str:
        """A day as the sheet writes days."""
        rng = self.rng
        day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2023, 2026)
        if self._date_shape == "text":
            name = _MONTHS.get(self.language, _MONTHS["en"]).split()[month - 1]
            spoken = {"de": f"{day}. {name} {year}", "es": f"{day} de {name} de {year}"}
            return spoken.get(self.language) or (f"{day} {name} {year}" if rng.yes(0.8) else f"{name} {day}, {year}")
        parts = {"d": f"{day:02d}", "m": f"{month:02d}", "Y": str(year), "y": str(year)[2:]}
        return "".join(parts.get(character, character) for character in self._date_shape)

    def money(self, value: float | None = None) -> str:
        """An amount as the sheet writes amounts."""
        top = self.rng.choice((90, 900, 9000))
        text = f"{self.rng.uniform(2, top) if value is None else value:,.2f}"
        if self._mark == ",":
            text = text.translate(str.maketrans(",.", ".,"))
        if self._currency in ("€", "$", "£"):
            return self._currency + text
        return text + (self._currency if self.rng.yes(0.8) else "")

    def block(
        self, lines: Sequence[tuple[str, str | None]], x: float, top: float, *, size: float, share: float
    ) -> float:
        """Texts one below another, with their fields; returns the top of the next one."""
        for text, field in lines:
            self.put(x, top, text, size, field=field, share=share)
            top += 1.25 * size
        return top

    def pairs(self, items: Sequence[Item], x0: float, x1: float, top: float, way: str | None = None) -> float:
        """Labels with their values in one of many ways; returns the top of what follows."""
        way = way or self.rng.choice(_WAYS)
        if way == "band" and len(items) > 1:
            return self._band(items, x0, x1, top)
        if way == "above":
            return self._above(items, x0, x1, top)
        return self._beside(items, x0, x1, top, way)

    def _band(self, items: Sequence[Item], x0: float, x1: float, top: float) -> float:
        """Rows of labels above rows of values."""
        count = max(2, min(len(items), int((x1 - x0) / _BAND_CELL)))
        step = self.size * self.rng.uniform(1.25, 2.2)
        for start in range(0, len(items), count):
            row = items[start : start + count]
            cell = (x1 - x0) / len(row)
            for place, item in enumerate(row):
                self._name(x0 + place * cell, top, item, cell - 8)
                self._enter(x0 + place * cell, top + step, item)
            top += 2 * step + 0.8 * self.size
        return top

    def _above(self, items: Sequence[Item], x0: float, x1: float, top: float) -> float:
        """Each label above its value."""
        columns = 1 if x1 - x0 < _NARROW else self.rng.choice((1, 2, 2, 3) if x1 - x0 > 300 else (1, 2))
        cell, gap = (x1 - x0) / columns, self.label_size * self.rng.uniform(1.1, 1.6)
        for start in range(0, len(items), columns):
            for place, item in enumerate(items[start : start + columns]):
                self._name(x0 + place * cell, top, item, cell - 8)
                self._enter(x0 + place * cell + self.rng.choice((0, 0, 3)), top + gap, item)
            top += gap + self.size * self.rng.uniform(1.5, 2.4)
        return top

    def _beside(self, items: Sequence[Item], x0: float, x1: float, top: float, way: str) -> float:
        """Each value right of its label: close to it, in a column of its own, or at the right edge."""
        columns = 2 if x1 - x0 > _TWO_COLUMNS and way != "right" and self.rng.yes(0.55) else 1
        cell, step = (x1 - x0) / columns, self.size * self.rng.uniform(1.25, 2.2)
        longest = max((self.length(item.label, self.label_size) for item in items), default=60.0)
        tab = min(longest + self.rng.uniform(8, 40), 0.62 * cell)
        for start in range(0, len(items), columns):
            for place, item in enumerate(items[start : start + columns]):
                self._beside_one(item, x0 + place * cell, top, cell, tab, way)
            top += step
        return top

    def _beside_one(self, item: Item, x: float, top: float, cell: float, tab: float, way: str) -> None:
        if way in ("inline", "lines"):
            end = self.put(x, top, item.label, self.label_size, bold=self.label_bold)
            if item.value is None and way == "lines":
                self.put(end + 3, top, "_" * 20)
            self._enter(end + (self.rng.choice((2, 10, 20)) if way == "lines" else 0), top, item)
            return
        self._name(x, top, item, tab - 2)
        if way == "right":
            self._enter(x + cell, top, item, share=1.0)
        else:
            self._enter(x + tab, top, item)

    def _name(self, x: float, top: float, item: Item, room: float) -> None:
        self.put(x, top, self.fitting(item.label, room, self.label_size), self.label_size, bold=self.label_bold)

    def _enter(self, x: float, top: float, item: Item, share: float = 0.0) -> None:
        if item.value:
            self.put(x, top, item.value, bold=self._value_bold, field=item.field, share=share)


def _breadth(character: str) -> float:
    if character in " ilj.,:;'|!It()-":
        return _THIN
    return 0.556 if character.isdigit() else _BROAD if character.isupper() else 0.53
