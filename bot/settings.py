"""Settings from the environment and `.env`: read once, validated, frozen."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

SLACK_API = "https://slack.com/api/"
NOT_YET = {
    "slack_client_id": "installing to many workspaces is not available yet: unset it and use SLACK_BOT_TOKEN",
    "slack_client_secret": "installing to many workspaces is not available yet: unset it and use SLACK_BOT_TOKEN",
}
MISSING = {
    "slack_bot_token": "copy the Bot User OAuth Token (xoxb-…) from your app's OAuth & Permissions page",
    "slack_signing_secret": "copy the Signing Secret from your app's Basic Information page, or set SLACK_APP_TOKEN",
    "slack_app_token": "generate an app-level token with connections:write on your app's Basic Information page",
}


class BadSettings(Exception):  # noqa: N818 - the plural says that all of them are named
    """One line a setting that is missing or malformed, each with what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def _api_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or not parts.path.rstrip("/").endswith("/api"):
        raise ValueError(f"must be an http(s) address that ends in /api/, such as {SLACK_API}")
    return text.rstrip("/") + "/"


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("must begin with sqlite:/// or postgresql://, such as sqlite:///convene.db")
    try:
        database = make_url(text).database
    except (ArgumentError, ValueError):
        raise ValueError("can't be read; it is like postgresql://USER:PASSWORD@HOST:5432/NAME") from None
    if text.startswith("sqlite:") and database in (None, "", ":memory:"):
        raise ValueError("names no file, and what is owed must outlive the process: such as sqlite:///convene.db")
    return text


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.netloc:
        raise ValueError("must be an https address that Slack can reach, such as https://convene.example.org")
    return text.rstrip("/")


def _command_prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9_-]{0,20}", text):
        raise ValueError("may have up to 20 lower-case letters, digits, - and _, such as cv-")
    return text


def _app_token(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith("xapp-"):
        raise ValueError("must begin with xapp-: " + MISSING["slack_app_token"])
    return value


S = TypeVar("S", bound="OfflineSettings")


class OfflineSettings(BaseSettings):
    """What can be done without a Slack app: migrate, and print the manifest that makes one.

    Each field is the environment variable of the same name in capitals. Times are seconds of real time.
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: Annotated[str, AfterValidator(_database_url)] = Field(default="sqlite:///convene.db", repr=False)
    public_url: Annotated[str, AfterValidator(_public_url)] | None = None
    command_prefix: Annotated[str, AfterValidator(_command_prefix)] = ""
    slack_app_token: Annotated[SecretStr, AfterValidator(_app_token)] | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


class Settings(OfflineSettings):
    """What the bot needs to run in one workspace: over HTTP, or with `slack_app_token` in Socket Mode."""

    slack_bot_token: SecretStr
    slack_signing_secret: SecretStr | None = Field(default=None, validate_default=True)
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = SLACK_API
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    slack_timeout_s: float = Field(default=10.0, gt=0, le=60)
    delivery_lease_s: float = Field(default=30.0, gt=0, le=600)
    delivery_settle_s: float = Field(default=30.0, ge=0, le=600)
    delivery_workspace_per_minute: float = Field(default=200.0, ge=1, le=1_000_000)
    delivery_channel_interval_s: float = Field(default=1.0, ge=0, le=60)
    history_per_minute: float = Field(default=50.0, ge=1, le=1_000_000)
    directs_per_minute: float = Field(default=48.0, ge=1, le=6_000)
    redraw_interval_s: float = Field(default=1.0, gt=0, le=60)

    slack_client_id: str | None = None
    slack_client_secret: str | None = None

    @property
    def app_token(self) -> str | None:
        """In Socket Mode only."""
        return None if self.slack_app_token is None else self.slack_app_token.get_secret_value()

    @field_validator(*NOT_YET)
    @classmethod
    def _not_yet(cls, value: str | None) -> str | None:
        if value is not None:
            raise ValueError("not available yet")
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("must begin with xoxb-: " + MISSING["slack_bot_token"])
        return value

    @field_validator("slack_signing_secret")
    @classmethod
    def _signing_secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Where the app token is malformed, that one is named, and not this one for want of it."""
        if info.data.get("slack_app_token", "malformed") is not None:
            return value
        if value is None:
            raise ValueError("is missing: " + MISSING["slack_signing_secret"])
        if not value.get_secret_value().strip():
            raise ValueError("is blank: " + MISSING["slack_signing_secret"])
        return value

    @field_validator("delivery_lease_s")
    @classmethod
    def _lease_outlives_timeout(cls, value: float, info: ValidationInfo) -> float:
        if value <= 2 * info.data.get("slack_timeout_s", 0):
            raise ValueError("must be longer than twice SLACK_TIMEOUT_S, or a message could be sent twice")
        return value


def load(kind: type[S], env_file: str | None = ".env") -> S:
    """The settings of this process, as the `kind` asked for.

    Raises:
        BadSettings: with every setting that is missing or malformed.
    """
    try:
        return kind(_env_file=env_file)  # type: ignore[call-arg]
    except ValidationError as error:
        raise BadSettings([_line(str(each["loc"][0]), each["type"], each["msg"]) for each in error.errors()]) from None


def _line(name: str, kind: str, message: str) -> str:
    if kind == "missing":
        advice = f"is missing: {MISSING[name]}"
    elif name in NOT_YET:
        advice = NOT_YET[name]
    else:
        advice = message.removeprefix("Value error, ").replace("\n", " ")
    return f"{name.upper()}: {advice}"
