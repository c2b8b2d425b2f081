"""``concord demo``: the whole of Concord over a small retailer's books in a sandbox Odoo, with documents to review."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

import click

from service.bootstrap import Container, build
from service.cli.container import OPERATOR, open_container
from service.cli.distributed import Servers, keep_addresses, own_servers
from service.cli.output import progress
from service.cli.run import public_url, serve
from service.config import Settings, load_settings
from service.demo.company import build_company
from service.demo.documents import build_documents
from service.domain.decisions import Actor, UserRole
from service.domain.documents import WRITTEN_KINDS
from service.store.migrate import upgrade
from service.supervisor import ProcessSpec, free_port, supervise
from service.usecases.people import actor_of, create_user, issue_token, set_password
from service.usecases.receive_document import Upload, receive_documents

SEED = 20261123
CREDENTIALS = "demo-credentials.json"
_SEEDED = "demo.documents"
_ODOO_PORTS = range(8069, 8169)
_ODOO_USER = "concord"
_ADMIN = "admin"


@click.command("demo")
@click.option("--distributed", is_flag=True, help="Over PostgreSQL and a Redis server, with a worker for each queue.")
def command(*, distributed: bool) -> None:
    """Serve the demonstration; where CONCORD_ODOO_URL is set, serve that Odoo instead."""
    if os.environ.get("CONCORD_ODOO_URL") and not distributed:
        serve(open_container())
        return
    settings = load_settings(os.environ)
    servers = own_servers(settings) if distributed else Servers(settings.data_dir)
    sandbox = _Sandbox(servers.folder)
    found = {**servers.environment, **sandbox.settings(), **_inbox(settings, servers.folder)}
    environment = {**os.environ, **found}
    container = build(load_settings(environment))

    def prepare() -> None:
        if distributed:
            file = keep_addresses(servers.folder, found)
            progress(f"To use the command line beside it: (. {quote(str(file))}; concord doctor)")
        _people(container, sandbox, servers.folder / CREDENTIALS)
        container.engine.dispose()

    supervise(
        container.settings,
        servers=servers.processes,
        extra=(sandbox.process(),),
        environment=environment,
        prepare=prepare,
        on_ready=lambda: _welcome(container),
    )


def _inbox(settings: Settings, folder: Path) -> Mapping[str, str]:
    """The setting of a drop folder beside the data, with a sub-folder a kind, where none is set."""
    if settings.drop_folder is not None:
        return {}
    inbox = folder.absolute() / "inbox"
    for kind in sorted(WRITTEN_KINDS):
        (inbox / kind.value).mkdir(parents=True, exist_ok=True)
    return {"CONCORD_DROP_FOLDER": str(inbox)}


class _Sandbox:
    """The stand-in for Odoo: its port, its passwords, and what Concord's settings are to reach it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "odoo"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = free_port(_ODOO_PORTS)
        self.url = f"http://127.0.0.1:{self.port}"
        self.passwords = _kept_passwords(self._folder / "passwords.json")

    def settings(self) -> Mapping[str, str]:
        """The environment that connects Concord to it."""
        return {
            "CONCORD_ODOO_URL": self.url,
            "CONCORD_ODOO_DB": "demo",
            "CONCORD_ODOO_USER": _ODOO_USER,
            "CONCORD_ODOO_PASSWORD": self.passwords[_ODOO_USER],
        }

    def process(self) -> ProcessSpec:
        """How to start it."""
        options = {
            "--state": str(self._folder / "odoo.sqlite"),
            "--port": str(self.port),
            "--user": _ODOO_USER,
            "--password-file": str(self._folder / "passwords.json"),
        }
        arguments = [part for option in options.items() for part in option]
        return ProcessSpec("odoo", (sys.executable, "-P", "-m", "service.demo.odoo_server", *arguments))


def _kept_passwords(file: Path) -> dict[str, str]:
    """The sandbox's passwords by login, made at the first start."""
    if not file.exists():
        made = {login: secrets.token_urlsafe(16) for login in (_ODOO_USER, _ADMIN)}
        _write_secret(file, json.dumps(made))
    found: dict[str, str] = json.loads(file.read_text())
    return found


def _people(container: Container, sandbox: _Sandbox, file: Path) -> None:
    """One person and one token a role, made at the first start and kept readable by their owner only."""
    upgrade(container.engine)
    is_first = not file.exists()
    users = [_person(container, role) for role in UserRole] if is_first else json.loads(file.read_text())["users"]
    # The administrator's password: a person who tries the demonstration wants to change things in Odoo.
    odoo = {"url": sandbox.url, "db": "demo", "user": _ADMIN, "password": sandbox.passwords[_ADMIN]}
    _write_secret(file, json.dumps({"url": public_url(container), "users": users, "odoo": odoo}, indent=1))
    if is_first:
        _print_people(users, file)


def _person(container: Container, role: UserRole) -> dict[str, object]:
    """A person of that role, made again with a new password where an earlier first start was interrupted."""
    name, password = role.value, secrets.token_urlsafe(12)
    uow, clock = container.uow, container.clock
    with uow.read() as tx:
        known = tx.users.by_name(name)
    if known is None:
        create_user(uow=uow, clock=clock, actor=OPERATOR, name=name, roles=frozenset({role}), password=password)
    else:
        set_password(uow=uow, clock=clock, actor=OPERATOR, name=name, password=password)
    token = issue_token(uow=uow, clock=clock, actor=OPERATOR, name=name)
    return {"name": name, "password": password, "roles": [role.value], "token": token}


def _print_people(users: list[dict[str, object]], file: Path) -> None:
    progress("People of the demonstration (shown once, kept in " + str(file) + "):")
    for user in users:
        progress(f"  {user['name']:<10} password {user['password']}  token {user['token']}")


def _welcome(container: Container) -> None:
    """Upload the documents at the first start, then say where everything is."""
    with container.uow.read() as tx:
        uploader = tx.users.by_name(UserRole.UPLOADER.value)
        assert uploader is not None
        is_seeded = tx.idempotency.get(uploader.id, _SEEDED) is not None
    if not is_seeded:  # a later version's papers may differ: they aren't uploaded beside the first ones
        _upload(container, actor_of(uploader))
    progress(f"Files that are put into {container.settings.drop_folder} become documents")
    progress(f"Concord serves on {public_url(container)}; the sandbox Odoo on {container.settings.odoo_url}")


def _upload(container: Container, uploader: Actor) -> None:
    uploads = [
        Upload(document.content, document.filename, "demo") for document in build_documents(build_company(SEED), SEED)
    ]
    receive_documents(
        uow=container.uow,
        blobs=container.blobs,
        clock=container.clock,
        uploads=uploads,
        actor=uploader,
        idempotency_key=_SEEDED,
    )


def _write_secret(file: Path, text: str) -> None:
    handle = os.open(file.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text + "\n")
    file.with_suffix(".new").replace(file)
