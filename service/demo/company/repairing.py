"""What broke: repair orders of pieces that were sold, under warranty or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from service.demo.company.numbering import Numbering
from service.demo.company.selling import NOW
from service.demo.company.values import Delivery, Repair

_STATES = ("done", "under_repair", "confirmed", "done", "draft", "done", "cancel")
_WARRANTY = timedelta(days=730)
_FAULTS = (
    "Switches off after a few minutes",
    "Leaks at the housing",
    "Doesn't start any more",
    "Makes a grinding noise",
    "Battery is not charged",
)


class Workshop:
    """Opens one repair after another, in all states in turn."""

    def __init__(self, rng: Random, numbering: Numbering) -> None:
        self._rng = rng
        self._numbering = numbering
        self._states = cycle(_STATES)

    def repair(self, delivery: Delivery, returned: Delivery | None) -> Repair:
        """A repair of the delivery's first piece; of the one that came back where there is a return."""
        move = (returned or delivery).moves[0]
        state = next(self._states)
        opened_at = self._opened_at(returned or delivery)
        number = self._numbering.next("repair.order")
        return Repair(
            id=number,
            name=f"WH/RO/{number:05d}",
            customer_id=delivery.customer_id,
            product_id=move.product_id,
            serial_id=move.serial_ids[0] if move.serial_ids else None,
            sale_order_id=delivery.sale_order_id,
            return_id=returned.id if returned else None,
            move_id=self._numbering.next("stock.move") if state == "done" else None,
            state=state,
            under_warranty=opened_at - delivery.changed_at <= _WARRANTY,
            note=self._rng.choice(_FAULTS),
            opened_at=opened_at,
            changed_at=opened_at if state == "draft" else min(opened_at + timedelta(days=3, hours=5), NOW),
        )

    def _opened_at(self, delivery: Delivery) -> datetime:
        lately = NOW - timedelta(days=self._rng.randrange(4, 50), minutes=self._rng.randrange(600))
        return min(max(lately, delivery.changed_at + timedelta(days=1)), NOW)
