"""Tests are left out for want of a program on a machine of one's own, never in CI."""

import pytest

from tests.support.programs import missing


def test_on_a_machine_of_ones_own_the_test_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install dovecot-imapd"):
        missing("Dovecot", "dovecot-imapd")


def test_in_ci_the_test_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install dovecot-imapd"):
        missing("Dovecot", "dovecot-imapd")
