"""Settings from the environment (``CONCORD_…``) and the policy from its file, both checked before anything starts."""

from __future__ import annotations

import difflib
import os
import re
import secrets
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from service.domain.errors import ConfigurationError
from service.domain.money import Tolerance
from service.domain.policy import Policy

PREFIX = "CONCORD_"
_FILE = "_FILE"
_IMAP_URL = re.compile(
    r"imaps?://[^/@:\s]+:[^/@:\s]+@(\[[0-9a-fA-F:.]+\]|[^/@:\s]+)(:\d{1,5})?(/[!->@-~]*)?(\?starttls=(yes|no))?"
)
_SMTP_URL = re.compile(
    r"smtps?://([^/@:\s]+:[^/@:\s]+@)?(\[[0-9a-fA-F:.]+\]|[^/@:\s]+)(:\d{1,5})?/?(\?starttls=(yes|no))?"
)
_LONGEST_SOCKET_PATH = 100  # bytes; the system allows 107

Port = Annotated[int, Field(ge=1, le=65535)]
CompanyIds = Annotated[tuple[int, ...], BeforeValidator(lambda given: _comma_separated(given))]
Zone = Annotated[str, AfterValidator(lambda given: _known_zone(given))]
Language = Annotated[str, AfterValidator(lambda given: _spoken(given))]
Transport = Annotated[str, AfterValidator(lambda given: _built_transport(given))]
Storage = Annotated[str, AfterValidator(lambda given: _file_storage(given))]
Languages = Annotated[
    tuple[Annotated[str, Field(pattern=r"^[a-zA-Z_]{3,20}$")], ...],
    Field(min_length=1),
    BeforeValidator(lambda given: _comma_separated(given)),
]


class Settings(BaseModel):
    """The settings of one installation; each field is ``CONCORD_`` and its name in upper case.

    Sizes in megabytes, times in seconds. A secret can also be given as the path of a file, with ``_FILE`` appended
    to its name. What is empty stands for a default that works on one machine.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: Port = 8000
    base_url: str = ""
    trusted_proxies: int = Field(0, ge=0, le=10)
    data_dir: Path = Path("var")
    database_url: SecretStr = SecretStr("")
    broker_url: SecretStr = SecretStr("")
    storage_url: Storage = ""
    odoo_url: str = ""
    odoo_db: str = ""
    odoo_user: str = ""
    odoo_password: SecretStr = SecretStr("")
    odoo_transport: Transport = "jsonrpc"
    odoo_company_ids: CompanyIds = ()
    odoo_timeout_s: float = Field(30, gt=0, le=600)
    odoo_request_limit_s: float = Field(120, gt=0, le=3600)
    odoo_ca_file: Path | None = None
    secret_key: SecretStr = SecretStr("")
    encryption_key: SecretStr = SecretStr("")
    max_upload_mb: int = Field(25, ge=1, le=500)
    max_pages: int = Field(200, ge=1, le=5000)
    policy_file: Path | None = None
    ocr_engine: Literal["auto", "tesseract", "rapidocr"] = "auto"
    ocr_languages: Languages = ("eng", "deu", "fra", "spa", "ita", "nld")
    worker_concurrency: int = Field(2, ge=1, le=64)
    web_threads: int = Field(8, ge=1, le=256)
    sync_interval_s: float = Field(60, ge=1)
    drop_folder: Path | None = None
    imap_url: SecretStr = SecretStr("")
    imap_done_folder: str = Field("", pattern=r"^[ -~]*$")
    smtp_url: SecretStr = SecretStr("")
    intake_interval_s: float = Field(15, ge=1)
    language: Language = "en"
    timezone: Zone = "UTC"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def is_embedded(self) -> bool:
        """Whether Redis is ours to start."""
        return not self.broker_url.get_secret_value()

    @property
    def zone(self) -> ZoneInfo:
        """Where a day begins and ends."""
        return ZoneInfo(self.timezone)

    @property
    def max_upload_bytes(self) -> int:
        """The largest file that is taken, in bytes."""
        return self.max_upload_mb * 1024 * 1024

    @property
    def redis_folder(self) -> Path:
        """Where the embedded Redis keeps its socket and its log of commands."""
        return self.data_dir / "redis"

    @property
    def redis_socket(self) -> Path:
        """The embedded Redis's socket."""
        return self.redis_folder / "redis.sock"

    @property
    def effective_broker_url(self) -> str:
        """The broker's URL, the embedded Redis's where none is set."""
        return f"redis+socket://{self.redis_socket}" if self.is_embedded else self.broker_url.get_secret_value()

    @property
    def effective_database_url(self) -> str:
        """The database's URL, a SQLite file in the data folder where none is set."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'concord.sqlite'}"

    @property
    def blob_folder(self) -> Path:
        """Where the files that were received are kept."""
        return Path(unquote(urlsplit(self.storage_url).path)) if self.storage_url else self.data_dir / "blobs"

    @property
    def log_folder(self) -> Path:
        """Where the processes that the supervisor starts write their logs."""
        return self.data_dir / "log"

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        if not self.secret_key.get_secret_value() and not _is_loopback(self.host):
            raise ValueError("SECRET_KEY is needed where HOST is reachable from other machines")
        if self.is_embedded and len(bytes(self.redis_socket)) > _LONGEST_SOCKET_PATH:
            raise ValueError(f"DATA_DIR is too long a path for the socket in it: {self.redis_socket}")
        if self.odoo_url and not (self.odoo_db and self.odoo_user and self.odoo_password.get_secret_value()):
            raise ValueError("ODOO_URL needs ODOO_DB, ODOO_USER and ODOO_PASSWORD beside it")
        if self.imap_url.get_secret_value() and not _IMAP_URL.fullmatch(self.imap_url.get_secret_value()):
            raise ValueError("IMAP_URL must be imap(s)://user:password@host:port/FOLDER, special characters as %XX")
        if self.smtp_url.get_secret_value() and not _SMTP_URL.fullmatch(self.smtp_url.get_secret_value()):
            raise ValueError("SMTP_URL must be smtp(s)://user:password@host:port, special characters as %XX")
        return self


_SECRETS = tuple(name for name, info in Settings.model_fields.items() if info.annotation is SecretStr)


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in ``environ``; ConfigurationError that names the variable where one is unknown or wrong."""
    values: dict[str, object] = {}
    for variable, text in environ.items():
        if variable.startswith(PREFIX) and text != "":
            name, value = _setting(variable, text)
            if name in values:
                raise ConfigurationError(f"{PREFIX}{name.upper()} is given twice: by itself and as a file.")
            values[name] = value
    values["data_dir"] = Path(str(values.get("data_dir", "var"))).expanduser().absolute()
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigurationError(_sentence(error)) from None  # the cause would show what was given


def session_key(settings: Settings) -> str:
    """``SECRET_KEY``, or one made at first need and kept in the data folder, readable by its owner only."""
    given = settings.secret_key.get_secret_value()
    if given:
        return given
    place = settings.data_dir / "secret-key"
    if not place.exists():
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = place.with_name(f".secret-key-{os.getpid()}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            place.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            fresh.unlink()
    return place.read_text().strip()


def load_policy(path: Path | None) -> Policy:
    """The policy of a TOML file over the defaults; ConfigurationError naming the entry that is wrong."""
    if path is None:
        return Policy()
    try:
        with path.open("rb") as file:
            given = tomllib.load(file, parse_float=Decimal)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"The policy file {path} can't be read: {error}.") from error
    policy = Policy()
    kinds = {field.name: type(getattr(policy, field.name)) for field in fields(Policy)}
    changed = {name: _policy_entry(name, kinds, value) for name, value in given.items()}
    return replace(policy, **changed)


def _setting(variable: str, text: str) -> tuple[str, str]:
    name = variable.removeprefix(PREFIX).lower()
    if name in Settings.model_fields:
        return name, text
    secret = name.removesuffix(_FILE.lower())
    if secret != name and secret in _SECRETS:
        try:
            return secret, Path(text).read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{variable}: the file {text} can't be read.") from error
    known = [*Settings.model_fields, *(f"{secret}{_FILE.lower()}" for secret in _SECRETS)]
    raise ConfigurationError(f"There is no setting {variable}.", advice=_nearest(name, known, PREFIX))


def _nearest(name: str, known: Iterable[str], prefix: str = "") -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    spelled = f"{prefix}{close[0].upper()}" if close and prefix else "".join(close)
    return f"Did you mean {spelled}?" if spelled else ""


def _sentence(error: ValidationError) -> str:
    said = []
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        message = problem["msg"].removeprefix("Value error, ")
        where = ".".join(str(part) for part in problem["loc"][:1])
        said.append(f"{PREFIX}{where.upper()}: {message}" if where else message)
    return "; ".join(said) + "."


def _comma_separated(given: object) -> object:
    return [part.strip() for part in given.replace("+", ",").split(",")] if isinstance(given, str) else given


def _known_zone(given: str) -> str:
    """A name of the IANA time zone database, "Europe/Berlin"."""
    try:
        return ZoneInfo(given).key
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise ValueError("a time zone's name is needed, as Europe/Berlin") from error


def _spoken(given: str) -> str:
    """A language that the screens have."""
    if given != "en":
        raise ValueError("only en is there so far; documents are read in many languages whatever this says")
    return given


def _built_transport(given: str) -> str:
    """A way to talk to Odoo that is built."""
    if given == "json2":
        raise ValueError("json2 is not built yet; leave it at jsonrpc, which Odoo 17 speaks")
    if given != "jsonrpc":
        raise ValueError("there is only jsonrpc")
    return given


def _file_storage(given: str) -> str:
    """``file:///an/absolute/path``, the only storage so far."""
    parts = urlsplit(given)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or parts.query or parts.fragment:
        raise ValueError("only a folder can be given, as file:///srv/concord/files")
    if not unquote(parts.path).startswith("/") or not parts.path.strip("/") or "\0" in unquote(parts.path):
        raise ValueError("an absolute path is needed, as file:///srv/concord/files")
    return given


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _policy_entry(name: str, kinds: Mapping[str, type], value: Any) -> Any:
    if name not in kinds:
        raise ConfigurationError(f"The policy has no entry {name}.", advice=_nearest(name, kinds))
    kind = kinds[name]
    if kind is Tolerance:
        return _tolerance(name, value)
    if kind in (bool, str):
        if not isinstance(value, kind):
            raise ConfigurationError(f"The policy's {name} must be {'true or false' if kind is bool else 'a text'}.")
        return value
    number = _number(name, value)
    if kind is int and number != int(number):
        raise ConfigurationError(f"The policy's {name} must be a whole number.")
    if kind is float and number > 1:
        raise ConfigurationError(f"The policy's {name} must lie between 0 and 1.")
    return kind(number)


def _tolerance(name: str, value: Any) -> Tolerance:
    """``{absolute = 0.01, percent = 1}``, or just the absolute figure."""
    if not isinstance(value, dict):
        return Tolerance(_number(name, value))
    unknown = value.keys() - {"absolute", "percent"}
    if unknown:
        raise ConfigurationError(f"The policy's {name} has no {min(unknown)}, only absolute and percent.")
    return Tolerance(**{part: _number(f"{name}.{part}", figure) for part, figure in value.items()})


def _number(name: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite() or value < 0:
        raise ConfigurationError(f"The policy's {name} must be a number, 0 or more.")
    return Decimal(value)
