"""Lines that stand on several pages alike: running heads and feet, which belong to no table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.layout.lines import TextLine
from service.domain.documents import Page

_MARGIN = 0.12  # share of the page's height at top and bottom where running lines stand
_SAME_PLACE = 4.0  # points
_FIGURES = re.compile(r"[\d\W_]+")
_MONEY = re.compile(r"(?<![\d.,])\d[\d.,' ]*[.,]\d{2}(?![\d.,])")


def furniture_of(pages: Sequence[Page], lines: Sequence[TextLine]) -> frozenset[int]:
    """The numbers of the lines that repeat at the same place on another page, figures left aside. A table's rows may be
    alike too: with amounts in them, only the very same text runs.
    """
    places: defaultdict[tuple[str, int], list[TextLine]] = defaultdict(list)
    for line in lines:
        height = pages[line.page - 1].size.height
        if not _MARGIN * height < line.box.y_mid < (1 - _MARGIN) * height:
            places[_FIGURES.sub("", line.text), round(line.box.top / _SAME_PLACE)].append(line)
    repeated = (found for found in places.values() if len({line.page for line in found}) > 1 and not _are_rows(found))
    return frozenset(line.number for found in repeated for line in found)


def _are_rows(lines: Sequence[TextLine]) -> bool:
    return len({line.text for line in lines}) > 1 and any(_MONEY.search(line.text) for line in lines)
