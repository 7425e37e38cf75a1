from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.session_choice import SessionChoice, choose_session
from tests.domain.refused import answer, refusal

MORNING = SessionChoice("m", "morning", ("Asia",), time(9), 1, time(12, 45), time(11))
AFTERNOON = SessionChoice("a", "afternoon", ("Americas",), time(16), 2, time(19, 45), time(18))
BOTH = (MORNING, AFTERNOON)
GROUPS = (SessionChoice("1", "Group A", (), time(9), 1), SessionChoice("2", "Group B", (), time(16), 2))


@pytest.mark.parametrize(
    ("phrase", "chosen"),
    [
        ("morning", "m"),
        ("MORNING", "m"),
        ("m", "m"),
        ("aft", "a"),
        ("asia", "m"),
        ("the afternoon session", "a"),
        ("me for the afternoon", "a"),
        ("me for the afternoon, please.", "a"),
        ("move to morning", "m"),
        ("change to the morning", "m"),
        ("switch me to pm", "a"),
        ("put me down for pm", "a"),
        ("I'd like the afternoon please", "a"),
        ("pm", "a"),
        ("p.m.", "a"),
        ("après-midi", "a"),
        ("apres midi", "a"),
        ("l’après-midi", "a"),
        ("tarde", "a"),
        ("por la tarde", "a"),
        ("matin", "m"),
        ("mañana", "m"),
        ("manana", "m"),
        ("صباح", "m"),
        ("16:00", "a"),
        ("at 16h", "a"),
        ("4pm", "a"),
        ("9 am", "m"),
        ("12:45", "m"),
        ("2", "a"),
        ("#1", "m"),
        ("second", "a"),
        ("the first one", "m"),
        ("2nd", "a"),
        ("session 2", "a"),
        ("deuxième", "a"),
        ("evening", "a"),
        ("Afternoon 👍", "a"),
        ("✅ afternoon", "a"),
        ("afternoon :+1:", "a"),
        ("‘afternoon’", "a"),
        ("- afternoon", "a"),
        ("afternoon!", "a"),
        ("1)", "m"),
        ("1️⃣", "m"),
        ("Après‑midi, merci", "a"),
        ("por la tarde, gracias", "a"),
        ("la tarde, por favor", "a"),
        ("afternoon, thank you!", "a"),
        ("move from morning to afternoon", "a"),
        ("please move me from the morning to the afternoon session, thanks", "a"),
        ("switch to morning from afternoon", "m"),
        ("move from 09:00 to 16:00", "a"),
        ("16", "a"),
        ("at 9", "m"),
        ("09", "m"),
        ("09:00-11:00", "m"),
        ("9-11", "m"),
        ("from 16:00 to 18:00", "a"),
        ("16:00 host time", "a"),
        ("12:45 my time", "m"),
    ],
)
def test_a_session_is_named_as_people_say_it(phrase: str, chosen: str) -> None:
    assert choose_session(phrase, BOTH) == chosen


@pytest.mark.parametrize(
    ("phrase", "chosen"), [("morning", "1"), ("pm", "2"), ("tarde", "2"), ("the group b", "2"), ("am", "1")]
)
def test_a_part_of_the_day_means_the_only_session_that_starts_in_it(phrase: str, chosen: str) -> None:
    assert choose_session(phrase, GROUPS) == chosen


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "xyz",
        "3",
        "17:00",
        "not the afternoon",
        "16:00 UTC+2",
        "evening and morning",
        "17",
        "afternoon or morning",
        "❌ afternoon",
        "afternoon :-1:",
        "-1",
        "+2",
        "0",
        "12",
        "09:00-12:00",
        "10:00-11:00",
        "09:00-11:00 UTC+2",
        "12:45 host time",
        "9:00 my time",
        "move from afternoon",
        "don't move from morning to afternoon",
        "👍",
    ],
)
def test_what_names_no_session_is_refused_with_those_there_are(phrase: str) -> None:
    refused = refusal(lambda: choose_session(phrase, BOTH))
    assert refused.key == "session-unknown"
    assert refused.facts == {"typed": phrase, "known": ("morning", "afternoon")}


@pytest.mark.parametrize(
    ("phrase", "sessions"),
    [
        ("group", GROUPS),
        ("9:00", (GROUPS[0], SessionChoice("3", "Again", (), time(9), 2))),
        ("morning", (GROUPS[0], SessionChoice("3", "Again", (), time(11), 2))),
        ("a", (MORNING, SessionChoice("3", "Africa", (), time(9), 2))),
    ],
)
def test_what_names_several_is_refused_with_them(phrase: str, sessions: tuple[SessionChoice[str], ...]) -> None:
    refused = refusal(lambda: choose_session(phrase, sessions))
    assert refused.key == "session-ambiguous"
    assert refused.facts["matches"] == tuple(each.label for each in sessions)


def test_an_hour_alone_is_an_ordinal_where_there_are_as_many_sessions() -> None:
    sessions = tuple(SessionChoice(str(n), f"Group {n}x", (), time(n + 1), n) for n in range(1, 10))
    assert choose_session("9", sessions) == "9"
    assert choose_session("10", sessions) == "9"


def test_an_hour_that_two_sessions_start_at_is_refused_with_them() -> None:
    sessions = (SessionChoice("1", "Asia", (), time(9), 1, time(16)), SessionChoice("2", "Americas", (), time(16), 2))
    assert refusal(lambda: choose_session("16", sessions)).key == "session-ambiguous"


def test_a_range_names_no_session_whose_end_is_not_known() -> None:
    assert refusal(lambda: choose_session("09:00-11:00", GROUPS)).key == "session-unknown"


def test_the_hosts_morning_and_the_readers_are_not_confused() -> None:
    apia = (
        SessionChoice("1", "Group A", (), time(9), 1, reader_start=time(20)),
        SessionChoice("2", "Group B", (), time(16), 2, reader_start=time(3)),
    )
    assert refusal(lambda: choose_session("morning", apia)).key == "session-ambiguous"
    assert choose_session("evening", apia) == "1"


def test_am_is_not_taken_for_the_beginning_of_americas() -> None:
    sessions = (SessionChoice("1", "Asia", (), time(9), 1), SessionChoice("2", "Americas", (), time(16), 2))
    assert refusal(lambda: choose_session("am", sessions)).key == "session-ambiguous"
    assert choose_session("ame", sessions) == "2"


def test_a_part_of_the_day_that_begins_a_label_names_it() -> None:
    sessions = (SessionChoice("1", "Morning plenary", (), time(9), 1), SessionChoice("2", "Workshop", (), time(11), 2))
    assert choose_session("morning", sessions) == "1"


def test_a_label_made_of_polite_words_is_still_found() -> None:
    sessions = (SessionChoice("1", "Session A", (), time(9), 1), SessionChoice("2", "The one", (), time(9), 2))
    assert choose_session("the session a", sessions) == "1"
    assert choose_session("me for the one please", sessions) == "2"


names = st.lists(
    st.text("abcdefghij ", min_size=1).filter(str.strip),
    min_size=1,
    max_size=5,
    unique_by=lambda n: n.split().__str__(),
)


@given(names)
def test_every_label_names_its_own_session(labels: list[str]) -> None:
    sessions = [SessionChoice(place, label, (), time(9), place) for place, label in enumerate(labels, 1)]
    assert [choose_session(label.upper(), sessions) for label in labels] == list(range(1, len(labels) + 1))


@given(st.text())
def test_anything_typed_is_a_session_or_refused(phrase: str) -> None:
    assert answer(lambda: choose_session(phrase, BOTH), "session-unknown", "session-ambiguous") in {"m", "a", None}
