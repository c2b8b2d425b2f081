"""What Odoo answers when it says no, in our error tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from odoorpc.error import RPCError

from service.domain.errors import ConcordError, OdooRefusedError, OdooUnreachableError

LOGIN_REFUSED = "ODOO_LOGIN"
_LONGEST_MESSAGE = 300
_CODES = {
    "odoo.exceptions.AccessError": "ODOO_ACCESS",
    "odoo.exceptions.MissingError": "ODOO_MISSING",
    "odoo.exceptions.ValidationError": "ODOO_VALIDATION",
    "odoo.exceptions.UserError": "ODOO_USER",
    "odoo.exceptions.RedirectWarning": "ODOO_USER",
}
_NO_MODEL = re.compile(r"Object \S+ doesn't exist")
_ADVICE = {
    "ODOO_MODEL": "Install the app in Odoo that has it.",
    "ODOO_ACCESS": "Give the integration user the missing rights in Odoo.",
    "ODOO_MISSING": "The record was deleted in Odoo; synchronise the books and look again.",
}
# The server's own resources, not the request: worth another try.
_PASSING = frozenset(
    {"psycopg2.OperationalError", "psycopg2.errors.SerializationFailure", "psycopg2.pool.PoolError", "MemoryError"}
)


def login_refused() -> OdooRefusedError:
    """The error for credentials that Odoo doesn't accept; never to be retried, Odoo locks out who does."""
    return OdooRefusedError(
        "Odoo does not accept the user and password.",
        advice="Check the user, the password or API key, and the name of the database.",
        code=LOGIN_REFUSED,
    )


def from_rpc_error(error: RPCError) -> ConcordError:
    """The error of our tree for one that odoorpc raised. The server's traceback is never part of it."""
    info = error.info
    if not isinstance(info, Mapping):  # odoorpc sets False where the login was answered with false
        return login_refused()
    data = info.get("data")
    if not isinstance(data, Mapping):
        return OdooRefusedError(_shorten(str(error)))
    return _from_data(data)


def _from_data(data: Mapping[str, Any]) -> ConcordError:
    name = str(data.get("name"))
    message = _shorten(_message(name, data))
    if name in ("odoo.exceptions.AccessDenied", "odoo.http.SessionExpiredException"):
        return login_refused()
    if "database" in message and "does not exist" in message:
        return OdooRefusedError(
            "Odoo has no database of that name.", advice="Check the name of the database.", code="ODOO_DATABASE"
        )
    if name in _PASSING:
        return OdooUnreachableError(f"Odoo could not work on the request: {message}")
    code = "ODOO_MODEL" if _NO_MODEL.match(message) else _CODES.get(name, "ODOO_REFUSED")
    return OdooRefusedError(f"Odoo refused: {message}", advice=_ADVICE.get(code, ""), code=code)


def _message(name: str, data: Mapping[str, Any]) -> str:
    """A RedirectWarning's message holds a whole action of tens of kilobytes; its first argument is the sentence."""
    arguments = data.get("arguments")
    if name.endswith("RedirectWarning") and isinstance(arguments, list) and arguments:
        return str(arguments[0])
    return str(data.get("message") or name)


def _shorten(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"
