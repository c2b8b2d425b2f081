"""Composition root: from the settings to the parts wired together; the only place where adapters are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from pydantic import SecretStr
from sqlalchemy import Engine

from service.books.books import SqlBooks
from service.config import Settings, load_policy, session_key
from service.dispatch import CeleryDispatcher
from service.domain.policy import Policy
from service.odoo.rpc import OdooRpcClient, OdooSettings
from service.ports import BlobStore, Books, Clock, DocumentReader, OdooClient, UnitOfWork
from service.reading import reader_of
from service.store.blobs import FileBlobStore
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock; days begin and end in ``zone``."""

    zone: tzinfo = UTC

    def now(self) -> datetime:
        """The current moment, aware, UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day that it is in the zone."""
        return datetime.now(self.zone).date()


@dataclass(frozen=True, slots=True)
class Container:
    """Everything that an edge needs. ``odoo`` gives a client to use in the calling thread; None where no Odoo is
    configured.
    """

    settings: Settings
    policy: Policy
    clock: Clock
    engine: Engine
    uow: UnitOfWork
    blobs: BlobStore
    books: Books
    odoo: Callable[[], OdooClient] | None
    reader: DocumentReader
    dispatcher: CeleryDispatcher


def build(settings: Settings) -> Container:
    """The container; nothing is connected or started until it is used. ConfigurationError where a setting, the
    policy or the database's URL is wrong. Its settings have the SECRET_KEY, made where none was given.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = settings.model_copy(update={"secret_key": SecretStr(session_key(settings))})
    clock = SystemClock(settings.zone)
    engine = make_engine(settings.effective_database_url)
    dispatcher = CeleryDispatcher(settings.effective_broker_url)
    return Container(
        settings=settings,
        policy=load_policy(settings.policy_file),
        clock=clock,
        engine=engine,
        uow=SqlUnitOfWork(engine, dispatcher, clock, settings.secret_key.get_secret_value().encode()),
        blobs=FileBlobStore(settings.blob_folder),
        books=SqlBooks(engine, clock),
        odoo=_odoo(settings),
        reader=reader_of(settings),
        dispatcher=dispatcher,
    )


def _odoo(settings: Settings) -> Callable[[], OdooClient] | None:
    """The client signs in once a thread by itself, so one serves all."""
    if not settings.odoo_url:
        return None
    client = OdooRpcClient(odoo_settings(settings))
    return lambda: client


def odoo_settings(settings: Settings) -> OdooSettings:
    """How to reach the Odoo that is configured."""
    return OdooSettings(
        url=settings.odoo_url,
        db=settings.odoo_db,
        user=settings.odoo_user,
        password=settings.odoo_password.get_secret_value(),
        timeout_s=settings.odoo_timeout_s,
        company_ids=settings.odoo_company_ids,
        ca_file=None if settings.odoo_ca_file is None else str(settings.odoo_ca_file),
    )
