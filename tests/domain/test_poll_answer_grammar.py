"""`/poll answer P7 …`: an answer that came by letter."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import poll_grammar
from bot.domain.poll_answer_grammar import EnterVoice, LetterAnswer, parse, read_verb
from bot.domain.representatives import How
from tests.domain.refused import answer, key


def read(typed: str) -> LetterAnswer:
    return parse(EnterVoice(7, typed))


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ('for Colombo Process "Event" by letter', ("Colombo Process", ("Event",), How.LETTER)),
        (
            "FOR  the Colombo Process:  “Event”  (by note verbale).",
            ("the Colombo Process", ("Event",), How.NOTE_VERBALE),
        ),
        ('for «Colombo Process» "A", "B" and "C" by e-mail', ("Colombo Process", ("A", "B", "C"), How.EMAIL)),
        ('"Event" for PIDC by telephone', ("PIDC", ("Event",), How.TELEPHONE)),
        ('PIDC "Event" in person', ("PIDC", ("Event",), How.IN_PERSON)),
        ("for PIDC 1, 3 by letter", ("PIDC", (1, 3), How.LETTER)),
        ("for PIDC option 2 by letter", ("PIDC", (2,), How.LETTER)),
        ("2 for PIDC by letter", ("PIDC", (2,), How.LETTER)),
        ("for 5 + 5 2 by letter", ("5+5", (2,), How.LETTER)),
        ('for 5 + 5 "Event" by letter', ("5 + 5", ("Event",), How.LETTER)),
        ("for PIDC abstains, by letter", ("PIDC", (), How.LETTER)),
        ("abstain for PIDC by letter", ("PIDC", (), How.LETTER)),
        ('for PIDC "By letter" by letter', ("PIDC", ("By letter",), How.LETTER)),
    ],
)
def test_an_answer_is_read_as_people_write_it(typed: str, understood: tuple[str, tuple[str | int, ...], How]) -> None:
    assert read(typed) == LetterAnswer(*understood)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("", "voice-unreadable"),
        ("by letter", "voice-unreadable"),
        ("for PIDC by letter", "voice-unreadable"),
        ('for "Event" by letter', "voice-unreadable"),
        ('"PIDC" "Event" by letter', "voice-unreadable"),
        ("for PIDC Event by letter", "voice-unreadable"),
        ('for PIDC "Event" abstain by letter', "voice-unreadable"),
        ('for PIDC "Event" perhaps by letter', "voice-unreadable"),
        ('for PIDC "Event"', "voice-how-missing"),
        ('for PIDC "By letter"', "voice-how-missing"),
        ('for PIDC "Event by letter', "quote-unclosed"),
    ],
)
def test_what_can_not_be_placed_is_refused(typed: str, refused: str) -> None:
    assert key(lambda: read(typed)) == refused


@pytest.mark.parametrize("typed", ["answer P7", 'Answer p7: for PIDC "A" by letter', "answer P07 yes", "answer, P7."])
def test_what_begins_with_the_verb_and_a_number_is_never_a_question(typed: str) -> None:
    asked = poll_grammar.parse(typed, datetime(2026, 12, 1, tzinfo=UTC), ZoneInfo("UTC"))
    assert isinstance(asked, EnterVoice)
    assert asked.number == 7


@pytest.mark.parametrize("typed", ["answer the door?", "answer 7", "answers P7", '"answer P7"'])
def test_other_words_are_none_of_it(typed: str) -> None:
    assert read_verb(typed) is None


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    found = answer(lambda: read(f"{typed} by letter"), "voice-", "quote-", "how-")
    assert found is None or (found.mechanism.strip() and found.how is How.LETTER)
