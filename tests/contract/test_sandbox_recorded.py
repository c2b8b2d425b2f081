"""The stand-in answers the exchanges that were recorded from a real Odoo 17 as that Odoo did."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.demo.odoo_server import access
from service.demo.odoo_server.server import ServerOptions, open_services
from tests.support.odoo_sandbox import OdooSandbox, free_port

RECORDED = Path(__file__).parent / "recorded"
EXCHANGES: list[dict[str, Any]] = json.loads((RECORDED / "exchanges.json").read_text("utf-8"))
PASSWORD = "admin"
GROUPS = {"admin": access.ADMINISTRATOR, "employee": (), "integration": (access.DRAFT_BILLS,)}
LAST_MOVE_ID = 54  # the recorded Odoo had used up this id when the exchanges began


def recorded_sandbox(folder: Path, rows: Any) -> OdooSandbox:
    """A stand-in over recorded rows, with the users that the exchanges sign in as."""
    options = ServerOptions(folder / "odoo.sqlite", "retail", "integration", {})
    services = open_services(options, lambda: rows)
    with services.store.transaction():
        for number, row in services.store.rows("res.users").copy().items():
            groups = ["base.group_user", *GROUPS.get(str(row["login"]), ())]
            services.store.put("res.users", number, {**row, "groups": groups})
        services.store.put("res.currency.rate", 1, {"name": "2026-01-01", "rate": 0.92, "currency_id": 125})
        services.store.start_after("account.move", LAST_MOVE_ID)
    services.store.close()
    passwords = dict.fromkeys(GROUPS, PASSWORD)
    (folder / "passwords.json").write_text(json.dumps(passwords), "utf-8")
    return OdooSandbox(folder, free_port(), "retail", "integration", passwords)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    rows = json.loads((RECORDED / "records.json").read_text("utf-8"))
    running = recorded_sandbox(tmp_path_factory.mktemp("odoo"), rows)
    running.start()
    yield running
    running.stop()


def comparable(case: str, answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without what no two servers share: stack frames, and the id of a new note (others were made)."""
    if "error" in answer:
        answer["error"]["data"].pop("debug")
    if case == "message_post":
        assert isinstance(answer["result"], int)
        answer.pop("result")
    return answer


def test_answers_as_recorded(sandbox: OdooSandbox, subtests: pytest.Subtests) -> None:
    """In the order of the recording: later exchanges see what earlier ones wrote."""
    for exchange in EXCHANGES:
        with subtests.test(exchange["case"]):
            answer = sandbox.post(exchange["path"], exchange["request"])
            assert exchange["status"] == 200
            assert comparable(exchange["case"], answer) == comparable(exchange["case"], exchange["response"])


def test_debug_names_the_error(sandbox: OdooSandbox) -> None:
    request = next(exchange for exchange in EXCHANGES if exchange["case"] == "error_unknown_model")["request"]
    debug = sandbox.post("/jsonrpc", request)["error"]["data"]["debug"]
    assert debug.startswith("Traceback (most recent call last):\n")
    assert debug.endswith("odoo.exceptions.UserError: Object no.model doesn't exist\n")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"no json", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"{}", "text/plain", 400),
        (None, "", 400),
    ],
)
def test_refuses_what_is_no_json_request(sandbox: OdooSandbox, body: bytes | None, kind: str, status: int) -> None:
    request = urllib.request.Request(
        f"{sandbox.url}/jsonrpc", data=body, headers={"Content-Type": kind} if kind else {}
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value:
        assert refused.value.code == status
