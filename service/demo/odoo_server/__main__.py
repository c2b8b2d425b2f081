"""Starts the stand-in for Odoo: ``python -m service.demo.odoo_server --state FILE --port N …``."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from waitress import create_server

from service.demo.company import build_company, odoo_rows
from service.demo.odoo_server.credentials import read_passwords
from service.demo.odoo_server.http_edge import application
from service.demo.odoo_server.server import Rows, ServerOptions, open_services

_THREADS = 8
_LARGEST_BODY = 256 * 1024 * 1024
_SEED = 20261123


def main(arguments: Sequence[str]) -> int:
    """Serve until killed. The state file is complete after every answered call."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    try:
        passwords = read_passwords(options.password_file)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    services = open_services(ServerOptions(options.state, options.db, options.user, passwords), _company_rows)
    server = create_server(
        application(services),
        host=options.host,
        port=options.port,
        threads=_THREADS,
        max_request_body_size=_LARGEST_BODY,
        clear_untrusted_proxy_headers=True,
    )
    server.run()
    return 0


def _company_rows() -> Rows:
    return cast("Rows", odoo_rows(build_company(_SEED)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="odoo_server", description="A stand-in for Odoo 17 over demonstration books.")
    parser.add_argument("--state", type=Path, required=True, help="SQLite file that holds everything")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--db", default="demo", help="name of the database")
    parser.add_argument("--user", required=True, help="login of the integration user")
    parser.add_argument("--password-file", type=Path, required=True, help="JSON object of passwords by login")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
