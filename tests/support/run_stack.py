"""``python -m tests.support.run_stack``: the supervisor over a migrated database, with the stand-in for Odoo."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

from service.config import load_settings
from service.logs import configure_logging
from service.store.engine import make_engine
from service.store.migrate import upgrade
from service.supervisor import ProcessSpec, supervise


def main() -> None:
    """Run until told to stop."""
    settings = load_settings(os.environ)
    configure_logging(settings.log_level)
    upgrade(make_engine(settings.effective_database_url))
    folder = settings.data_dir
    options = {
        "--state": folder / "odoo.sqlite",
        "--port": urlsplit(settings.odoo_url).port,
        "--db": settings.odoo_db,
        "--user": settings.odoo_user,
        "--password-file": folder / "odoo-passwords.json",
    }
    arguments = [str(part) for option in options.items() for part in option]
    odoo = ProcessSpec("odoo", (sys.executable, "-P", "-m", "service.demo.odoo_server", *arguments))
    supervise(settings, extra=(odoo,))


if __name__ == "__main__":
    main()
