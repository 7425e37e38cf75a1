from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import BadSettings, OfflineSettings, Settings, load

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_SIGNING_SECRET": "0123456789abcdef"}


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def with_variables(monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load(Settings)


def complaints(monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str]) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        with_variables(monkeypatch, variables)
    return caught.value.lines


def test_every_missing_variable_is_named_on_a_line_with_where_to_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert complaints(monkeypatch, {}) == [
        "SLACK_BOT_TOKEN: is missing: copy the Bot User OAuth Token (xoxb-…) from your app's OAuth & Permissions page",
        (
            "SLACK_SIGNING_SECRET: is missing: copy the Signing Secret from your app's Basic Information page, "
            "or set SLACK_APP_TOKEN"
        ),
    ]


def test_an_empty_variable_is_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = complaints(monkeypatch, GOOD | {"SLACK_SIGNING_SECRET": "", "PORT": "", "DATABASE_URL": ""})
    assert line.startswith("SLACK_SIGNING_SECRET: is missing")


def test_an_empty_variable_hides_nothing_that_the_file_says(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PORT=4000\n")
    assert with_variables(monkeypatch, GOOD | {"PORT": ""}).port == 4000


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text('PORT=4000\nHOST=0.0.0.0\nUNRELATED=1\nSLACK_BOT_TOKEN="xoxb-file"\n')
    settings = with_variables(monkeypatch, GOOD | {"PORT": "5000"})
    assert (settings.port, settings.host) == (5000, "0.0.0.0")  # noqa: S104 - read, not bound
    assert settings.slack_bot_token.get_secret_value() == GOOD["SLACK_BOT_TOKEN"]


def test_without_a_file_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_variables(monkeypatch, GOOD)
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///convene.db"
    assert (settings.host, settings.port, settings.command_prefix) == ("127.0.0.1", 3000, "")
    assert (settings.slack_timeout_s, settings.delivery_lease_s, settings.delivery_settle_s) == (10, 30, 30)
    assert (settings.delivery_workspace_per_minute, settings.delivery_channel_interval_s) == (200, 1)
    assert (settings.history_per_minute, settings.directs_per_minute) == (50, 48)


@pytest.mark.parametrize(
    ("variable", "value", "advice"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1-of-a-person", "must begin with xoxb-"),
        ("SLACK_SIGNING_SECRET", "   ", "copy the Signing Secret"),
        ("SLACK_APP_TOKEN", "xoxb-1-of-the-bot", "must begin with xapp-"),
        ("SLACK_API_URL", "https://slack.com", "ends in /api/, such as https://slack.com/api/"),
        ("SLACK_API_URL", "slack.com/api/", "ends in /api/"),
        ("SLACK_API_URL", "ftp://slack.com/api/", "must be an http(s) address"),
        ("SLACK_API_URL", "https:///api/", "must be an http(s) address"),
        ("DATABASE_URL", "convene.db", "such as sqlite:///convene.db"),
        ("DATABASE_URL", "mysql://host/name", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite:///", "names no file"),
        ("DATABASE_URL", "sqlite:///:memory:", "names no file"),
        ("DATABASE_URL", "postgresql://user:hidden@host:port/name", "can't be read"),
        ("PUBLIC_URL", "http://convene.example.org", "must be an https address"),
        ("PUBLIC_URL", "convene.example.org", "such as https://convene.example.org"),
        ("COMMAND_PREFIX", "Consult!", "lower-case"),
        ("COMMAND_PREFIX", "x" * 21, "20"),
        ("LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("LOG_FORMAT", "xml", "'console' or 'json'"),
        ("PORT", "http", "integer"),
        ("PORT", "65536", "65535"),
        ("PORT", "-1", "0"),
        ("SLACK_TIMEOUT_S", "0", "greater than 0"),
        ("SLACK_TIMEOUT_S", "soon", "number"),
        ("DELIVERY_LEASE_S", "601", "600"),
        ("DELIVERY_LEASE_S", "nan", "600"),
        ("DELIVERY_SETTLE_S", "-1", "greater than or equal to 0"),
        ("DELIVERY_WORKSPACE_PER_MINUTE", "0.5", "greater than or equal to 1"),
        ("DELIVERY_WORKSPACE_PER_MINUTE", "many", "number"),
        ("DELIVERY_WORKSPACE_PER_MINUTE", "nan", "less than or equal to"),
        ("DELIVERY_CHANNEL_INTERVAL_S", "-1", "greater than or equal to 0"),
        ("DELIVERY_CHANNEL_INTERVAL_S", "61", "less than or equal to 60"),
        ("HISTORY_PER_MINUTE", "0", "greater than or equal to 1"),
        ("HISTORY_PER_MINUTE", "often", "number"),
        ("DIRECTS_PER_MINUTE", "0", "greater than or equal to 1"),
        ("DIRECTS_PER_MINUTE", "6001", "less than or equal to 6000"),
        ("REDRAW_INTERVAL_S", "0", "greater than 0"),
    ],
)
def test_a_malformed_variable_is_named_on_one_line_with_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, advice: str
) -> None:
    (line,) = complaints(monkeypatch, GOOD | {variable: value})
    assert line.startswith(f"{variable}: ")
    assert advice in line
    assert "\n" not in line
    assert "hidden" not in line


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = complaints(monkeypatch, {"SLACK_BOT_TOKEN": "nonsense", "PORT": "x", "LOG_LEVEL": "loud"})
    assert sorted(line.partition(":")[0] for line in lines) == [
        "LOG_LEVEL",
        "PORT",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
    ]


@pytest.mark.parametrize("slash", ["", "/"])
def test_the_api_address_may_leave_out_its_last_slash(monkeypatch: pytest.MonkeyPatch, slash: str) -> None:
    settings = with_variables(monkeypatch, GOOD | {"SLACK_API_URL": f"http://127.0.0.1:4201/api{slash}"})
    assert settings.slack_api_url == "http://127.0.0.1:4201/api/"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///convene.db",
        "sqlite:////var/lib/convene/convene.db",
        "postgresql://user:pass@host/name",
        "postgresql://user@host:5432/name?sslmode=require",
        "postgresql:///name?host=/var/run/postgresql",
        "postgres://user:pass@host:5432/name",
    ],
)
def test_a_database_is_a_file_or_a_server_by_network_or_socket(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert with_variables(monkeypatch, GOOD | {"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize(
    ("variable", "instead"),
    [
        ("SLACK_CLIENT_ID", "SLACK_BOT_TOKEN"),
        ("SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"),
    ],
)
def test_what_is_not_available_yet_is_refused_with_what_is(
    monkeypatch: pytest.MonkeyPatch, variable: str, instead: str
) -> None:
    (line,) = complaints(monkeypatch, GOOD | {variable: "xapp-1-hidden"})
    assert line.startswith(f"{variable}: ")
    assert "not available yet: unset it" in line
    assert instead in line
    assert "hidden" not in line


@pytest.mark.parametrize(
    "variables",
    [
        {"SLACK_TIMEOUT_S": "10", "DELIVERY_LEASE_S": "10"},
        {"SLACK_TIMEOUT_S": "20", "DELIVERY_LEASE_S": "5"},
        {"SLACK_TIMEOUT_S": "45"},
        {"DELIVERY_LEASE_S": "9"},
    ],
)
def test_a_lease_outlives_the_timeout_of_a_call_to_slack(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    (line,) = complaints(monkeypatch, GOOD | variables)
    assert line == "DELIVERY_LEASE_S: must be longer than twice SLACK_TIMEOUT_S, or a message could be sent twice"


def test_a_lease_a_little_longer_than_the_timeout_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_variables(monkeypatch, GOOD | {"SLACK_TIMEOUT_S": "1", "DELIVERY_LEASE_S": "2.5"})
    assert settings.delivery_lease_s == 2.5


@pytest.mark.parametrize("level", ["INFO", "info", "Info"])
def test_a_log_level_is_read_in_any_case(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    assert with_variables(monkeypatch, GOOD | {"LOG_LEVEL": level, "LOG_FORMAT": "JSON"}).log_level == "info"


def test_an_app_token_asks_for_socket_mode_and_needs_no_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_variables(monkeypatch, {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1-hidden"})
    assert (settings.app_token, settings.slack_signing_secret) == ("xapp-1-hidden", None)
    assert "hidden" not in repr(settings)


def test_an_empty_app_token_is_a_missing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_variables(monkeypatch, GOOD | {"SLACK_APP_TOKEN": ""}).app_token is None


def test_a_malformed_app_token_is_named_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = complaints(monkeypatch, {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xoxb-1"})
    assert line.startswith("SLACK_APP_TOKEN: must begin with xapp-")
    assert "connections:write" in line


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_variables(monkeypatch, GOOD | {"DATABASE_URL": "postgresql://user:hidden@host/name"})
    for shown in (repr(settings), str(settings)):
        for secret in (*GOOD.values(), "hidden"):
            assert secret not in shown


def test_a_complaint_never_repeats_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = complaints(monkeypatch, GOOD | {"SLACK_BOT_TOKEN": "xoxp-hidden", "DATABASE_URL": "mysql://u:hidden@h/n"})
    assert len(lines) == 2
    assert "hidden" not in "".join(lines)


def test_settings_are_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_variables(monkeypatch, GOOD)
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1


def test_without_a_slack_app_the_database_and_the_address_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://convene.example.org/")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    settings = load(OfflineSettings)
    assert settings.public_url == "https://convene.example.org"
    assert settings.database_url == "sqlite:///convene.db"
