"""What a view needs at hand: the container, and who is asking."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from service.bootstrap import Container
from service.domain.decisions import Actor

EXTENSION = "concord"


def container() -> Container:
    """The composition that this application serves."""
    return cast("Container", current_app.extensions[EXTENSION])


def actor() -> Actor:
    """Who is asking; only for endpoints that need somebody (the access hook has set it)."""
    return cast("Actor", g.actor)
