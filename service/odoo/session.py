"""A signed-in odoorpc object a thread, and the single place where a call leaves for Odoo."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import odoorpc
from odoorpc.error import InternalError, RPCError

from service.domain.errors import OdooAmbiguousError, OdooRefusedError, OdooUnreachableError
from service.odoo.errors import LOGIN_REFUSED, from_rpc_error, login_refused
from service.odoo.transport import DeadlineOpener, Endpoint, NotSentError
from service.odoo.writes import READ_METHODS, check_write

T = TypeVar("T")
Row = Mapping[str, Any]

# Fields that an app adds to another app's model; where they are missing they read as empty.
OPTIONAL_FIELDS = frozenset(
    {"purchase_id", "sale_id", "purchase_line_id", "sale_line_id", "sale_line_ids", "to_refund"}
)

# Odoo locks a login out for a minute after some failures; with wrong credentials nobody is served by asking again.
LOGIN_COOLDOWN_S = 300.0


@dataclass(frozen=True, slots=True)
class OdooSettings:
    """How to reach Odoo. ``timeout_s`` is for a whole call; no ``company_ids`` means all of the user's."""

    url: str
    db: str
    user: str
    password: str = field(repr=False)
    timeout_s: float = 60.0
    company_ids: tuple[int, ...] = ()
    ca_file: str | None = None


class Session:
    """Calls Odoo as the integration user, signing in on the first call of each thread."""

    def __init__(self, settings: OdooSettings) -> None:
        logging.getLogger("odoorpc").setLevel(logging.WARNING)  # at DEBUG it logs the password
        self._settings = settings
        self._endpoint = Endpoint.from_url(settings.url)
        self._opener = DeadlineOpener(self._endpoint, settings.ca_file)
        self._own = threading.local()
        self._companies: tuple[int, ...] = settings.company_ids
        self._login_refused_at: float | None = None
        self._fields: dict[str, frozenset[str]] = {}

    @property
    def db(self) -> str:
        """The database's name."""
        return self._settings.db

    def version(self) -> str:
        """The server's version; no sign-in needed."""
        return str(self._connected().version)

    def companies(self) -> tuple[int, ...]:
        """The ids of the companies that every call is limited to."""
        if not self._companies:
            own = [["id", "=", self._signed_in().env.uid]]
            arguments = {"fields": ["company_ids"], "context": {"lang": "en_US"}}
            rows = self._execute("res.users", "search_read", (own,), arguments)
            self._companies = tuple(sorted(rows[0]["company_ids"]))
        return self._companies

    def search_read(
        self,
        model: str,
        domain: Sequence[Any],
        fields: Sequence[str],
        *,
        order: str = "id",
        limit: int | None = None,
    ) -> list[Row]:
        """Rows of ``model`` with just ``fields``, archived ones too."""
        arguments: dict[str, Any] = {"order": order}
        if limit is not None:
            arguments["limit"] = limit
        missing = dict.fromkeys(self._lacking(model, fields), False)
        arguments["fields"] = [name for name in fields if name not in missing]
        rows: list[Row] = self._read(model, "search_read", domain, arguments)
        return [{**missing, **row} for row in rows] if missing else rows

    def has_field(self, model: str, field: str) -> bool:
        """Whether this Odoo's ``model`` has the field: those of OPTIONAL_FIELDS come with an app."""
        return not self._lacking(model, (field,))

    def _lacking(self, model: str, fields: Sequence[str]) -> list[str]:
        doubtful = [name for name in fields if name in OPTIONAL_FIELDS]
        if not doubtful:
            return []
        if model not in self._fields:
            arguments = {"attributes": ["type"], "context": {"lang": "en_US"}}
            self._fields[model] = frozenset(self._execute(model, "fields_get", ([],), arguments))
        return [name for name in doubtful if name not in self._fields[model]]

    def search(self, model: str, domain: Sequence[Any]) -> frozenset[int]:
        """The ids of the records of ``model`` in ``domain``, archived ones too."""
        return frozenset(self._read(model, "search", domain, {"order": "id"}))

    def server_time(self) -> datetime | None:
        """The time that Odoo's server told with its latest answer, to the second; None where it told none."""
        return self._opener.server_time

    def may(self, model: str, operation: str) -> bool | None:
        """Whether the user has the right to "read", "create", "write" that model; None where there is no such model."""
        try:
            return bool(self._execute(model, "check_access_rights", (operation,), {"raise_exception": False}))
        except OdooRefusedError as error:
            if error.code == LOGIN_REFUSED:
                raise
            return None

    def user_id(self) -> int:
        """The integration user's id."""
        return int(self._signed_in().env.uid)

    def create(
        self, model: str, values: Mapping[str, Any], *, company_id: int, context: Mapping[str, Any] | None = None
    ) -> int:
        """Create a record in that company; its id. OdooAmbiguousError where it was sent and no answer came."""
        check_write(model, "create", values)
        created = self._send(model, "create", (dict(values),), company_id, context)
        if not isinstance(created, int):
            raise _lost(_not_odoo())
        return created

    def write(self, model: str, ids: Sequence[int], values: Mapping[str, Any], *, company_id: int) -> None:
        """Change records of that company. OdooAmbiguousError where it was sent and no answer came."""
        check_write(model, "write", values)
        self._send(model, "write", (list(ids), dict(values)), company_id, None)

    def call(self, model: str, method: str, ids: Sequence[int], *, company_id: int) -> Any:
        """What a method of records of that company answers. OdooAmbiguousError as above."""
        check_write(model, method, {})
        return self._send(model, method, (list(ids),), company_id, None)

    def _send(
        self, model: str, method: str, positional: tuple[Any, ...], company_id: int, context: Mapping[str, Any] | None
    ) -> Any:
        """Something that changes Odoo."""
        if company_id not in self.companies():
            raise OdooRefusedError(
                f"The company {company_id} is none of those that Concord works for.", code="ODOO_ACCESS"
            )
        self._signed_in()  # nothing is ambiguous about a sign-in that failed
        try:
            full_context = {**self._context((company_id,)), **(context or {})}
            return self._execute(model, method, positional, {"context": full_context})
        except NotSentError:
            raise
        except OdooUnreachableError as error:
            raise _lost(error) from error

    def _read(self, model: str, method: str, domain: Sequence[Any], arguments: dict[str, Any]) -> Any:
        assert method in READ_METHODS
        context = self._context(self.companies()) | {"active_test": False}
        answer = self._execute(model, method, (list(domain),), arguments | {"context": context})
        if not isinstance(answer, list):
            raise _not_odoo()
        return answer

    def _execute(self, model: str, method: str, positional: tuple[Any, ...], arguments: dict[str, Any]) -> Any:
        """The one place where a call leaves. odoorpc's execute_kw adds no context of its own."""
        odoo = self._signed_in()
        try:
            return _answer(lambda: odoo.execute_kw(model, method, list(positional), arguments))
        except OdooRefusedError as error:
            if error.code == LOGIN_REFUSED:
                self._own.signed_in = False
            raise

    def _context(self, companies: tuple[int, ...]) -> dict[str, Any]:
        return {"lang": "en_US", "allowed_company_ids": list(companies)}

    def _connected(self) -> odoorpc.ODOO:
        odoo = getattr(self._own, "odoo", None)
        if odoo is None:
            odoo = _answer(self._connect)
            self._own.odoo = odoo
        return odoo

    def _connect(self) -> odoorpc.ODOO:
        return odoorpc.ODOO(
            self._endpoint.host,
            protocol="jsonrpc+ssl" if self._endpoint.secure else "jsonrpc",
            port=self._endpoint.port,
            timeout=self._settings.timeout_s,
            opener=self._opener,
        )

    def _signed_in(self) -> odoorpc.ODOO:
        odoo = self._connected()
        if not getattr(self._own, "signed_in", False):
            self._sign_in(odoo)
            self._own.signed_in = True
        return odoo

    def _sign_in(self, odoo: odoorpc.ODOO) -> None:
        refused_at = self._login_refused_at
        if refused_at is not None and time.monotonic() - refused_at < LOGIN_COOLDOWN_S:
            raise login_refused()
        settings = self._settings
        try:
            _answer(lambda: odoo.login(settings.db, settings.user, settings.password))
        except OdooRefusedError as error:
            if error.code == LOGIN_REFUSED:
                self._login_refused_at = time.monotonic()
            raise
        self._login_refused_at = None


def _answer(call: Callable[[], T]) -> T:
    """What ``call`` returns, with odoorpc's errors turned into ours."""
    try:
        return call()
    except RPCError as error:
        raise from_rpc_error(error) from error
    except (ValueError, KeyError, TypeError, AttributeError, InternalError) as error:
        # odoorpc trips over an answer that isn't Odoo's: a proxy's page, a broken text, another JSON
        raise _not_odoo() from error


def _lost(error: OdooUnreachableError) -> OdooAmbiguousError:
    return OdooAmbiguousError(
        f"Sent to Odoo, but the answer was lost: {error.message}",
        advice="It is looked up by its marker before it is tried again.",
    )


def _not_odoo() -> OdooUnreachableError:
    return OdooUnreachableError(
        "What answers at Odoo's address is not Odoo.", advice="Check the address of Odoo.", code="ODOO_GARBAGE"
    )
