"""The services behind ``/jsonrpc``: from a call's parameters to a result or to Odoo's shape of an error."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from inspect import signature

from service.demo.odoo_server.credentials import PasswordChecker
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import AccessDenied, AccessError, OdooError, OperationalError, UserError
from service.demo.odoo_server.model import Model
from service.demo.odoo_server.remote import ON_MODEL
from service.demo.odoo_server.store import Store
from service.demo.odoo_server.values import JsonValue, mapping_of

_log = logging.getLogger(__name__)
VERSION: Mapping[str, JsonValue] = {
    "server_version": "17.0",
    "server_version_info": [17, 0, 0, "final", 0, ""],
    "server_serie": "17.0",
    "protocol_version": 1,
}


@dataclass(frozen=True, slots=True)
class Services:
    """One database. A lock lets one call at a time in: each sees and leaves whole transactions."""

    database: str
    store: Store
    models: Mapping[str, Model]
    now: Callable[[], datetime]
    passwords: PasswordChecker
    lock: threading.RLock

    def answer(self, params: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
        """``result`` or ``error`` for a call of a service."""
        try:
            result = self._call(params)
        except Exception as error:  # noqa: BLE001 - a client gets every error as data, as from Odoo
            _log.debug("call failed", exc_info=True)
            return {"error": {"code": 200, "message": "Odoo Server Error", "data": _described(error)}}
        return {} if result is None else {"result": result}

    def _call(self, params: Mapping[str, JsonValue]) -> JsonValue:
        service, method, args = params["service"], params["method"], params["args"]
        if not isinstance(args, list):
            raise TypeError("args must be a list")
        if service == "common":
            return self._common(str(method), args)
        if service == "db" and method == "list":
            return [self.database]
        if service != "object":
            raise KeyError(str(service))
        return self._object(str(method), args)

    def _common(self, method: str, args: Sequence[JsonValue]) -> JsonValue:
        if method == "version":
            return dict(VERSION)
        if method not in ("login", "authenticate"):
            raise Exception(f"Method not found: {method}")
        self._check_database(args[0])
        with self.lock:
            user = self._by_login(str(args[1]))
        if user is None or not self.passwords.matches(user, str(args[2])):
            return False
        return user.id

    def _check_database(self, name: JsonValue) -> None:
        if name != self.database:
            where = 'connection to server at "127.0.0.1", port 5432 failed'
            raise OperationalError(f'{where}: FATAL:  database "{name}" does not exist\n')

    def _by_login(self, login: str) -> Record | None:
        users = self._environment(1, {}).as_system().all("res.users")
        return next((user for user in users if user.text("login") == login and user.flag("active")), None)

    def _object(self, method: str, args: Sequence[JsonValue]) -> JsonValue:
        database, uid, password, model, name, *rest = args
        self._check_database(database)
        user = self._environment(1, {}).record("res.users", uid if isinstance(uid, int) else 0)
        if not user.flag("active") or not self.passwords.matches(user, str(password)):
            raise AccessDenied
        if method == "execute_kw":
            positional, named = (*rest, {})[:2] if rest else ([], {})
            arguments = positional if isinstance(positional, list) else []
            return self._execute(user.id, str(model), str(name), arguments, dict(mapping_of(named)))
        if method == "execute":
            return self._execute(user.id, str(model), str(name), rest, {})
        raise NameError(f"Method not available {method}")

    def _execute(
        self, uid: int, model: str, name: str, args: Sequence[JsonValue], kwargs: dict[str, JsonValue]
    ) -> JsonValue:
        if name.startswith("_"):
            raise AccessError(f"Private methods (such as {name}) cannot be called remotely.")
        if model not in self.models:
            raise UserError(f"Object {model} doesn't exist")
        method = getattr(self.models[model], f"remote_{name}", None)
        if method is None:
            raise AttributeError(f"The method '{name}' does not exist on the model '{model}'")
        with self.lock, self.store.transaction():
            env = self._environment(uid, mapping_of(kwargs.pop("context", None)))
            env.companies()
            result: JsonValue = method(env, *_bound(method, name, args), **kwargs)
            env.settle()
            return result

    def _environment(self, uid: int, context: Mapping[str, JsonValue]) -> Environment:
        return Environment(self.store, self.models, uid, context, self.now())


def _bound(method: Callable[..., JsonValue], name: str, args: Sequence[JsonValue]) -> Sequence[JsonValue]:
    """Positional arguments; what is called on records takes their ids first, which may be none."""
    if name in ON_MODEL or args or "ids" not in signature(method).parameters:
        return args
    return [[]]


def _described(error: Exception) -> JsonValue:
    """Odoo's serialised exception. The server's own frames are nobody's business."""
    if isinstance(error, OdooError):
        path, message, arguments = error.path, error.message, error.arguments
    else:
        path, message = f"builtins.{type(error).__name__}", str(error)
        arguments = [argument if isinstance(argument, (str, int, float)) else str(argument) for argument in error.args]
    last = path if isinstance(error, OdooError) else type(error).__name__
    return {
        "name": path,
        "debug": f"Traceback (most recent call last):\n{last}: {message}\n",
        "message": message,
        "arguments": list[JsonValue](arguments),
        "context": {},
    }
