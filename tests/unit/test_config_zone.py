"""The setting TIMEZONE, and how IMAP_URL says whether STARTTLS is wanted."""

from __future__ import annotations

import pytest

from service.config import load_settings
from service.domain.errors import ConfigurationError


def test_the_zone_is_utc_unless_a_known_one_is_named() -> None:
    assert load_settings({}).timezone == "UTC"
    assert load_settings({"CONCORD_TIMEZONE": "Europe/Berlin"}).timezone == "Europe/Berlin"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "/etc/localtime"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(ConfigurationError, match="CONCORD_TIMEZONE: a time zone's name"):
        load_settings({"CONCORD_TIMEZONE": zone})


@pytest.mark.parametrize(
    ("query", "taken"), [("", True), ("?starttls=no", True), ("?starttls=yes", True), ("?x=1", False)]
)
def test_only_starttls_may_be_asked_of_a_mailbox(query: str, taken: bool) -> None:
    given = {"CONCORD_IMAP_URL": f"imap://u:p@mail.example/INBOX{query}"}
    if taken:
        assert load_settings(given).imap_url.get_secret_value().endswith(query)
    else:
        with pytest.raises(ConfigurationError, match="IMAP_URL"):
            load_settings(given)
