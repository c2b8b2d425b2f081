"""Cursors of lists: the place of the last row shown, as text that only this module reads."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, Tuple, literal, tuple_

from service.domain.errors import UsageError
from service.store.columns import UtcTime


@dataclass(frozen=True, slots=True)
class Position:
    """A row's place in a list that is ordered by time, then id."""

    at: datetime
    id: str

    def cursor(self) -> str:
        """The opaque text of it."""
        return urlsafe_b64encode(json.dumps([self.at.isoformat(), self.id]).encode()).decode()

    @classmethod
    def of_cursor(cls, cursor: str) -> Position:
        """The place that a cursor stands for; UsageError where it is none of ours."""
        try:
            at, row_id = json.loads(urlsafe_b64decode(cursor.encode()))
            place = cls(datetime.fromisoformat(at), str(row_id))
        except (ValueError, TypeError) as error:
            raise UsageError("The cursor is not one that was given out.") from error
        if place.at.tzinfo is None:
            raise UsageError("The cursor is not one that was given out.")
        return place

    def literals(self) -> Tuple:
        """It as a row value, to compare (time, id) with."""
        return tuple_(literal(self.at, UtcTime), literal(self.id, String))
