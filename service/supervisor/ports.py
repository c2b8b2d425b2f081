"""Which ports of this machine are free, in use, or listened on."""

from __future__ import annotations

import socket

from service.domain.errors import ConfigurationError

_CONNECT_S = 0.1


def free_port(ports: range) -> int:
    """The first of the loopback address's ``ports`` that nobody has now; ConfigurationError where there is none."""
    for port in ports:
        if _refusal("127.0.0.1", port) is None:
            return port
    raise ConfigurationError(f"All ports from {ports.start} to {ports.stop - 1} are in use.")


def check_port(host: str, port: int) -> None:
    """ConfigurationError where the port can't be had."""
    if said := _refusal(host, port):
        raise ConfigurationError(f"Port {port} of {host} can't be used: {said}.", advice="Set CONCORD_PORT to another.")


def is_listening(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
    try:
        with socket.create_connection((reachable, port), timeout=_CONNECT_S):
            return True
    except OSError:
        return False


def _refusal(host: str, port: int) -> str | None:
    """Why the port can't be had; None where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return str(error.strerror)
    return None
