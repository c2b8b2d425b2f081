"""Stock locations and kinds of transfers as links call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from service.demo.odoo_server.environment import Record
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue


class Location(RemoteModel):
    """Places, named with those above them."""

    computed: ClassVar[Mapping[str, Compute]] = {"complete_name": lambda place: _complete_name(place)}


def _complete_name(place: Record) -> str:
    above = place.one("location_id")
    if above is None or place.text("usage") == "view":
        return place.text("name")
    return f"{above.text('complete_name')}/{place.text('name')}"


class ProcurementGroup(RemoteModel):
    """Ties an order to its transfers."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"move_type": "direct"}


class PickingType(RemoteModel):
    """Kinds of transfers of a warehouse."""

    def display_name(self, record: Record) -> str:
        """Warehouse: kind."""
        warehouse = record.one("warehouse_id")
        return f"{warehouse.text('name')}: {record.text('name')}" if warehouse else record.text("name")
