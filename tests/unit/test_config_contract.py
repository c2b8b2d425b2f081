"""Every setting of the contract is known; what isn't built is refused with a sentence that says so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from service.bootstrap import SystemClock
from service.config import PREFIX, Settings, load_settings
from service.domain.errors import ConfigurationError

CONTRACT = """
    HOST PORT BASE_URL TRUSTED_PROXIES DATA_DIR DATABASE_URL BROKER_URL STORAGE_URL ODOO_URL ODOO_DB ODOO_USER
    ODOO_PASSWORD ODOO_TRANSPORT ODOO_COMPANY_IDS ODOO_TIMEOUT_S ODOO_CA_FILE OCR_ENGINE OCR_LANGUAGES SECRET_KEY
    ENCRYPTION_KEY IMAP_URL SMTP_URL DROP_FOLDER MAX_UPLOAD_MB MAX_PAGES POLICY_FILE WORKER_CONCURRENCY WEB_THREADS
    LANGUAGE TIMEZONE LOG_LEVEL
"""


def test_no_setting_of_the_contract_is_unknown() -> None:
    assert {name.lower() for name in CONTRACT.split()} <= Settings.model_fields.keys()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANGUAGE", "en"),
        ("ODOO_TRANSPORT", "jsonrpc"),
        ("ENCRYPTION_KEY", "a-key-of-someone"),
        ("SMTP_URL", "smtps://concord:hunter-two@mail.example:465"),
        ("SMTP_URL", "smtp://[::1]:25"),
        ("STORAGE_URL", "file:///srv/concord/files"),
    ],
)
def test_what_is_supported_is_taken(name: str, value: str) -> None:
    settings = load_settings({f"{PREFIX}{name}": value})
    assert "hunter-two" not in repr(settings)
    assert "a-key-of-someone" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LANGUAGE", "de", "only en is there so far"),
        ("ODOO_TRANSPORT", "json2", "not built yet"),
        ("ODOO_TRANSPORT", "xmlrpc", "there is only jsonrpc"),
        ("SMTP_URL", "mail.example", "smtp"),
        ("SMTP_URL", "smtp://user:pa ss@mail.example", "smtp"),
        ("STORAGE_URL", "s3://bucket/files", "only a folder"),
        ("STORAGE_URL", "file://fileserver/share", "only a folder"),
        ("STORAGE_URL", "file:files", "absolute path"),
        ("STORAGE_URL", "file:///", "absolute path"),
    ],
)
def test_what_is_not_supported_is_refused_in_a_sentence(name: str, value: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as raised:
        load_settings({f"{PREFIX}{name}": value})
    assert name in raised.value.message
    assert "ss@mail" not in raised.value.message


def test_files_lie_where_storage_url_says() -> None:
    assert load_settings({"CONCORD_STORAGE_URL": "file:///srv/my%20files"}).blob_folder == Path("/srv/my files")
    assert load_settings({"CONCORD_DATA_DIR": "/data"}).blob_folder == Path("/data/blobs")


def test_the_clock_knows_the_day_of_its_zone() -> None:
    east, west = SystemClock(ZoneInfo("Pacific/Kiritimati")), SystemClock(ZoneInfo("Pacific/Pago_Pago"))
    assert east.today() - west.today() in (timedelta(days=1), timedelta(days=2))  # 25 hours apart
    assert east.now().utcoffset() == timedelta(0)
