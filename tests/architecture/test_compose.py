"""The containers are what they claim to be: pinned, without privileges, watched, and started with what exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, Field

from service.config import PREFIX, load_settings
from service.dispatch import Queue
from tests.support.programs import missing
from workers.__main__ import _COMMANDS

ROOT = Path(__file__).parents[2]
DOCKERFILES = (ROOT / "Dockerfile", ROOT / "deploy" / "mail" / "Dockerfile")
ONE_SHOT = {"migrate", "odoo-setup"}
PINNED = re.compile(
    r"(postgres:\d+\.\d+|odoo:\d+\.\d+-\d{8}|debian:\w+-\d{8}|(python|redis|concord-\w+):\d+\.\d+\.\d+)(-[a-z-]+)?"
)
VARIABLE = re.compile(r"\$\{(\w+)(:-[^}]*|:\?[^}]*)?\}")


class Service(BaseModel, extra="allow"):
    """What the tests look at of a service."""

    image: str
    user: str
    restart: str
    read_only: bool
    cap_drop: list[str]
    security_opt: list[str]
    mem_limit: str
    pids_limit: int
    healthcheck: dict[str, object]
    networks: list[str]
    privileged: bool = False
    command: list[str] = []
    ports: list[str] = []
    volumes: list[str] = []
    secrets: list[str] = []
    environment: dict[str, str] = {}
    depends_on: dict[str, dict[str, str]] = {}


class Compose(BaseModel, extra="allow"):
    """The compose file."""

    services: dict[str, Service]
    networks: dict[str, dict[str, bool]]
    volumes: dict[str, dict[str, str]]
    secrets: dict[str, dict[str, str]] = Field(min_length=1)


COMPOSE = Compose.model_validate(yaml.safe_load((ROOT / "docker-compose.yml").read_text()))
CONCORD = {name: service for name, service in COMPOSE.services.items() if service.image.startswith("concord-odoo:")}
each_service = pytest.mark.parametrize("name", COMPOSE.services)
each_dockerfile = pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: path.parent.name)


@each_service
def test_a_service_has_no_privileges(name: str) -> None:
    service = COMPOSE.services[name]
    assert service.user.split(":")[0] not in ("", "0", "root")
    assert service.read_only
    assert not service.privileged
    assert service.cap_drop == ["ALL"]
    assert "no-new-privileges:true" in service.security_opt
    assert not any("docker.sock" in volume for volume in service.volumes)


@each_service
def test_a_service_is_pinned_bounded_and_watched(name: str) -> None:
    service = COMPOSE.services[name]
    assert PINNED.fullmatch(service.image), service.image
    assert re.fullmatch(r"\d+[mg]", service.mem_limit)
    if name in ONE_SHOT:
        assert service.restart == "no"
        assert service.healthcheck == {"disable": True}
    else:
        assert service.restart == "unless-stopped"
        assert service.healthcheck.keys() == {"test", "interval", "timeout", "start_period", "retries"}


@each_service
def test_a_service_refers_to_what_the_file_declares(name: str) -> None:
    service = COMPOSE.services[name]
    assert set(service.secrets) <= COMPOSE.secrets.keys()
    assert set(service.networks) <= COMPOSE.networks.keys()
    for volume in service.volumes:
        source = volume.split(":")[0]
        assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE.volumes
    for other, how in service.depends_on.items():
        assert how["condition"] == ("service_completed_successfully" if other in ONE_SHOT else "service_healthy")
        assert set(service.networks) & set(COMPOSE.services[other].networks)


@each_service
def test_a_service_knows_a_secret_only_as_a_file(name: str) -> None:
    service = COMPOSE.services[name]
    for variable, value in service.environment.items():
        if re.search(r"PASSWORD|SECRET|TOKEN|DATABASE_URL|BROKER_URL|IMAP_URL", variable):
            assert variable.endswith("_FILE")
        if variable.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in service.secrets


@pytest.mark.parametrize("name", CONCORD)
def test_concord_accepts_its_settings(name: str, tmp_path: Path) -> None:
    given = {key: value for key, value in CONCORD[name].environment.items() if key.startswith(PREFIX)}
    for variable, value in given.items():
        if variable.endswith("_FILE"):
            given[variable] = str(tmp_path / variable)
            (tmp_path / variable).write_text("imap://a:b@mail/INBOX" if "IMAP" in variable else "x")
        else:
            given[variable] = VARIABLE.sub(lambda found: (found[2] or "").removeprefix(":-"), value)
    given[f"{PREFIX}BASE_URL"] = "https://concord.example.com"
    load_settings(given)


@pytest.mark.parametrize("name", CONCORD)
def test_a_command_of_concord_exists(name: str) -> None:
    python, safe_path, how, what, *rest = CONCORD[name].command
    assert (python, safe_path) == ("python", "-P")
    if how == "-c":
        compile(what, name, "exec")
    elif what == "workers":
        assert len(rest) == 1
        assert rest[0] in _COMMANDS
    else:
        assert (what, rest) == ("service.wsgi", [])


@pytest.mark.parametrize("name", sorted(CONCORD.keys() - ONE_SHOT))
def test_a_watched_process_is_asked_something_that_it_can_answer(name: str) -> None:
    asked = CONCORD[name].healthcheck["test"]
    assert isinstance(asked, list)
    if asked[0] == "CMD":
        assert asked[1:4] == ["python", "-P", "-c"]
        compile(asked[4], name, "exec")
    else:
        assert f"--destination {CONCORD[name].command[-1]}@$$(hostname)" in asked[1]


def test_each_queue_has_a_worker_and_beat_is_one() -> None:
    started = [service.command[-1] for service in CONCORD.values() if "workers" in service.command]
    queues = {queue.value for queue in Queue}
    assert sorted(started) == sorted(queues | {"beat"})
    for name in queues:
        assert _COMMANDS[name][_COMMANDS[name].index("--queues") + 1] == name


def test_the_migration_step_makes_the_schema(tmp_path: Path) -> None:
    environment = {"CONCORD_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    statement = COMPOSE.services["migrate"].command[-1]
    subprocess.run([sys.executable, "-c", statement], env=environment, check=True, cwd=tmp_path)
    assert (tmp_path / "concord.sqlite").exists()


def test_only_the_web_server_is_published_and_on_loopback() -> None:
    published = {name: service.ports for name, service in COMPOSE.services.items() if service.ports}
    assert published == {"web": ["${PUBLISH_ADDRESS:-127.0.0.1}:${PUBLISH_PORT:-8000}:8000"]}


def test_only_the_front_network_leads_out() -> None:
    assert {name for name, network in COMPOSE.networks.items() if not network.get("internal")} == {"front"}
    servers = COMPOSE.services.keys() - CONCORD.keys()
    assert not any("front" in COMPOSE.services[name].networks for name in servers)


def test_the_script_makes_every_secret_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir()
    script = tmp_path / "secrets.sh"
    script.write_bytes((ROOT / "deploy" / "secrets.sh").read_bytes())
    subprocess.run(["sh", str(script)], check=True)
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert {Path(secret["file"]).name for secret in COMPOSE.secrets.values()} <= made.keys()
    assert folder.stat().st_mode & 0o077 == 0
    assert load_settings({f"{PREFIX}IMAP_URL_FILE": str(folder / "imap-url")})
    subprocess.run(["sh", str(script)], check=True)
    assert {path.name: path.read_text() for path in folder.iterdir()} == made


@each_dockerfile
def test_an_image_is_built_from_what_exists_and_is_pinned(dockerfile: Path) -> None:
    text = dockerfile.read_text()
    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert bases
    assert all(PINNED.fullmatch(base) for base in bases), bases
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for source in sources.split():
            assert (dockerfile.parent / source).exists(), source


@each_dockerfile
def test_an_image_runs_without_root_and_without_a_compiler(dockerfile: Path) -> None:
    last = dockerfile.read_text().split("\nFROM ")[-1]
    assert re.findall(r"^USER (\d+):\d+$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "org.opencontainers.image.title" in last
    assert not re.search(r"\b(gcc|build-essential|git|curl)\b", last)


def test_the_build_sees_what_it_copies() -> None:
    shown = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILES[0].read_text(), re.MULTILINE)
    assert {source for sources in copied for source in sources.split()} == shown


def test_the_image_has_every_language_that_is_read() -> None:
    installed = set(re.findall(r"tesseract-ocr-([a-z]{3})\b", DOCKERFILES[0].read_text()))
    assert installed == set(load_settings({}).ocr_languages)


def test_the_mailbox_is_configured_in_dovecots_own_words() -> None:
    program = shutil.which("doveconf")
    if program is None:
        missing("The IMAP server Dovecot", "dovecot-imapd")
    settings = ROOT / "deploy" / "mail" / "dovecot.conf"
    asked = subprocess.run([program, "-c", str(settings), "protocols"], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip() == "protocols = imap lmtp"
