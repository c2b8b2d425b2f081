"""What becomes of the other 160 purchase orders, of the newer vendors: three years in turns of outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle
from random import Random

from service.demo.company.plan import Arrival, Billing, Plan, SentBack

_OLDEST, _LAST_SEASON = 1090, 132
_OLD, _NEW = 66, 94
_STRIDE = 7  # through the vendors: coprime to their number
_Outcome = tuple[str, str, str, str]  # state, arrival, billing, what was sent back

_LONG_AGO: tuple[_Outcome, ...] = (
    ("done", "full", "paid", "nothing"),
    ("done", "full", "paid", "nothing"),
    ("done", "twice", "paid", "nothing"),
    ("purchase", "full", "paid", "nothing"),
    ("done", "full", "paid", "nothing"),
    ("done", "full", "paid", "nothing"),
    ("done", "full", "paid", "credited"),
    ("cancel", "cancelled", "none", "nothing"),
    ("done", "full", "paid", "nothing"),
)
_THIS_SEASON: tuple[_Outcome, ...] = (
    ("purchase", "full", "paid", "nothing"),
    ("purchase", "full", "posted", "nothing"),
    ("purchase", "full", "none", "nothing"),
    ("purchase", "twice", "paid", "nothing"),
    ("purchase", "full", "posted", "credited"),
    ("purchase", "full", "paid", "nothing"),
    ("purchase", "partial", "none", "nothing"),
    ("purchase", "full", "paid", "nothing"),
    ("purchase", "twice", "two", "nothing"),
    ("purchase", "full", "draft", "nothing"),
    ("done", "full", "paid", "nothing"),
    ("purchase", "full", "posted", "uncredited"),
    ("purchase", "full", "half", "nothing"),
    ("purchase", "partial", "paid", "nothing"),
    ("cancel", "cancelled", "none", "nothing"),
    ("purchase", "full", "paid", "nothing"),
    ("purchase", "full", "cancelled", "nothing"),
    ("purchase", "full", "none", "nothing"),
)
_LAST_MONTH: tuple[_Outcome, ...] = (
    ("purchase", "full", "none", "nothing"),
    ("purchase", "full", "posted", "nothing"),
    ("purchase", "partial", "none", "nothing"),
    ("purchase", "full", "draft", "nothing"),
    ("purchase", "none", "none", "nothing"),
)
_ARRIVING: tuple[_Outcome, ...] = (
    ("purchase", "full", "none", "nothing"),
    ("purchase", "none", "none", "nothing"),
)
_JUST_NOW: tuple[_Outcome, ...] = (
    ("purchase", "none", "none", "nothing"),
    ("sent", "none", "none", "nothing"),
    ("to approve", "none", "none", "nothing"),
    ("draft", "none", "none", "nothing"),
    ("cancel", "none", "none", "nothing"),
)
_SEASONS = ((_LAST_SEASON, _LONG_AGO), (45, _THIS_SEASON), (30, _LAST_MONTH), (17, _ARRIVING), (0, _JUST_NOW))


def more_plans(vendor_ids: Iterable[int], with_serials: frozenset[int], rng: Random) -> tuple[Plan, ...]:
    """160 orders, the oldest first. Long ago most of them were of vendors whose goods have serial numbers, which
    customers still own.
    """
    turns = {outcomes: cycle(outcomes) for _, outcomes in _SEASONS}
    timeline = [*_old(vendor_ids, with_serials, rng), *_new(vendor_ids)]
    return tuple(_plan(days_ago, vendor_id, turns, rng) for days_ago, vendor_id in timeline)


def _old(vendor_ids: Iterable[int], with_serials: frozenset[int], rng: Random) -> Iterator[tuple[int, int]]:
    followed, others = cycle(sorted(with_serials)), cycle(id_ for id_ in vendor_ids if id_ not in with_serials)
    step = (_OLDEST - _LAST_SEASON) // _OLD
    for position in range(_OLD):
        days_ago = _OLDEST - position * step - rng.randrange(step)
        yield days_ago, next(others) if position % 3 == 2 else next(followed)


def _new(vendor_ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    vendors = tuple(vendor_ids)
    for position in range(_NEW):
        days_ago = _LAST_SEASON - 2 - position * (_LAST_SEASON - 2) // _NEW
        yield days_ago, vendors[position * _STRIDE % len(vendors)]


def _plan(days_ago: int, vendor_id: int, turns: Mapping[tuple[_Outcome, ...], Iterator[_Outcome]], rng: Random) -> Plan:
    outcomes = next(outcomes for youngest, outcomes in _SEASONS if days_ago >= youngest)
    state, arrival, billing, sent_back = next(turns[outcomes])
    lines = rng.randrange(3, 6)
    return Plan(days_ago, vendor_id, state, Arrival(arrival), Billing(billing), lines, SentBack(sent_back))
