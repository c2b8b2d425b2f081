"""Numbers of documents, continued from those that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.demo.odoo_server.environment import Environment


def next_name(env: Environment, model: str, prefix: str, width: int) -> str:
    """The prefix and the next number. As with Odoo's sequences, a number that was once given is not given again."""
    counter = f"name {prefix}"
    if not env.store.has_counter(counter):
        env.store.start_after(
            counter, highest(prefix, (str(row.get("name")) for row in env.store.rows(model).values()))
        )
    return f"{prefix}{env.store.next_number(counter):0{width}d}"


def highest(prefix: str, names: Iterable[str]) -> int:
    """The largest number behind the prefix; 0 where there is none."""
    found = (re.fullmatch(re.escape(prefix) + r"(\d+)", name) for name in names)
    return max((int(match[1]) for match in found if match), default=0)
