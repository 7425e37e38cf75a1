"""`python -m bot run | migrate | manifest | doctor`."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TypeVar

import uvicorn
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from bot import app
from bot.domain.commands import COMMANDS
from bot.logs import configure
from bot.settings import BadSettings, OfflineSettings, Settings, load
from bot.slack import doctor
from bot.slack.manifest import manifest
from bot.view import texts
from storage.engine import open_engine, parse_url
from storage.migrate import is_current, migrate

BAD_USAGE = 2

S = TypeVar("S", bound=OfflineSettings)


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Convene, a Slack bot for consultation webinars."
    )
    choices = parser.add_subparsers(dest="command", required=True, metavar="run | migrate | manifest | doctor")
    parsers = {name: choices.add_parser(name, help=says) for name, (_, says) in SUBCOMMANDS.items()}
    parsers["manifest"].add_argument("--socket", action="store_true", help="for Socket Mode, without SLACK_APP_TOKEN")
    given = parser.parse_args(arguments)
    chosen, _ = SUBCOMMANDS[given.command]
    try:
        return chosen(given)
    except BadSettings as error:
        for line in error.lines:
            print(line, file=sys.stderr)  # noqa: T201 - the command line's answer
        return BAD_USAGE


def run(_: Namespace) -> int:
    """Migrate, then answer Slack, tick and send, all in one process."""
    settings = _settings(Settings)
    _migrate(settings)
    refused = asyncio.run(_refused(settings))
    if refused:
        raise BadSettings(refused)
    # uvicorn stops gracefully, then raises the signal again for whoever handled it before.
    signal.signal(signal.SIGTERM, _stopped)
    server = app.serve(app.build(settings))
    uvicorn.run(server, host=settings.host, port=settings.port, log_config=None, access_log=False)
    return 0


def migrate_schema(_: Namespace) -> int:
    _migrate(_settings(OfflineSettings))
    return 0


def print_manifest(given: Namespace) -> int:
    settings = _settings(OfflineSettings)
    words = texts.load(settings.command_prefix).of(None)
    by_socket = given.socket or settings.slack_app_token is not None
    made = manifest(COMMANDS, words, settings.public_url, by_socket=by_socket)
    _say(json.dumps(made, indent=2, ensure_ascii=False))
    return 0


def examine(_: Namespace) -> int:
    """Say of each thing that the bot needs whether it is well; 1 if one isn't."""
    settings = _settings(Settings)
    findings = [_schema(settings), *asyncio.run(_examine_slack(settings))]
    for well, line in findings:
        _say(f"{'ok' if well else 'NOT OK'}: {line}")
    return 0 if all(well for well, _ in findings) else 1


SUBCOMMANDS: dict[str, tuple[Callable[[Namespace], int], str]] = {
    "run": (run, "migrate, then everything in one process"),
    "migrate": (migrate_schema, "bring the database's schema up to date"),
    "manifest": (print_manifest, "print the manifest that makes the Slack app"),
    "doctor": (examine, "say what is misconfigured"),
}


def _settings(kind: type[S]) -> S:
    settings = load(kind)
    configure(settings.log_level, settings.log_format)
    return settings


def _migrate(settings: OfflineSettings) -> None:
    """Raises BadSettings where the database can't be opened."""
    try:
        migrate(parse_url(settings.database_url))
    except OperationalError as error:
        raise BadSettings([f"DATABASE_URL: {_unopened(error)}"]) from error


def _unopened(error: SQLAlchemyError) -> str:
    """One line, without the address: it may hold a password."""
    reason = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
    return f"the database can't be opened ({reason})"


def _stopped(*_: object) -> None:
    sys.exit(0)


def _schema(settings: Settings) -> doctor.Finding:
    engine = open_engine(parse_url(settings.database_url), threads=1)
    try:
        current = is_current(engine)
    except SQLAlchemyError as error:
        return False, f"DATABASE_URL: {_unopened(error)}"
    finally:
        engine.dispose()
    return current, "the schema is up to date" if current else "the schema is behind: run `python -m bot migrate`"


async def _refused(settings: Settings) -> list[str]:
    async with app.connected(settings) as client:
        return await doctor.refusals(client, settings.app_token)


async def _examine_slack(settings: Settings) -> list[doctor.Finding]:
    async with app.connected(settings) as client:
        return await doctor.examine(client, settings.app_token)


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the command line's answer
