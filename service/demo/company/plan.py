"""What becomes of each of the first forty orders: the vendor, how far it came, what arrived and what was billed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Arrival(StrEnum):
    """What arrived of an order."""

    NONE = "none"
    FULL = "full"
    PARTIAL = "partial"  # the rest is awaited in a backorder
    TWICE = "twice"  # a part, and the rest in a backorder that is done too
    CANCELLED = "cancelled"


class Billing(StrEnum):
    """What was billed of an order."""

    NONE = "none"
    DRAFT = "draft"
    POSTED = "posted"
    PAID = "paid"
    HALF = "half"  # half of what arrived, posted
    TWO = "two"  # a bill for each of two receipts
    CANCELLED = "cancelled"  # one bill, cancelled: as good as none


class SentBack(StrEnum):
    """Whether some of what arrived was sent back to the vendor."""

    NOTHING = "nothing"
    UNCREDITED = "uncredited"
    CREDITED = "credited"


@dataclass(frozen=True, slots=True)
class Plan:
    """One order to come: placed ``days_ago`` days before the demonstration's day."""

    days_ago: int
    vendor_id: int
    state: str
    arrival: Arrival
    billing: Billing
    lines: int
    sent_back: SentBack = SentBack.NOTHING


def _plan(days_ago: int, vendor_id: int, state: str, arrival: str, billing: str, lines: int) -> Plan:
    return Plan(days_ago, vendor_id, state, Arrival(arrival), Billing(billing), lines)


PLANS = (
    _plan(118, 11, "done", "full", "paid", 4),
    _plan(115, 12, "done", "full", "paid", 3),
    _plan(112, 13, "done", "twice", "paid", 5),
    _plan(109, 17, "done", "full", "posted", 4),
    _plan(106, 20, "done", "none", "paid", 2),
    _plan(101, 14, "cancel", "cancelled", "none", 3),
    _plan(97, 13, "purchase", "full", "posted", 4),
    _plan(94, 11, "purchase", "full", "posted", 3),
    _plan(91, 16, "purchase", "twice", "two", 4),
    _plan(88, 18, "purchase", "partial", "paid", 3),
    _plan(85, 15, "purchase", "full", "draft", 4),
    _plan(82, 12, "purchase", "full", "half", 4),
    _plan(78, 19, "purchase", "full", "half", 4),
    _plan(74, 16, "cancel", "none", "none", 2),
    _plan(71, 14, "purchase", "full", "cancelled", 4),
    _plan(64, 11, "purchase", "full", "none", 5),
    _plan(61, 17, "purchase", "full", "none", 4),
    _plan(58, 19, "purchase", "full", "none", 6),
    _plan(55, 12, "purchase", "full", "none", 4),
    _plan(52, 13, "purchase", "full", "none", 6),
    _plan(49, 16, "purchase", "full", "none", 5),
    _plan(46, 14, "purchase", "partial", "none", 4),
    _plan(43, 18, "purchase", "full", "none", 4),
    _plan(41, 19, "purchase", "full", "none", 6),
    _plan(38, 15, "purchase", "none", "none", 4),
    _plan(35, 11, "purchase", "full", "none", 4),
    _plan(32, 20, "purchase", "none", "none", 3),
    _plan(29, 17, "purchase", "full", "none", 5),
    _plan(27, 19, "purchase", "full", "none", 6),
    _plan(24, 12, "purchase", "partial", "none", 4),
    _plan(21, 13, "purchase", "none", "none", 4),
    _plan(19, 18, "purchase", "none", "none", 3),
    _plan(16, 11, "cancel", "none", "none", 3),
    _plan(13, 20, "sent", "none", "none", 3),
    _plan(11, 12, "to approve", "none", "none", 3),
    _plan(9, 15, "to approve", "none", "none", 4),
    _plan(7, 16, "sent", "none", "none", 3),
    _plan(5, 17, "sent", "none", "none", 4),
    _plan(3, 14, "draft", "none", "none", 3),
    _plan(1, 19, "draft", "none", "none", 4),
)
