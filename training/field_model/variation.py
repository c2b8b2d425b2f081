"""Varies an example at random: other names, other words for labels or unknown ones, blocks elsewhere on the page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

import extractors.labels
from extractors.choose.piece_signs import Label, Signs
from training.field_model.examples import NAMES, Example

_LETTERS = "eeeeaaaiiioounnrrsttlldcmpbgkvfhwzyj"
_LEGAL = re.compile(
    r"\b(?:gmbh|ag|kg|ltd|inc|llc|plc|s\.?a\.?s?|s\.?r\.?l\.?|s\.?p\.?a\.?|b\.?v\.?|n\.?v\.?|lda\.?|ab|oy|as|sp|z|o|co|"
    r"e|k|og|limited|corp|s\.?l\.?u?\.?)\b\.?",
    re.IGNORECASE,
)
_LEFT, _TOP, _RIGHT, _SIZE, _BOLD, _ADDRESS_SIGNS = 0, 1, 2, 5, 6, (18, 19)  # columns of the looks
_SAME_EDGE, _NEXT_LINE, _BESIDE = 0.6, 2.2, 12.0  # heights of the usual type
_ITEMS_BEGIN, _ITEMS_END = 0.33, 0.75  # shares of the page's height between which nothing is moved

Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class _Draft:
    """An example's description while it is varied."""

    texts: list[str]
    labels: list[tuple[Label, ...]]
    looks: Floats
    boxes: Floats


def varied(example: Example, rng: Random) -> Example:
    """Another example that teaches the same."""
    signs = example.signs
    draft = _Draft(list(signs.texts), list(signs.labels), np.array(signs.looks, "f4"), np.array(signs.boxes, "f4"))
    named = {place for name in NAMES for place in example.places.get(name, ())}
    if rng.random() < 0.6:
        _rename(draft, signs, named, rng)
    _relabel(draft, named, rng)
    if rng.random() < 0.2:
        draft.texts = [with_slip(rng, text) if rng.random() < 0.12 else text for text in draft.texts]
    if rng.random() < 0.5:
        _move_blocks(draft, signs, rng)
    _stretch(draft, signs, rng)
    _blur_type(draft, rng)
    for column in _ADDRESS_SIGNS:
        if rng.random() < 0.15:
            draft.looks[:, column] = 0
    wanted = {place for places in example.places.values() for place in places}
    kept = [place for place in range(len(signs.texts)) if place in wanted or rng.random() > 0.06]
    return _only(replace(example, signs=_signs(draft, signs)), kept)


def _signs(draft: _Draft, signs: Signs) -> Signs:
    return replace(
        signs,
        texts=tuple(draft.texts),
        labels=tuple(draft.labels),
        looks=tuple(map(tuple, draft.looks.tolist())),
        boxes=tuple(map(tuple, draft.boxes.tolist())),
    )


def _only(example: Example, kept: Sequence[int]) -> Example:
    """The example without the pieces that aren't kept."""
    signs, now = example.signs, {place: number for number, place in enumerate(kept)}
    fewer = replace(
        signs,
        **{
            name: tuple(getattr(signs, name)[place] for place in kept)
            for name in ("texts", "types", "labels", "looks", "boxes", "lines", "segments")
        },
    )
    places = {name: tuple(now[place] for place in places) for name, places in example.places.items()}
    return replace(example, signs=fewer, places=places)


def _rename(draft: _Draft, signs: Signs, named: set[int], rng: Random) -> None:
    """Other names, the same one everywhere."""
    others: dict[str, str] = {}
    for place in named:
        text = draft.texts[place]
        if signs.types[place] is None:
            draft.texts[place] = others.setdefault(text, _other_name(rng, text))


def _relabel(draft: _Draft, named: set[int], rng: Random) -> None:
    """Other words for the same label, words that nobody knows, labels that aren't recognised."""
    knows_none = rng.random() < 0.12
    unknown = rng.choice((0.0, 0.1, 0.3))
    for place, labels in enumerate(draft.labels):
        if place in named or not labels:
            continue
        text, roll = draft.texts[place], rng.random()
        if roll < 0.35:
            label = rng.choice(labels)
            phrases = _phrases().get(label.name)
            draft.texts[place] = text[: label.start] + rng.choice(phrases) + text[label.end :] if phrases else text
        elif roll < 0.45:
            draft.texts[place] = gibberish(rng, text)
            draft.labels[place] = ()
        if knows_none or rng.random() < unknown:
            draft.labels[place] = ()
        if rng.random() < 0.06:
            draft.texts[place] = with_slip(rng, draft.texts[place])


@cache
def _phrases() -> Mapping[str, Sequence[str]]:
    """The phrases of the label files, by the names of labels."""
    found: dict[str, list[str]] = {}
    folder = Path(str(extractors.labels.__file__)).parent
    sections = ((folder, "invoice", "fields"), (folder, "column", "columns"), (folder, "kind", "kinds"))
    for root, family, section in (*sections, (folder / "forms", "form", "fields")):
        for path in sorted(root.glob("*.toml")):
            for name, texts in tomllib.loads(path.read_text("utf-8")).get(section, {}).items():
                found.setdefault(f"{family}:{name}", []).extend(texts)
    return found


def gibberish(rng: Random, text: str) -> str:
    """Words of other letters in place of those of three letters and more."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        made = "".join(rng.choice(_LETTERS) for _ in range(max(2, len(word) + rng.randint(-2, 2))))
        return made.upper() if word.isupper() else made.capitalize() if word[0].isupper() else made

    return re.sub(r"[^\W\d_]{3,}", other, text)


def _other_name(rng: Random, text: str) -> str:
    """A name of the same shape; legal forms stay."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        return word if _LEGAL.fullmatch(word) or len(word) < 3 else gibberish(rng, word)

    return re.sub(r"[^\W\d_]+\.?", other, text)


def with_slip(rng: Random, text: str) -> str:
    """The text with a letter lost, changed, or a space too many, as recognition leaves it."""
    if not text:
        return text
    place, roll = rng.randrange(len(text)), rng.random()
    if roll < 0.4:
        return text[:place] + text[place + 1 :]
    return text[:place] + (rng.choice(_LETTERS) + text[place + 1 :] if roll < 0.8 else " " + text[place:])


def _blur_type(draft: _Draft, rng: Random) -> None:
    """No bold type, and sizes less sure, as on scans."""
    if rng.random() < 0.3:
        draft.looks[:, _BOLD] = 0
    if rng.random() < 0.3:
        noise = np.array([rng.gauss(0, 0.05) for _ in draft.texts], "f4")
        draft.looks[:, _SIZE] = np.clip(draft.looks[:, _SIZE] * rng.uniform(0, 1.2) + noise, -1, 4)


def _stretch(draft: _Draft, signs: Signs, rng: Random) -> None:
    """The page a little wider or narrower, longer or shorter, and elsewhere on its sheet."""
    wide, high = rng.uniform(0.9, 1.08), rng.uniform(0.88, 1.08)
    right, down = rng.uniform(-0.04, 0.04), rng.uniform(-0.04, 0.04)
    draft.boxes[:, 0::2] = draft.boxes[:, 0::2] * wide + right * signs.width
    draft.boxes[:, 1::2] = draft.boxes[:, 1::2] * high + down * signs.height
    for column in (_LEFT, _RIGHT):
        draft.looks[:, column] = draft.looks[:, column] * wide + right
    draft.looks[:, _TOP] = draft.looks[:, _TOP] * high + down


def _move_blocks(draft: _Draft, signs: Signs, rng: Random) -> None:
    """Blocks of the page's head and foot elsewhere, with what stands beside their lines."""
    for block in _blocks(draft.boxes):
        top = draft.boxes[block[0], 1] / signs.height
        if len(block) > 1 and rng.random() >= 0.5 and not _ITEMS_BEGIN < top < _ITEMS_END:
            _move(draft, signs, [*block, *_beside(draft.boxes, signs, block)], rng)


def _move(draft: _Draft, signs: Signs, group: list[int], rng: Random) -> None:
    left, right = float(draft.boxes[group, 0].min()), float(draft.boxes[group, 2].max())
    if right - left > 0.75 * signs.width:
        return
    across = rng.uniform(0.04 * signs.width - left, 0.96 * signs.width - right)
    down = rng.uniform(-0.05, 0.05) * signs.height
    draft.boxes[group] += np.array([across, down, across, down], "f4")
    draft.looks[group, _LEFT] += across / signs.width
    draft.looks[group, _RIGHT] += across / signs.width
    draft.looks[group, _TOP] += down / signs.height


def _blocks(boxes: Floats) -> list[list[int]]:
    """Pieces beneath one another whose left edges agree."""
    blocks: list[list[int]] = []
    for place, box in enumerate(boxes):
        for block in blocks:
            last = boxes[block[-1]]
            if abs(last[0] - box[0]) < _SAME_EDGE and 0 < box[1] - last[1] < _NEXT_LINE:
                block.append(place)
                break
        else:
            blocks.append([place])
    return blocks


def _beside(boxes: Floats, signs: Signs, block: Sequence[int]) -> list[int]:
    members = set(block)
    return [
        place
        for place, box in enumerate(boxes)
        if place not in members
        and any(signs.lines[place] == signs.lines[m] and 0 < box[0] - boxes[m][2] < _BESIDE for m in block)
    ]
