"""Settings: what is wrong is named before anything starts; secrets come from files too and are shown nowhere."""

from __future__ import annotations

import stat
from decimal import Decimal
from pathlib import Path

import pytest

from service.config import load_policy, load_settings, session_key
from service.domain.errors import ConfigurationError
from service.domain.money import Tolerance
from service.domain.policy import Policy

ODOO = {
    "CONCORD_ODOO_URL": "https://odoo.example/erp",
    "CONCORD_ODOO_DB": "books",
    "CONCORD_ODOO_USER": "concord",
    "CONCORD_ODOO_PASSWORD": "hunter2-hunter2",
}


def test_everything_has_a_default_that_works_on_one_machine() -> None:
    settings = load_settings({})
    assert settings.is_embedded
    assert settings.data_dir == Path.cwd() / "var"
    assert settings.effective_database_url == f"sqlite:///{Path.cwd()}/var/concord.sqlite"
    assert settings.effective_broker_url == f"redis+socket://{Path.cwd()}/var/redis/redis.sock"


def test_variables_of_others_and_empty_ones_are_left_alone() -> None:
    assert load_settings({"PATH": "/bin", "CONCORDE": "1", "CONCORD_PORT": ""}).port == 8000


def test_values_are_typed() -> None:
    settings = load_settings({**ODOO, "CONCORD_ODOO_COMPANY_IDS": "1, 3", "CONCORD_PORT": "8100"})
    assert (settings.port, settings.odoo_company_ids) == (8100, (1, 3))


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("CONCORD_ODO_URL", "CONCORD_ODOO_URL"),
        ("CONCORD_PROT", "CONCORD_PORT"),
        ("CONCORD_SECRET_KEY_FIL", "CONCORD_SECRET_KEY_FILE"),
        ("CONCORD_PORT_FILE", "CONCORD_POLICY_FILE"),
    ],
)
def test_an_unknown_variable_is_an_error_with_the_nearest_name(variable: str, nearest: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load_settings({variable: "x"})
    assert variable in raised.value.message
    assert raised.value.advice == f"Did you mean {nearest}?"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"CONCORD_PORT": "eighty"}, "CONCORD_PORT"),
        ({"CONCORD_PORT": "70000"}, "CONCORD_PORT"),
        ({"CONCORD_LOG_LEVEL": "LOUD"}, "CONCORD_LOG_LEVEL"),
        ({"CONCORD_ODOO_COMPANY_IDS": "1,x"}, "CONCORD_ODOO_COMPANY_IDS"),
        ({"CONCORD_ODOO_URL": "https://odoo.example"}, "ODOO_PASSWORD"),
        ({"CONCORD_DATA_DIR": "/" + "x" * 120}, "DATA_DIR"),
    ],
)
def test_a_wrong_value_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        load_settings(given)


def test_a_wrong_secret_is_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as raised:
        load_settings({**ODOO, "CONCORD_PORT": "secret-in-the-wrong-place"})
    assert "secret-in-the-wrong-place" not in raised.value.message


def test_a_secret_key_is_needed_beyond_loopback() -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        load_settings({"CONCORD_HOST": "0.0.0.0"})
    assert load_settings({"CONCORD_HOST": "0.0.0.0", "CONCORD_SECRET_KEY": "k" * 40}).host == "0.0.0.0"
    assert load_settings({"CONCORD_HOST": "::1"}).host == "::1"


def test_secrets_come_from_files_and_stay_out_of_sight(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("from the file\n")
    given = {name: value for name, value in ODOO.items() if name != "CONCORD_ODOO_PASSWORD"}
    settings = load_settings({**given, "CONCORD_ODOO_PASSWORD_FILE": str(tmp_path / "password")})
    assert settings.odoo_password.get_secret_value() == "from the file"
    assert "from the file" not in repr(settings)
    with pytest.raises(ConfigurationError, match="CONCORD_ODOO_PASSWORD_FILE"):
        load_settings({**given, "CONCORD_ODOO_PASSWORD_FILE": str(tmp_path / "missing")})
    with pytest.raises(ConfigurationError, match="twice"):
        load_settings({**ODOO, "CONCORD_ODOO_PASSWORD_FILE": str(tmp_path / "password")})


def test_the_session_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = load_settings({"CONCORD_DATA_DIR": str(tmp_path / "new")})
    key = session_key(settings)
    assert len(key) >= 40
    assert session_key(settings) == key
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600
    assert [place.name for place in (tmp_path / "new").iterdir()] == ["secret-key"]
    given = load_settings({"CONCORD_DATA_DIR": str(tmp_path), "CONCORD_SECRET_KEY": "g" * 40})
    assert session_key(given) == "g" * 40


def test_a_policy_is_read_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        'version = "2026-03"\nthree_way = false\nduplicate_days = 90\nautomatic_score = 0.95\nquantity = 1\n'
        "cheaper_info_percent = 12.5\n[unit_price]\nabsolute = 0.05\npercent = 2\n"
    )
    policy = load_policy(file)
    assert policy.unit_price == Tolerance(Decimal("0.05"), Decimal(2))
    assert policy.quantity == Tolerance(Decimal(1))
    assert (policy.version, policy.three_way, policy.duplicate_days) == ("2026-03", False, 90)
    assert (policy.automatic_score, policy.cheaper_info_percent) == (0.95, Decimal("12.5"))
    assert policy.fingerprint != Policy().fingerprint
    assert load_policy(None) == Policy()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("unit_prize = 1", "unit_prize"),
        ("unit_price = -1", "unit_price"),
        ('unit_price = "much"', "unit_price"),
        ("unit_price = nan", "unit_price"),
        ("[unit_price]\nrelative = 1", "relative"),
        ("three_way = 1", "three_way"),
        ("version = 3", "version"),
        ("duplicate_days = 1.5", "duplicate_days"),
        ("automatic_score = 90", "automatic_score"),
        ("= nonsense", "policy.toml"),
    ],
)
def test_a_wrong_policy_is_named(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(text)
    with pytest.raises(ConfigurationError, match=named):
        load_policy(file)


def test_a_missing_policy_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"missing\.toml"):
        load_policy(tmp_path / "missing.toml")
