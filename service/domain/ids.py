"""Identifiers as their own types, so that a job's id can't be passed where a document's is meant."""

from typing import NewType
from uuid import uuid4

DocumentId = NewType("DocumentId", str)
JobId = NewType("JobId", str)
DiscrepancyId = NewType("DiscrepancyId", str)
UserId = NewType("UserId", str)


def new_id() -> str:
    """A fresh random identifier: 32 hexadecimal digits."""
    return uuid4().hex
