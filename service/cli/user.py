"""``concord user``: people and their API tokens."""

from __future__ import annotations

import secrets
import sys

import click

from service.cli.container import OPERATOR, open_container
from service.domain.decisions import UserRole
from service.usecases.people import create_user, issue_token

_ROLES = [role.value for role in UserRole]


command = click.Group("user", help="People and their API tokens.")


@command.command("create")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(_ROLES), help="May be given again.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create(name: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Create NAME with ROLES; a random password is made and printed once unless one is given."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(12)
    container = open_container()
    wanted = frozenset(UserRole(role) for role in roles)
    create_user(uow=container.uow, clock=container.clock, actor=OPERATOR, name=name, roles=wanted, password=password)
    click.echo(f"{name} may sign in.", err=True)
    if not password_stdin:
        click.echo(password)


@command.command("token")
@click.argument("name")
def token(name: str) -> None:
    """Make an API token for NAME and print it, the only time that it can be seen."""
    container = open_container()
    click.echo(issue_token(uow=container.uow, clock=container.clock, actor=OPERATOR, name=name))
