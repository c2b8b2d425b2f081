"""Sessions, tokens, CSRF, headers and the one hook that admits or refuses every request."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from ipaddress import ip_address, ip_network

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from service.bootstrap import Container
from service.config import session_key
from service.domain.decisions import Actor
from service.ports import User
from service.usecases.people import SESSION_LIFETIME, actor_of, session_holder, verify_token
from service.web.access import ACCESS
from service.web.context import container
from service.web.errors import problem

FORM_SPACE = 1_000_000  # bytes of a request besides its files
_TAKES_FILES = frozenset({"documents.upload", "api.upload"})
SIGN_IN_LIMIT = "10 per minute"
# Of failures with one name from one neighbourhood: guessing slowly is stopped too, and whoever guesses a colleague's
# name elsewhere doesn't lock them out.
SIGN_IN_FAILURES = "30 per hour"
# Of failures whatever name and network: a run of guesses from everywhere is slowed down for all but the browsers in
# which that person signed in before.
SIGN_IN_FAILURES_OF_ALL = "60 per minute"
_DEVICE_COOKIE = "concord_device"
_DEVICE_LIFETIME = timedelta(days=90)
_NEIGHBOURHOOD = {4: 24, 6: 64}  # bits of an address that one subscriber can't change at will
_CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)


def neighbourhood() -> str:
    """The network that the request comes from, as TRUSTED_PROXIES tells its address."""
    try:
        address = ip_address(get_remote_address())
    except ValueError:
        return get_remote_address()
    return str(ip_network((address, _NEIGHBOURHOOD[address.version]), strict=False))


def account_from_there() -> str:
    """Whose account is tried from which network; names are told apart as signing in does."""
    return f"{neighbourhood()} {request.form.get('name', '').strip()}"


def everybody() -> str:
    """One key for all who sign in."""
    return "everybody"


def is_known_device() -> bool:
    """Whether whoever is named in the form signed in by this browser before."""
    given = request.cookies.get(_DEVICE_COOKIE, "")
    try:
        name = _device_signer().loads(given, max_age=int(_DEVICE_LIFETIME.total_seconds()))
    except BadSignature:
        return False
    return bool(name == _digest(request.form.get("name", "").strip()))


def remember_device(response: AnyResponse, name: str) -> None:
    """Let this browser be known as one of that person's."""
    response.set_cookie(
        _DEVICE_COOKIE,
        _device_signer().dumps(_digest(name)),
        max_age=_DEVICE_LIFETIME,
        path="/sign-in",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )


def _device_signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=_DEVICE_COOKIE)


def _digest(name: str) -> str:
    return sha256(name.encode(errors="replace")).hexdigest()


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login has no types
    """A session's person. The cookie holds the session's id, which is good while the server remembers it."""

    def __init__(self, user: User, session_id: str) -> None:
        self.user = user
        self._session_id = session_id

    def get_id(self) -> str:
        """What the session cookie remembers."""
        return self._session_id


def install(app: Flask, composition: Container) -> None:
    """Everything that protects: configure sessions, CSRF, limits, the access hook and headers."""
    settings = composition.settings
    secure = settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=session_key(settings),
        SESSION_COOKIE_NAME="concord_session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=_limit_storage(settings.broker_url.get_secret_value()),
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
    )
    app.before_request(_bound_body)  # before anything reads the body
    csrf.init_app(app)
    limiter.init_app(app)
    _login_manager().init_app(app)
    app.before_request(_admit)
    app.after_request(_protect)


def _limit_storage(broker_url: str) -> str:
    """Counters live in the broker's Redis where several web processes may share it, else in memory."""
    return broker_url if broker_url.startswith(("redis://", "rediss://")) else "memory://"


def _login_manager() -> LoginManager:
    manager = LoginManager()
    manager.session_protection = "strong"
    manager.user_loader(_load_person)
    return manager


def _load_person(session_id: str) -> SignedIn | None:
    user = session_holder(uow=container().uow, clock=container().clock, session_id=session_id)
    return None if user is None else SignedIn(user, session_id)


def _bound_body() -> None:
    """Only who may upload sends much; what doesn't carry files is small, whoever sends it."""
    if request.endpoint not in _TAKES_FILES:
        request.max_content_length = FORM_SPACE


def _admit() -> AnyResponse | None:
    """Deny by default: an endpoint must be in the table, and its caller must hold one of its roles."""
    if request.endpoint is None:
        return None
    access = ACCESS.get(request.endpoint)
    if access is None:
        raise Forbidden
    if access.is_public:
        return None
    caller = _caller()
    if caller is None:
        return _ask_to_sign_in()
    g.actor = caller
    if not access.admits(caller):
        raise Forbidden(description="Your roles don't include this.")
    return None


def _caller() -> Actor | None:
    """Who asks: by token under /api, by session elsewhere, never the one in place of the other."""
    if request.blueprint == "api":
        return _token_holder()
    return actor_of(current_user.user) if current_user.is_authenticated else None


def _token_holder() -> Actor | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    user = verify_token(uow=container().uow, token=token.strip())
    return None if user is None else actor_of(user)


def _ask_to_sign_in() -> AnyResponse:
    if request.blueprint == "api":
        answer = problem(HTTPStatus.UNAUTHORIZED, "A valid bearer token is needed.", code="UNAUTHORIZED")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="concord"'
        return answer
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=wanted))


def _protect(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response
