"""Odoo's exceptions, told to clients by the names that they have there.

OdooError
├── UserError              a business rule says no
│   ├── AccessDenied       wrong password
│   ├── AccessError        no rights
│   ├── MissingError       the record is gone
│   ├── ValidationError    a constraint or a required field
│   └── RedirectWarning    no, and here is an action to look at
├── UndefinedFunction      a query that the database can't make sense of
└── OperationalError       no such database
"""

from __future__ import annotations

from service.demo.odoo_server.values import JsonValue


class OdooError(Exception):
    """``path`` is the name that clients see; ``arguments`` what they find beside the message."""

    path = "odoo.exceptions.UserError"

    def __init__(self, message: str, *arguments: JsonValue) -> None:
        super().__init__(message)
        self.message = message
        self.arguments: list[JsonValue] = [message, *arguments]


class UserError(OdooError):
    """A business rule says no."""


class AccessDenied(UserError):  # noqa: N818
    """The password or the user is wrong."""

    path = "odoo.exceptions.AccessDenied"

    def __init__(self) -> None:
        super().__init__("Access Denied")


class AccessError(UserError):
    """The user lacks the right."""

    path = "odoo.exceptions.AccessError"


class MissingError(UserError):
    """The record does not exist."""

    path = "odoo.exceptions.MissingError"


class ValidationError(UserError):
    """A required field is empty or a constraint is broken."""

    path = "odoo.exceptions.ValidationError"


class RedirectWarning(UserError):  # noqa: N818
    """Refused, with an action that shows why; its message is all arguments, a line each, in Python's notation."""

    path = "odoo.exceptions.RedirectWarning"

    def __init__(self, reason: str, action: dict[str, JsonValue], shown: str, button: str) -> None:
        super().__init__(reason, action, button, None)
        self.message = f"{reason}\n{shown}\n{button}\nNone"


class UndefinedFunction(OdooError):  # noqa: N818
    """A query compared an id with nothing."""

    path = "psycopg2.errors.UndefinedFunction"


class OperationalError(OdooError):
    """The database does not exist."""

    path = "psycopg2.OperationalError"
