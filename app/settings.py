"""Every environment variable of the service, read and checked once."""

import logging
from ipaddress import ip_address
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import PydanticUseDefault
from pydantic_settings import BaseSettings, SettingsConfigDict

log = logging.getLogger(__name__)

# RFC 7518, section 3.2: an HS256 key has at least as many bits as its hash.
MIN_SECRET_BYTES = 32
DEFAULT_PORTS = {"http": 80, "https": 443}


def _secret(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value().encode()) < MIN_SECRET_BYTES:
        raise ValueError(f"it has fewer than {MIN_SECRET_BYTES} bytes")
    return value


def _database(value: SecretStr) -> SecretStr:
    url = value.get_secret_value()
    try:
        conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ValueError("it is not a PostgreSQL URL") from error
    if not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("it does not begin with postgresql://")
    return value


def _web_address(value: str) -> str:
    address = urlsplit(value)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("it does not begin with http:// or https:// and a host")
    if address.query or address.fragment or address.username is not None:
        raise ValueError("it has more than scheme, host, port and path")
    if address.port == 0:
        raise ValueError("there is no port 0")
    return value.rstrip("/")


def _origin(value: str) -> str:
    """Return the origin as browsers write it: in lower case, without the scheme's own port."""
    value = _web_address(value).lower()
    address = urlsplit(value)
    if address.path:
        raise ValueError("it has more than scheme, host and port")
    if not value.isascii():
        raise ValueError("write its host as browsers send it, with xn--")
    return value.removesuffix(f":{DEFAULT_PORTS[address.scheme]}")


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("there is no such time zone")
    return value


def _ip_address(value: str) -> str:
    return value if value == "localhost" else str(ip_address(value.strip("[]")))


def _ours_or_default(
    value: object, check: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> object:
    """Take an impossible value for another program's: conda exports a HOST, for example."""
    try:
        return check(value)
    except ValidationError as error:
        log.warning(_line(str(info.field_name), "ignored, since it looks like another program's"))
        raise PydanticUseDefault from error


Shared = WrapValidator(_ours_or_default)
WebAddress = Annotated[str, AfterValidator(_web_address)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]


class DatabaseSettings(BaseSettings):
    """All that a migration needs."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", use_attribute_docstrings=True
    )

    database_url: Annotated[SecretStr, AfterValidator(_database)]
    """The PostgreSQL server: postgresql://user:password@host:port/database."""


class Settings(DatabaseSettings):
    """The service's settings; the variables are the names in capitals.

    Raises ValidationError, which `explain` turns into lines for a person.
    """

    secret_key: Secret
    """Signs tokens: at least 32 bytes, the same on every machine."""
    secret_key_previous: Secret | None = None
    """Another secret whose tokens are accepted: the former one or, before a change, the next."""
    token_minutes: Annotated[int, Field(ge=1, le=60 * 24 * 30)] = 60
    """For how many minutes a sign-in lasts."""
    public_url: Annotated[str, AfterValidator(_origin)] = Field("", validate_default=False)
    """Where browsers reach the service; by default http://127.0.0.1:PORT."""
    trusted_proxies: Annotated[int, Field(ge=0, le=10)] = 0
    """How many proxies of yours stand in front (X-Forwarded-For)."""
    breach_api_url: WebAddress = "https://api.pwnedpasswords.com"
    """The Pwned Passwords service, or another with the same range API."""
    timezone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    """The time zone whose calendar decides when a todo is overdue, such as Europe/Vienna."""
    sign_in_failures_per_account: Count = 10
    """Failed sign-ins for one e-mail from one address in LIMIT_MINUTES."""
    sign_in_failures_per_address: Count = 100
    """Failed sign-ins from one address in LIMIT_MINUTES."""
    sign_ups_per_address: Count = 100
    """Sign-ups from one address in LIMIT_MINUTES."""
    limit_minutes: Annotated[int, Field(ge=1, le=60 * 24)] = 15
    """The length of the window in which attempts count towards a limit."""
    todos_per_account: Annotated[int, Field(ge=1, le=10_000)] = 1000
    """How many todos one account may have."""
    host: Annotated[str, AfterValidator(_ip_address), Shared] = "127.0.0.1"
    """The IP address to listen on."""
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    """The port to listen on."""
    processes: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that serve, each with its own threads and connections."""
    threads: Annotated[int, Field(ge=64, le=1024), Shared] = 64
    """Threads of a process, from 64: 48 for requests, the others for open pages."""
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper), Shared
    ] = "INFO"
    """The least severe level that is logged: DEBUG, INFO, WARNING or ERROR."""

    @model_validator(mode="after")
    def _default_public_url(self) -> Self:
        if not self.public_url:
            self.public_url = _origin(f"http://127.0.0.1:{self.port}")
        return self

    @property
    def local_port(self) -> int | None:
        """The port, if only programs of this machine can connect to it."""
        is_local = self.host == "localhost" or ip_address(self.host).is_loopback
        return self.port if is_local else None

    @property
    def secrets(self) -> list[str]:
        """The secret that signs, then the one that is still accepted."""
        secrets = [self.secret_key, self.secret_key_previous]
        return [secret.get_secret_value() for secret in secrets if secret]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, loaded."""
        return ZoneInfo(self.timezone)


def explain(error: ValidationError) -> list[str]:
    """Return one line per error, which names the variable and never its value."""
    return [_line(str(detail["loc"][0]), detail["msg"]) for detail in error.errors()]


def _line(field: str, message: str) -> str:
    rule = Settings.model_fields[field].description
    return f"{field.upper()}: {message.removeprefix('Value error, ')}. ({rule})"
