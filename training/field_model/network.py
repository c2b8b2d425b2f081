"""The network: pieces attend to each other by how they stand on the page, then each is weighed for each field."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from extractors.choose.piece_signs import BUCKETS, LOOKS

_WIDTH, _LAYERS, _HEADS = 96, 3, 4
_TEXT, _LABELS, _RELATION = 48, 48, 24
_RELATIONS = 9
_NEVER = -1e4


class _Block(nn.Module):
    """Attention whose weights get a bias for each pair of pieces, and a layer over each piece."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.after = nn.LayerNorm(_WIDTH), nn.LayerNorm(_WIDTH)
        self.parts, self.out = nn.Linear(_WIDTH, 3 * _WIDTH), nn.Linear(_WIDTH, _WIDTH)
        self.wide = nn.Sequential(nn.Linear(_WIDTH, 2 * _WIDTH), nn.GELU(), nn.Linear(2 * _WIDTH, _WIDTH))
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        count, length, _ = x.shape
        parts = self.parts(self.before(x)).reshape(count, length, 3, _HEADS, _WIDTH // _HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        weights = (query @ key.transpose(-1, -2) / (_WIDTH // _HEADS) ** 0.5 + bias).softmax(-1)
        x = x + self.drop(self.out((weights @ value).transpose(1, 2).reshape(count, length, _WIDTH)))
        return x + self.drop(self.wide(self.after(x)))


class FieldNetwork(nn.Module):
    """Points of each piece for each field, in the last row of "none of them": documents × (pieces + 1) × fields."""

    def __init__(self, labels: int, fields: int) -> None:
        super().__init__()
        self.words = nn.Embedding(BUCKETS + 1, _TEXT, padding_idx=0)
        self.labels = nn.Linear(labels, _LABELS, bias=False)
        self.enter = nn.Sequential(
            nn.Linear(_TEXT + _LABELS + LOOKS, 2 * _WIDTH), nn.GELU(), nn.Linear(2 * _WIDTH, _WIDTH)
        )
        self.relation = nn.Sequential(
            nn.Linear(_RELATIONS, _RELATION), nn.GELU(), nn.Linear(_RELATION, _HEADS * _LAYERS)
        )
        self.blocks = nn.ModuleList(_Block() for _ in range(_LAYERS))
        self.leave = nn.LayerNorm(_WIDTH)
        self.score = nn.Sequential(nn.Linear(_WIDTH, _WIDTH), nn.GELU(), nn.Linear(_WIDTH, fields))
        self.none = nn.Linear(_WIDTH, fields)

    def forward(
        self, ids: Tensor, labels: Tensor, looks: Tensor, boxes: Tensor, lines: Tensor, segments: Tensor, mask: Tensor
    ) -> Tensor:
        """The points, of the inputs that ``arrays_of`` makes."""
        known = (ids > 0).float().unsqueeze(-1)
        text = (self.words(ids) * known).sum(2) / known.sum(2).clamp(min=1).sqrt()
        x = self.enter(torch.cat([text, self.labels(labels), looks], -1))
        bias = self.relation(_relations(boxes, lines, segments)).permute(0, 3, 1, 2)
        absent = ((1 - mask) * _NEVER)[:, None, None, :]
        for number, block in enumerate(self.blocks):
            x = block(x, bias[:, number * _HEADS : (number + 1) * _HEADS] + absent)
        x = self.leave(x) * mask.unsqueeze(-1)
        none = self.none(x.sum(1) / mask.sum(1, keepdim=True))
        score = self.score(x) + ((1 - mask) * _NEVER).unsqueeze(-1)
        return torch.cat([score, none.unsqueeze(1)], 1)


class Likelihoods(nn.Module):
    """What ships: how likely (0..1) each piece is each field's value."""

    def __init__(self, network: FieldNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, labels: Tensor, looks: Tensor, boxes: Tensor, lines: Tensor, segments: Tensor, mask: Tensor
    ) -> Tensor:
        """The likelihoods, of the same inputs."""
        return self.network(ids, labels, looks, boxes, lines, segments, mask).softmax(1)


def _relations(boxes: Tensor, lines: Tensor, segments: Tensor) -> Tensor:
    """How each piece stands to each other one: gaps and offsets, shared stretch, same line and same segment."""
    x0, y0, x1, y1 = boxes.unbind(-1)
    shared = torch.minimum(_of(x1), _to(x1)) - torch.maximum(_of(x0), _to(x0))
    narrower = torch.minimum(_of(x1 - x0), _to(x1 - x0)) + 0.1
    lower = (_to(y0 + y1) - _of(y0 + y1)) / 2
    return torch.stack(
        [
            _damped(_to(x0) - _of(x1)),
            _damped(_of(x0) - _to(x1)),
            _damped(_to(x0) - _of(x0)),
            _damped(_to(x1) - _of(x1)),
            _damped(lower),
            shared.clamp(min=0) / narrower,
            (_of(lines) == _to(lines)).float(),
            (_of(segments) == _to(segments)).float(),
            (lower.abs() < 0.5).float(),
        ],
        -1,
    )


def _of(values: Tensor) -> Tensor:
    return values.unsqueeze(2)


def _to(values: Tensor) -> Tensor:
    return values.unsqueeze(1)


def _damped(values: Tensor) -> Tensor:
    return torch.sign(values) * torch.log1p(values.abs())
