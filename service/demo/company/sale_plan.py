"""What becomes of each of the 150 sale orders: how far it came, what was paid, what came back or broke."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Sending(StrEnum):
    """What was delivered of a sale order."""

    NONE = "none"  # not confirmed
    AWAITED = "awaited"
    FULL = "full"
    PARTIAL = "partial"  # the rest waits in a backorder
    TWICE = "twice"  # a part, and the rest in a backorder that is done too
    CANCELLED = "cancelled"


class Invoicing(StrEnum):
    """What was invoiced: all that was ordered, or nothing."""

    NONE = "none"
    DRAFT = "draft"
    POSTED = "posted"
    CANCELLED = "cancelled"


class Settlement(StrEnum):
    """How the customer paid."""

    OPEN = "open"
    PAYMENT = "payment"  # entered, and found in the bank's statement
    UNBANKED = "unbanked"  # entered, not in the bank's statement yet
    BANK = "bank"  # a statement line that settles the invoice directly
    PARTS = "parts"  # in two payments
    PART = "part"  # a part only
    TWICE = "twice"  # the whole amount twice: the second one is left over


class Comeback(StrEnum):
    """What came back after the delivery."""

    NOTHING = "nothing"
    CREDITED = "credited"  # credit note posted and, where there was a payment, paid out
    CREDIT_OPEN = "credit open"  # credit note posted, not paid out
    CREDIT_DRAFT = "credit draft"
    UNCREDITED = "uncredited"
    AWAITED = "awaited"  # a return that hasn't come yet
    EXCHANGED = "exchanged"  # came back, but not for a refund


@dataclass(frozen=True, slots=True)
class SalePlan:
    """One sale order to come, placed ``days_ago`` days before the demonstration's day."""

    days_ago: int
    state: str
    sending: Sending
    invoicing: Invoicing
    settlement: Settlement
    comeback: Comeback
    has_serial: bool
    breaks: bool
    lines: int


# how many, youngest and oldest in days; state, sending, invoicing, settlement, comeback; serial number, broke down
_PLANS = """
14  120 1000 sale  full      posted    payment  nothing       serial -
 6  780 1020 sale  full      posted    payment  nothing       serial breaks
 8   60  700 sale  full      posted    bank     nothing       serial breaks
11   31  380 sale  full      posted    payment  nothing       any    -
 7   31  300 sale  full      posted    bank     nothing       any    -
 3   10   60 sale  full      posted    unbanked nothing       any    -
 5   40  200 sale  full      posted    parts    nothing       any    -
 5   35  150 sale  full      posted    part     nothing       any    -
 4   30  150 sale  full      posted    twice    nothing       any    -
 7   20  120 sale  full      posted    open     nothing       any    -
 9    4   25 sale  full      posted    payment  nothing       any    -
 4    4   25 sale  full      posted    bank     nothing       serial -
 4    3   12 sale  full      posted    open     nothing       any    -
 5    3   20 sale  full      none      open     nothing       any    -
 3    4   15 sale  full      draft     open     nothing       any    -
 2   40  100 sale  full      cancelled open     nothing       any    -
 2    8   60 sale  partial   posted    bank     nothing       any    -
 2    8   40 sale  partial   posted    open     nothing       any    -
 3   14   90 sale  twice     posted    payment  nothing       any    -
 3    1    4 sale  awaited   none      open     nothing       any    -
 3    2    5 sale  awaited   posted    payment  nothing       any    -
 5   30  150 sale  full      posted    payment  credited      any    -
 1   40   90 sale  full      posted    payment  credited      serial -
 3   25   80 sale  full      posted    bank     credit-open   any    -
 4   25  100 sale  full      posted    open     credited      any    -
 4   14  120 sale  full      posted    payment  uncredited    any    -
 2   14  120 sale  full      posted    payment  uncredited    serial -
 2   16   40 sale  full      posted    payment  credit-draft  any    -
 3    9   26 sale  full      posted    payment  awaited       any    -
 2   40  200 sale  full      posted    payment  exchanged     serial breaks
 5    0    9 draft none      none      open     nothing       any    -
 5    2   20 sent  none      none      open     nothing       any    -
 2   20   60 cancel none     none      open     nothing       any    -
 2   10   90 cancel cancelled none     open     nothing       any    -
"""


def sale_plans(rng: Random) -> tuple[SalePlan, ...]:
    """All of them, the oldest first."""
    plans = [plan for row in _PLANS.strip().splitlines() for plan in _row(row.split(), rng)]
    return tuple(sorted(plans, key=lambda plan: -plan.days_ago))


def _row(cells: list[str], rng: Random) -> Iterator[SalePlan]:
    count, youngest, oldest = (int(cell) for cell in cells[:3])
    state, sending, invoicing, settlement, comeback, serial, breaks = cells[3:]
    for position in range(count):
        yield SalePlan(
            days_ago=youngest + int((oldest - youngest) * (position + rng.random()) / count),
            state=state,
            sending=Sending(sending),
            invoicing=Invoicing(invoicing),
            settlement=Settlement(settlement),
            comeback=Comeback(comeback.replace("-", " ")),
            has_serial=serial == "serial",
            breaks=breaks == "breaks",
            lines=rng.choice((1, 1, 2, 2, 3, 4)),
        )
