"""Signing in and out."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask import Response as FlaskResponse
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from service.usecases.people import begin_session, end_session, verify_password
from service.web.access import READS
from service.web.context import actor, container
from service.web.security import (
    SIGN_IN_FAILURES,
    SIGN_IN_FAILURES_OF_ALL,
    SIGN_IN_LIMIT,
    SignedIn,
    account_from_there,
    everybody,
    is_known_device,
    limiter,
    neighbourhood,
    remember_device,
)

blueprint = Blueprint("auth", __name__)


@blueprint.get("/sign-in")
def sign_in() -> str:
    """The sign-in page."""
    return _page()


@blueprint.post("/sign-in")
@limiter.limit(SIGN_IN_LIMIT, key_func=neighbourhood)
@limiter.limit(SIGN_IN_FAILURES, key_func=account_from_there, deduct_when=lambda answer: _is_failure(answer))
@limiter.limit(
    SIGN_IN_FAILURES_OF_ALL,
    key_func=everybody,
    exempt_when=is_known_device,
    deduct_when=lambda answer: _is_failure(answer),
)
def sign_in_submit() -> Response | tuple[str, int]:
    """Check name and password; a fresh session on success."""
    name = request.form.get("name", "")
    user = verify_password(uow=container().uow, name=name, password=request.form.get("password", ""))
    if user is None:
        return _page(problem="Name or password is wrong.", name=name), HTTPStatus.UNAUTHORIZED
    session.clear()
    session.permanent = True
    login_user(SignedIn(user, begin_session(uow=container().uow, clock=container().clock, user=user)))
    answer = redirect(_local(request.form.get("next")) or url_for("auth.home"))
    remember_device(answer, user.name)
    return answer


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session, on the server too: a copy of its cookie is worth nothing from now on."""
    if current_user.is_authenticated:
        end_session(uow=container().uow, session_id=current_user.get_id())
    logout_user()
    session.clear()
    return redirect(url_for("auth.sign_in"))


@blueprint.get("/")
def home() -> Response:
    """The page that a person's roles begin with."""
    return redirect(url_for("queue.work_list" if actor().has(*READS) else "admin.people"))


def _is_failure(answer: FlaskResponse) -> bool:
    """Whether name or password was wrong."""
    return answer.status_code == HTTPStatus.UNAUTHORIZED


def _page(*, problem: str = "", name: str = "") -> str:
    wanted = _local(request.values.get("next"))
    return render_template("sign_in.html", problem=problem, name=name, next=wanted)


def _local(address: str | None) -> str | None:
    """The address, if it stays on this site."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
