"""People and their tokens, and the jobs that gave up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.decisions import UserRole
from service.domain.errors import UsageError
from service.domain.ids import JobId
from service.usecases.people import (
    SHORTEST_PASSWORD,
    activate,
    create_user,
    deactivate,
    set_password,
    set_roles,
)
from service.usecases.people import issue_token as make_token
from service.usecases.people import revoke_tokens as forget_tokens
from service.usecases.retry_job import retry_job
from service.web.context import actor, container

blueprint = Blueprint("admin", __name__)

ROLES = {
    UserRole.UPLOADER: "uploads, and sees their own documents",
    UserRole.REVIEWER: "sees all, corrects, settles warnings, rejects, holds",
    UserRole.APPROVER: "besides, approves, overrides, reopens",
    UserRole.AUDITOR: "sees all and the audit trail, changes nothing",
    UserRole.ADMIN: "people, tokens and failed jobs; approves nothing",
}


@blueprint.get("/people")
def people() -> str:
    """Who may sign in."""
    return _people_page()


@blueprint.post("/people")
def create_person() -> Response | tuple[str, int]:
    """A new person."""
    try:
        user = create_user(
            **_deed(),
            name=request.form.get("name", ""),
            roles=_roles(request.form.getlist("role")),
            password=request.form.get("password", ""),
        )
    except UsageError as error:
        return _people_page(problem=error.message), 422
    flash(f"{user.name} can sign in now.")
    return redirect(url_for("admin.people"), 303)


@blueprint.post("/people/<path:name>/token")
def issue_token(name: str) -> str:
    """A new API token, shown on this answer only."""
    token = make_token(**_deed(), name=name)
    return _people_page(token=token, token_of=name)


@blueprint.post("/people/<path:name>/tokens/revoke")
def revoke_tokens(name: str) -> Response:
    """Forget the person's API tokens."""
    return _attempt(
        lambda: forget_tokens(**_deed(), name=name),
        f"{name} has no API token any more; programs that used one are shut out.",
    )


@blueprint.post("/people/<path:name>/roles")
def change_roles(name: str) -> Response:
    """Give the person other roles."""
    return _attempt(
        lambda: set_roles(**_deed(), name=name, roles=_roles(request.form.getlist("role"))),
        f"{name} has other roles now.",
    )


@blueprint.post("/people/<path:name>/password")
def reset_password(name: str) -> Response:
    """Give the person a new password."""
    password = request.form.get("password", "")
    return _attempt(
        lambda: set_password(**_deed(), name=name, password=password),
        f"{name} signs in with the new password from now on.",
    )


@blueprint.post("/people/<path:name>/deactivate")
def deactivate_person(name: str) -> Response:
    """Let the person in no more."""
    return _attempt(lambda: deactivate(**_deed(), name=name), f"{name} can't sign in any more.")


@blueprint.post("/people/<path:name>/activate")
def activate_person(name: str) -> Response:
    """Let the person in again."""
    return _attempt(lambda: activate(**_deed(), name=name), f"{name} can sign in again.")


@blueprint.get("/jobs")
def jobs() -> str:
    """Jobs that used up their attempts."""
    with container().uow.read() as tx:
        return render_template("jobs.html", jobs=tx.jobs.dead())


@blueprint.post("/jobs/<job_id>/retry")
def retry(job_id: str) -> Response:
    """Do a failed job again."""
    return _attempt(lambda: retry_job(**_deed(), job_id=JobId(job_id)), "It is tried again.", "admin.jobs")


def _deed() -> dict[str, Any]:
    """What every use case of an administrator takes."""
    return {"uow": container().uow, "clock": container().clock, "actor": actor()}


def _attempt(deed: Callable[[], object], said: str, page: str = "admin.people") -> Response:
    """Do it and say so, or say why not; either way back to the page."""
    try:
        deed()
    except UsageError as error:
        flash(f"{error.message} {error.advice}".strip(), "error")
    else:
        flash(said)
    return redirect(url_for(page), 303)


def _people_page(*, problem: str = "", token: str = "", token_of: str = "") -> str:
    with container().uow.read() as tx:
        users = tx.users.all()
    form = request.form if problem else {}
    return render_template(
        "people.html",
        users=users,
        own_name=actor().name,
        roles=ROLES,
        shortest_password=SHORTEST_PASSWORD,
        problem=problem,
        token=token,
        token_of=token_of,
        form=form,
    )


def _roles(names: list[str]) -> frozenset[UserRole]:
    try:
        return frozenset(UserRole(name) for name in names)
    except ValueError as error:
        raise UsageError("There is no such role.") from error
