"""Passwords of the users: never kept as text, checked on every call as Odoo does."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from service.demo.odoo_server.environment import Record
from service.demo.odoo_server.values import mapping_of

_COST = {"n": 2**13, "r": 8, "p": 1}


def read_passwords(path: Path) -> Mapping[str, str]:
    """Password by login from a JSON object. ValueError where the file is anything else."""
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict) or not all(isinstance(password, str) for password in content.values()):
        raise ValueError(f"{path}: expected a JSON object of passwords by user name.")
    return content


def set_password(user: Record, password: str) -> None:
    """Let the user sign in with that password from now on."""
    salt = secrets.token_hex(16)
    user.set(credential={"salt": salt, "hash": _hashed(password, salt)})


class PasswordChecker:
    """Remembers what it found right, because the hash is slow on purpose and every call carries the password."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._right: dict[int, tuple[str, bytes]] = {}

    def matches(self, user: Record, password: str) -> bool:
        """Whether that is the user's password."""
        credential = mapping_of(user.row.get("credential"))
        expected, salt = str(credential.get("hash", "")), str(credential.get("salt", ""))
        mark = hmac.digest(self._key, password.encode(), "sha256")
        if self._right.get(user.id) == (expected, mark):
            return True
        right = bool(expected) and hmac.compare_digest(_hashed(password, salt), expected)
        if right:
            self._right[user.id] = (expected, mark)
        return right


def _hashed(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode(), salt=salt.encode(), **_COST).hex()
