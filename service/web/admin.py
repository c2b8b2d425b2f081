"""People and their tokens, and the jobs that gave up."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.decisions import UserRole
from service.domain.errors import UsageError
from service.usecases.people import SHORTEST_PASSWORD, create_user
from service.usecases.people import issue_token as make_token
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
            uow=container().uow,
            clock=container().clock,
            actor=actor(),
            name=request.form.get("name", ""),
            roles=_roles(request.form.getlist("role")),
            password=request.form.get("password", ""),
        )
    except UsageError as error:
        return _people_page(problem=error.message), 422
    flash(f"{user.name} can sign in now.")
    return redirect(url_for("admin.people"), 303)


@blueprint.post("/people/<name>/token")
def issue_token(name: str) -> str:
    """A new API token, shown on this answer only."""
    token = make_token(uow=container().uow, clock=container().clock, actor=actor(), name=name)
    return _people_page(token=token, token_of=name)


@blueprint.get("/jobs")
def jobs() -> str:
    """Jobs that used up their attempts."""
    with container().uow.read() as tx:
        return render_template("jobs.html", jobs=tx.jobs.dead())


def _people_page(*, problem: str = "", token: str = "", token_of: str = "") -> str:
    with container().uow.read() as tx:
        users = tx.users.all()
    form = request.form if problem else {}
    return render_template(
        "people.html",
        users=users,
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
