"""Teaches the network by varied examples, layouts in turn, and writes what it learnt as the file that ships."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import onnx
import torch
from torch import Tensor

from extractors.choose.piece_signs import LOOKS, MOST_IDS
from extractors.engines.field_model import FIELDS as CARRIED_FIELDS
from extractors.engines.field_model import INPUTS, arrays_of
from extractors.engines.field_model import LABELS as CARRIED_LABELS
from service.domain.documents import BILLABLE_KINDS, CUSTOMER_KINDS
from training.field_model.examples import COMPOSED, FIELDS, Example
from training.field_model.network import FieldNetwork, Likelihoods
from training.field_model.variation import varied

_BATCH, _ALIKE = 8, 8  # examples of a step; steps that are drawn at once, so that they are of like length
_RATE, _WARM_UP, _SLOWEST = 1.5e-3, 100, 0.02
_DECAY, _LARGEST_STEP = 0.02, 1.0
_VARIED = 0.9  # share of the examples
_OF_COMPOSED = 1.5  # how often composed pages are drawn, beside all printed layouts together
_NEVER = -1e9
_REPORTED = 200  # steps

Groups = dict[tuple[str, str], list[Example]]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """The inputs of some examples, which pieces (in the last row: none) are the values, and which fields are taught."""

    inputs: tuple[Tensor, ...]
    wanted: Tensor
    taught: Tensor


class Learner:
    """A network and the examples that it learns from; the same seed gives the same network."""

    def __init__(self, examples: Sequence[Example], seed: int) -> None:
        torch.manual_seed(seed)
        torch.set_num_threads(1)
        self.labels = tuple(sorted({one.name for e in examples for found in e.signs.labels for one in found}))
        self.network = FieldNetwork(len(self.labels), len(FIELDS))
        self._draws = _draws(examples, Random(seed))  # noqa: S311 - reproducible

    def learn(self, steps: int) -> Iterator[tuple[int, float]]:
        """Train for so many steps; yields step and mean loss now and then."""
        numbers = {name: number for number, name in enumerate(self.labels)}
        optimizer = torch.optim.AdamW(self.network.parameters(), _RATE, weight_decay=_DECAY)
        mean = 0.0
        for step in range(steps):
            for group in optimizer.param_groups:
                group["lr"] = _RATE * min(1.0, (step + 1) / _WARM_UP) * max(_SLOWEST, 1 - step / steps)
            loss = _loss(self.network, _lesson(next(self._draws), numbers))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), _LARGEST_STEP)
            optimizer.step()
            mean = loss.item() if step == 0 else 0.99 * mean + 0.01 * loss.item()
            if step % _REPORTED == 0:
                yield step, mean


def _draws(examples: Sequence[Example], rng: Random) -> Iterator[list[Example]]:
    """Examples for one step after the other, those of a step of like length."""
    groups: Groups = {}
    for example in examples:
        groups.setdefault((example.kind, example.layout), []).append(example)
    weights = [_weight(key, groups) for key in groups]
    while True:
        drawn = [rng.choice(groups[key]) for key in rng.choices(list(groups), weights, k=_BATCH * _ALIKE)]
        drawn.sort(key=lambda example: len(example.signs.texts))
        steps = [drawn[start : start + _BATCH] for start in range(0, len(drawn), _BATCH)]
        rng.shuffle(steps)
        for chosen in steps:
            yield [varied(example, rng) if rng.random() < _VARIED else example for example in chosen]


def _weight(key: tuple[str, str], groups: Groups) -> float:
    """How often a group is drawn: layouts evenly, forms more often, look-alikes less; composed pages by kind."""
    kind, layout = key
    if layout == COMPOSED:
        printed = sum(other != COMPOSED for _, other in groups)
        return _OF_COMPOSED * printed / 4 * (1.4 if kind in (*CUSTOMER_KINDS, "supplier_invoice") else 0.4)
    return 1.0 if kind in BILLABLE_KINDS else 1.6 if kind in CUSTOMER_KINDS else 0.5


def _lesson(examples: Sequence[Example], labels: dict[str, int]) -> _Lesson:
    arrays = arrays_of([example.signs for example in examples], labels)
    longest = arrays[0].shape[1]
    wanted = np.zeros((len(examples), longest + 1, len(FIELDS)), np.float32)
    taught = np.zeros((len(examples), len(FIELDS)), np.float32)
    for row, example in enumerate(examples):
        for field in example.taught:
            column, places = FIELDS.index(field), example.places.get(field)
            if places == ():
                continue
            wanted[row, [longest] if places is None else list(places), column] = 1
            taught[row, column] = 1
    return _Lesson(tuple(map(torch.from_numpy, arrays)), torch.from_numpy(wanted), torch.from_numpy(taught))


def _loss(network: FieldNetwork, lesson: _Lesson) -> Tensor:
    """How unlikely the right pieces are; any of several will do."""
    points = network(*lesson.inputs).log_softmax(1)
    right = torch.logsumexp(points.masked_fill(lesson.wanted == 0, _NEVER), 1)
    return -(right * lesson.taught).sum() / lesson.taught.sum().clamp(min=1)


def ship(network: FieldNetwork, labels: Sequence[str], path: Path) -> None:
    """Write the network with its fields' and labels' names as ONNX."""
    network.eval()
    pieces = 50
    inputs = (
        torch.randint(1, 99, (1, pieces, MOST_IDS)),
        torch.rand(1, pieces, len(labels)),
        torch.rand(1, pieces, LOOKS),
        torch.rand(1, pieces, 4) * 50,
        torch.arange(pieces)[None],
        torch.arange(pieces)[None],
        torch.ones(1, pieces),
    )
    length = torch.export.Dim("pieces", min=2, max=4096)
    torch.onnx.export(
        Likelihoods(network),
        inputs,
        str(path),
        input_names=list(INPUTS),
        output_names=["likelihoods"],
        dynamic_shapes=tuple({1: length} for _ in inputs),
        dynamo=True,
        external_data=False,
    )
    model = onnx.load(str(path))
    onnx.helper.set_model_props(model, {CARRIED_FIELDS: json.dumps(FIELDS), CARRIED_LABELS: json.dumps(list(labels))})
    onnx.save(model, str(path))
