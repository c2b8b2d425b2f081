"""``python -P -m service.wsgi``: serves the web application by waitress."""

from __future__ import annotations

import logging
import os

import waitress

from service.bootstrap import build
from service.config import load_settings
from service.logs import configure_logging
from service.web.app import create_app

log = logging.getLogger(__name__)


def main() -> None:
    """Serve until the process is told to end."""
    settings = load_settings(os.environ)
    configure_logging(settings.log_level)
    application = create_app(build(settings))
    log.info("web listens", extra={"host": settings.host, "port": settings.port})
    waitress.serve(
        application,
        host=settings.host,
        port=settings.port,
        threads=settings.web_threads,
        ident=None,
        max_request_body_size=application.config["MAX_CONTENT_LENGTH"],  # beyond it nothing is kept on disk either
        clear_untrusted_proxy_headers=not settings.trusted_proxies,  # the application takes what they say from there
    )


if __name__ == "__main__":
    main()
