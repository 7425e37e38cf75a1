"""The table of who may do what is whole, and is what people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

import pytest

from bot.domain import (
    audit_grammar,
    consult_grammar,
    mechanism_grammar,
    organiser_grammar,
    poll_grammar,
    represent_grammar,
    signup_grammar,
    webinar_grammar,
)
from bot.domain.audit_pages import AuditAsked
from bot.view import poll_running, poll_voices, polls
from handlers import listeners
from handlers.desk import Desk
from tests.authority.buttons import BUTTONS
from tests.authority.commands import COMMANDS
from tests.authority.forms import FORMS
from tests.authority.table import table

NO_DESK = cast("Desk", None)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
FACTS = {"w": 1, "p": 1, "n": 1, "somebody": "U1", "mechanism": "PIDC", "named": "Ms Perera"}
NOT_BUILT = {poll_grammar.PlannedPoll}

Grammar = tuple[object, Callable[[str], object]]
GRAMMARS: Mapping[str, Grammar] = {
    "signup": (signup_grammar.SignupCommand, signup_grammar.parse),
    "webinar": (webinar_grammar.WebinarCommand, lambda text: webinar_grammar.parse(text, NOW.date())),
    "poll": (poll_grammar.PollCommand, lambda text: poll_grammar.parse(text, NOW, ZoneInfo("UTC"))),
    "consult": (consult_grammar.ConsultCommand, consult_grammar.parse),
}
TOPICS: Mapping[str, Grammar] = {
    "organisers": (organiser_grammar.OrganiserCommand, organiser_grammar.parse),
    "mechanisms": (mechanism_grammar.MechanismCommand, mechanism_grammar.parse),
    "represent": (represent_grammar.RepresentCommand, lambda text: represent_grammar.parse(text, NOW.date())),
    "claims": (str | None, str),
    "audit": (AuditAsked | None, lambda text: audit_grammar.parse(text, NOW.date())),
}
"""What may follow `/consult` and a topic's name."""


def typed(command: str) -> list[str]:
    """What follows the command in the table, each thing that can be typed."""
    texts = [row.text.format(**FACTS) for row in COMMANDS]
    return [text.partition(" ")[2] for text in texts if text.partition(" ")[0] == f"/{command}"]


def asked_of_topics() -> list[consult_grammar.Topic]:
    parsed = [consult_grammar.parse(text) for text in typed("consult")]
    return [each for each in parsed if isinstance(each, consult_grammar.Topic)]


def kinds(grammar: object) -> set[Any]:
    return set(get_args(grammar)) - NOT_BUILT - {type(None)}


def test_every_command_stands_in_the_table() -> None:
    assert {row.text.partition(" ")[0] for row in COMMANDS} == {f"/{name}" for name in listeners.commands(NO_DESK)}
    assert GRAMMARS.keys() == listeners.commands(NO_DESK).keys()


@pytest.mark.parametrize("command", GRAMMARS)
def test_everything_that_a_command_can_ask_for_stands_in_the_table(command: str) -> None:
    grammar, parse = GRAMMARS[command]
    assert {type(parse(text)) for text in typed(command)} == kinds(grammar)


def test_every_topic_stands_in_the_table() -> None:
    assert {each.name for each in asked_of_topics()} == TOPICS.keys() == set(consult_grammar.TOPICS.values())


@pytest.mark.parametrize("topic", TOPICS)
def test_everything_that_a_topic_can_ask_for_stands_in_the_table(topic: str) -> None:
    grammar, parse = TOPICS[topic]
    assert {type(parse(each.rest)) for each in asked_of_topics() if each.name == topic} == kinds(grammar)


def test_every_button_stands_in_the_table() -> None:
    assert {row.action for row in BUTTONS} == listeners.clicks(NO_DESK).keys()


def test_every_entry_of_a_menu_stands_in_the_table() -> None:
    assert {row.entry for row in BUTTONS if row.action == polls.MENU} == {
        polls.MINE,
        polls.TAKE_BACK,
        poll_voices.ABSTAIN,
        polls.WHO,
        polls.RUN,
    }


def test_every_way_to_run_a_poll_stands_in_the_table() -> None:
    assert {row.entry for row in BUTTONS if row.action == poll_running.RUN} == set(poll_running.PRESSED)


def test_every_form_stands_in_the_table() -> None:
    assert {row.form for row in FORMS} == listeners.submissions(NO_DESK).keys()


def test_people_read_the_same_table() -> None:
    """`python -m tests.authority.table` writes it."""
    assert "\n".join(table()) in Path("docs/authority.md").read_text()
