"""What Odoo answers when it says no, as recorded, becomes one of our errors."""

from __future__ import annotations

from typing import Any

import pytest
from odoorpc.error import RPCError

from service.domain.errors import OdooRefusedError, OdooUnreachableError
from service.odoo.errors import from_rpc_error

TRACE = "Traceback (most recent call last): secret frames"


def rpc_error(name: str, message: str, arguments: list[Any] | None = None) -> RPCError:
    data = {"name": name, "message": message, "arguments": arguments or [message], "debug": TRACE, "context": {}}
    return RPCError(message, {"code": 200, "message": "Odoo Server Error", "data": data})


@pytest.mark.parametrize(
    ("name", "message", "code"),
    [
        ("odoo.exceptions.AccessDenied", "Access Denied", "ODOO_LOGIN"),
        ("odoo.exceptions.AccessError", "You are not allowed to access 'Journal Entry'", "ODOO_ACCESS"),
        ("odoo.exceptions.MissingError", "Record does not exist or has been deleted.", "ODOO_MISSING"),
        ("odoo.exceptions.ValidationError", "a mandatory field is not set.", "ODOO_VALIDATION"),
        ("odoo.exceptions.UserError", "You cannot do this.", "ODOO_USER"),
        ("builtins.ValueError", "Invalid field 'x' on model 'res.partner'", "ODOO_REFUSED"),
        ("odoo.exceptions.UserError", "Object repair.order doesn't exist", "ODOO_MODEL"),
        ("psycopg2.OperationalError", 'FATAL: database "nosuchdb" does not exist\n', "ODOO_DATABASE"),
    ],
)
def test_refusals(name: str, message: str, code: str) -> None:
    error = from_rpc_error(rpc_error(name, message))
    assert isinstance(error, OdooRefusedError)
    assert error.code == code
    assert not error.retryable
    assert "Traceback" not in error.message + error.advice


def test_wrong_password_comes_without_details() -> None:
    error = from_rpc_error(RPCError("Wrong login ID or password"))
    assert (type(error), error.code) == (OdooRefusedError, "ODOO_LOGIN")


def test_redirect_warning_is_its_first_argument_shortened() -> None:
    action = {"id": 263, "help": "x" * 30_000}
    message = "Duplicated vendor reference detected.\n" + str(action)
    error = from_rpc_error(
        rpc_error("odoo.exceptions.RedirectWarning", message, ["Duplicated vendor reference\xa0detected.", action])
    )
    assert error.message == "Odoo refused: Duplicated vendor reference detected."
    long = from_rpc_error(rpc_error("odoo.exceptions.UserError", "word " * 1000))
    assert len(long.message) < 330


def test_a_server_short_of_resources_is_worth_another_try() -> None:
    assert isinstance(from_rpc_error(rpc_error("psycopg2.pool.PoolError", "full")), OdooUnreachableError)


@pytest.mark.parametrize("info", [{}, {"data": None}, {"data": "text"}, {"data": {}}])
def test_odd_answers_are_refusals(info: Any) -> None:
    assert isinstance(from_rpc_error(RPCError("odd", info)), OdooRefusedError)
