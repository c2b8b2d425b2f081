"""Puts the web application together: protection, blueprints, and what every template may use."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from service.bootstrap import Container
from service.web import (
    access,
    admin,
    api,
    auth,
    dashboard,
    documents,
    errors,
    exceptions,
    formats,
    health,
    queue,
    review,
    security,
)
from service.web.context import EXTENSION
from service.web.review_parts import ordinal

_FILES_AT_ONCE = 20
_NAVIGATION = (
    ("Dashboard", "dashboard.page", ("dashboard",)),
    ("Work list", "queue.work_list", ("queue", "review", "exceptions")),
    ("Upload", "documents.upload_page", ("documents",)),
    ("People", "admin.people", ()),
    ("Jobs", "admin.jobs", ()),
)


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page in the bar at the top."""

    label: str
    href: str
    current: bool


def create_app(container: Container) -> Flask:
    """The WSGI application over that composition."""
    app = Flask(__name__)
    settings = container.settings
    app.extensions[EXTENSION] = container
    app.config["MAX_CONTENT_LENGTH"] = (
        _FILES_AT_ONCE * settings.max_upload_mb * documents.MEGABYTE + security.FORM_SPACE
    )
    app.config["MAX_FORM_MEMORY_SIZE"] = security.FORM_SPACE
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    security.install(app, container)
    errors.install(app)
    for module in (auth, dashboard, queue, exceptions, documents, review, admin, api, health):
        app.register_blueprint(module.blueprint)
    _equip_templates(app, container)
    return app


def _equip_templates(app: Flask, container: Container) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        navigation=_navigation,
        may=_may,
        max_upload_mb=container.settings.max_upload_mb,
        drop_folder=container.settings.drop_folder,
        now=container.clock.now,
    )
    for filter_ in (
        formats.amount,
        formats.figure,
        formats.grouped,
        formats.difference,
        formats.quantity,
        formats.percent,
        formats.day,
        formats.label,
        formats.status_label,
        formats.code_title,
        formats.code_severity,
        formats.file_size,
        formats.kind_label,
        formats.span,
        ordinal,
    ):
        app.jinja_env.filters[filter_.__name__] = filter_
    zone = container.settings.zone
    app.jinja_env.filters["moment"] = lambda value: formats.moment(value, zone)
    app.jinja_env.filters["local_day"] = lambda value: formats.day(value.astimezone(zone).date())
    app.jinja_env.filters["age"] = lambda since: formats.age(since, container.clock.now())


def _navigation() -> tuple[NavigationEntry, ...]:
    return tuple(
        NavigationEntry(label, url_for(endpoint), request.endpoint == endpoint or request.blueprint in blueprints)
        for label, endpoint, blueprints in _NAVIGATION
        if _may(endpoint)
    )


def _may(endpoint: str) -> bool:
    """Whether who asks may call that endpoint; templates leave out what they may not."""
    return access.ACCESS[endpoint].admits(g.actor)
