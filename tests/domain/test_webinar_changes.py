from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.webinar_changes import (
    CancelWebinar,
    MovedTo,
    MoveWebinar,
    OpenMoveForm,
    ReopenWebinar,
    ShowReminders,
)
from bot.domain.webinar_grammar import WebinarCommand, parse
from bot.domain.words import exchange
from tests.domain.refused import answer, key, readings, refusal

TODAY = date(2026, 11, 24)
DAY = date(2026, 12, 11)
START, END = time(16, 30), time(18, 30)
TWO_HOURS_EAST = timedelta(hours=2)


def read(typed: str) -> WebinarCommand:
    return parse(typed, TODAY)


def move(rest: str) -> MoveWebinar:
    command = read(f"move W1 {rest}")
    assert isinstance(command, MoveWebinar)
    return command


def moved(rest: str) -> tuple[str, MovedTo]:
    command = move(rest)
    return command.phrase, command.to


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("2026-12-11 16:30", MovedTo(DAY, START, None)),
        ("2026-12-11 16:30-18:30", MovedTo(DAY, START, END)),
        ("2026-12-11 16:30 to 18:30", MovedTo(DAY, START, END)),
        ("2026-12-11, 16h30", MovedTo(DAY, START, None)),
        ("11 December 2026 at 4:30 pm", MovedTo(DAY, START, None)),
        ("on Friday 11 December 2026 from 16:30 to 18:30", MovedTo(DAY, START, END)),
        ("December 11, 2026 at 4:30 p.m.", MovedTo(DAY, START, None)),
        ("16:30 on 11 December 2026", MovedTo(DAY, START, None)),
        ("16:30-18:30 2026-12-11", MovedTo(DAY, START, END)),
        ("16:30", MovedTo(None, START, None)),
        ("16h30", MovedTo(None, START, None)),
        ("16:30-18:30", MovedTo(None, START, END)),
        ("2026-12-11", MovedTo(DAY, None, None)),
        ("02:30 UTC+02:00", MovedTo(None, time(2, 30), None, TWO_HOURS_EAST)),
        ("2026-10-25 02:30-04:00 UTC+2", MovedTo(date(2026, 10, 25), time(2, 30), time(4), TWO_HOURS_EAST)),
        (
            "2026-12-10 22:00 - 2026-12-11 12:00",
            MovedTo(date(2026, 12, 10), time(22), time(12), last_day=date(2026, 12, 11)),
        ),
    ],
)
@pytest.mark.parametrize("between", ["to ", "TO ", "-> ", "→ ", "–> ", ":arrow_right: ", "", ", to "])
def test_a_session_is_moved_to_a_date_a_time_or_both(typed: str, to: MovedTo, between: str) -> None:
    said = typed.removeprefix("on ")
    if not between and to.day is None and " to " in said:
        return
    assert moved(f"afternoon {between}{typed}") == ("afternoon", to)
    assert moved(f"{between.removeprefix(', ')}{typed}") == ("", to)


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("the afternoon session to 16:30", "the afternoon session"),
        ("Après-midi to 16:30", "Après-midi"),
        ("afternoon→16:30", "afternoon"),
        ("afternoon->16:30", "afternoon"),
        ("afternoon: 16:30", "afternoon:"),
        ("pm to 16:30", "pm"),
        ("am 16:30", "am"),
        ("4 pm to 16:30", "4 pm"),
        ("Noon 16:30", "Noon"),
        ("mar to 16:30", "mar"),
        ("Group B 16:30", "Group B"),
        ("Group 2-4 to 16:30", "Group 2-4"),
        ("Group 2 to 16:30", "Group 2"),
        ("Intro to Law to 16:30", "Intro to Law"),
        ('"Intro to 2026" to 16:30', "Intro to 2026"),
        ("“Group 2026-12-11” 16:30", "Group 2026-12-11"),
        ("«16:00 to 18:00» -> 16:30", "16:00 to 18:00"),
        ('"Group 2026-12-11 B" 16:30', "Group 2026-12-11 B"),
        ("<@U1|ana> to 16:30", "@ana"),
        ("16:00 to 16:30", "16:00"),
        ("16:00 -> 16:30", "16:00"),
        ("from 16:00 to 16:30", "16:00"),
        ("the 16:00 to 16:30", "the 16:00"),
        ("16:00-18:00 to 16:30", "16:00-18:00"),
        ("2 to 16:30", "2"),
        ("session 2 to 16:30", "session 2"),
        ("all to 16:30", ""),
        ("The whole webinar to 16:30", ""),
    ],
)
def test_the_session_is_what_stands_before_the_new_time(typed: str, phrase: str) -> None:
    assert moved(typed) == (phrase, MovedTo(None, START, None))


@pytest.mark.parametrize("typed", ["move W1", "Move w01.", "move W1,"])
def test_a_move_without_more_opens_the_form(typed: str) -> None:
    assert read(typed) == OpenMoveForm(1)


def test_a_move_knows_where_its_new_time_stands() -> None:
    command = move("afternoon to 11 December 2026 at 4:30 pm.")
    assert command.typed == "move W1 afternoon to 11 December 2026 at 4:30 pm"
    assert command.place
    assert exchange(command.typed, command.place, "NEW") == "move W1 afternoon to NEW"


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("afternoon", "move-when-missing"),
        ("to", "move-when-missing"),
        ("afternoon to", "move-when-missing"),
        ("afternoon to tomorrow", "move-when-unreadable"),
        ("afternoon to 25:00", "move-when-unreadable"),
        ("afternoon to 2026-02-30", "move-when-unreadable"),
        ("afternoon to 16:30 please", "webinar-unreadable"),
        ("afternoon to 16:30 17:30", "webinar-unreadable"),
        ("afternoon 2026-12-11 foo 16:30", "webinar-unreadable"),
        ("16:00 17:00", "webinar-unreadable"),
        ("afternoon to 9-9", "range-empty"),
        ("afternoon to 11/12/26", "date-year-short"),
        ('"afternoon to 16:30', "quote-unclosed"),
        ('afternoon"s to 16:30', "quote-in-word"),
    ],
)
def test_a_move_that_is_not_understood_is_refused_with_its_reason(typed: str, refused: str) -> None:
    assert key(lambda: move(typed)) == refused


def test_a_refused_move_repeats_what_was_not_understood() -> None:
    assert refusal(lambda: move("afternoon to 16:30 sharp, please")).facts == {"part": "sharp, please"}
    assert refusal(lambda: move("Intro to Law to next week")).facts["typed"] == "next week"


@pytest.mark.parametrize(
    ("typed", "refused", "offered"),
    [
        ("pm to 11/12/2026 16:30", "date-ambiguous", ("pm to 2026-12-11 16:30", "pm to 2026-11-12 16:30")),
        ("pm 11/12/2026", "date-ambiguous", ("pm 2026-12-11", "pm 2026-11-12")),
        ("pm to 11 December 16:30", "date-year-missing", ("pm to 2026-12-11 16:30",)),
        ("pm to Monday 11 December 2026", "date-weekday", ("pm to 2026-12-11",)),
        ("pm to 2-4", "range-ambiguous", ("pm to 02:00-04:00", "pm to 14:00-16:00")),
        ("pm to 16", "move-when-unreadable", ("pm to 16:00",)),
        ("pm to 4", "move-when-unreadable", ("pm to 04:00", "pm to 16:00")),
        ("pm 16:00 to 18:00", "move-unclear", ("pm to 16:00-18:00", "pm to 18:00")),
        ("pm from 16:00 to 18:00", "move-unclear", ("pm to 16:00-18:00", "pm to 18:00")),
        ("pm 16:00 → 18:00", "move-unclear", ("pm to 16:00-18:00", "pm to 18:00")),
        ("pm 16:00 to 16:00", "move-unclear", ("pm to 16:00",)),
        ("pm 16:00 to 2026-12-11 17:00", "move-unclear", ("pm to 2026-12-11 17:00",)),
        ("pm 16:00 to 17:00-18:00", "move-unclear", ("pm to 17:00-18:00",)),
        ("pm 16 to 18", "move-unclear", ("pm to 16:00-18:00", "pm to 18:00")),
        ("16 to 18", "move-unclear", ("to 16:00-18:00", "16:00 to 18:00")),
    ],
)
def test_a_move_that_may_mean_two_things_is_asked_back(typed: str, refused: str, offered: tuple[str, ...]) -> None:
    assert key(lambda: move(typed)) == refused
    assert readings(lambda: move(typed)) == tuple(f"move W1 {each}" for each in offered)
    assert all(isinstance(read(each), MoveWebinar) for each in readings(lambda: move(typed)))


@pytest.mark.parametrize(
    ("typed", "phrase", "reason"),
    [
        ("", "", None),
        ('"No quorum"', "", "No quorum"),
        ("afternoon", "afternoon", None),
        ("après-midi.", "après-midi", None),
        ('afternoon "The speaker is ill"', "afternoon", "The speaker is ill"),
        ("afternoon “The speaker is ill”.", "afternoon", "The speaker is ill"),
        ("«The speaker is ill»", "", "The speaker is ill"),
        (', the afternoon session, "ill"', "the afternoon session", "ill"),
        ('"afternoon" "ill"', "afternoon", "ill"),
        ("'afternoon'", "'afternoon'", None),
        ('because "ill"', "", "ill"),
        ('afternoon because of: "ill"', "afternoon", "ill"),
        ('the afternoon session. Reason: "ill"', "the afternoon session.", "ill"),
        ('afternoon due to "ill"', "afternoon", "ill"),
        ('all sessions "ill"', "", "ill"),
        ('""', "", None),
        ('afternoon "\u200b"', "afternoon", None),
        ('"<!here> is ill"', "", "@here is ill"),
        (f'"{"x" * 500}"', "", "x" * 500),
    ],
)
def test_a_webinar_or_a_session_is_cancelled_with_a_reason_in_quotes(
    typed: str, phrase: str, reason: str | None
) -> None:
    assert read(f"cancel W1 {typed}") == CancelWebinar(1, phrase, reason)


@pytest.mark.parametrize(
    ("typed", "reason", "offered"),
    [
        ("because the speaker is ill", "the speaker is ill", 'cancel W1 "the speaker is ill"'),
        ("afternoon because of illness", "illness", 'cancel W1 afternoon "illness"'),
        ("afternoon Due to illness.", "illness", 'cancel W1 afternoon "illness"'),
        ("Reason: no quorum", "no quorum", 'cancel W1 "no quorum"'),
        ("because: no quorum", "no quorum", 'cancel W1 "no quorum"'),
        ("parce que malade", "malade", 'cancel W1 "malade"'),
        ("'no quorum'", "no quorum", 'cancel W1 "no quorum"'),
        ("afternoon ‘she’s ill’", "she’s ill", 'cancel W1 afternoon "she’s ill"'),
    ],
)
def test_a_reason_without_quotes_is_asked_back_with_them(typed: str, reason: str, offered: str) -> None:
    refused = refusal(lambda: read(f"cancel W1 {typed}"))
    assert (refused.key, refused.facts["typed"], refused.facts["readings"]) == ("reason-unquoted", reason, (offered,))
    command = read(offered)
    assert isinstance(command, CancelWebinar)
    assert command.reason == reason


@pytest.mark.parametrize("typed", ["because", "because afternoon"])
def test_a_reason_that_quotes_would_not_mend_is_refused_without_an_offer(typed: str) -> None:
    assert key(lambda: read(f"cancel W1 {typed}")) == "reason-unquoted"
    assert readings(lambda: read(f"cancel W1 {typed}")) == ()


@pytest.mark.parametrize("typed", ["afternoon", "16:00", "the second session"])
def test_a_session_in_quotes_does_not_cancel_the_whole_webinar(typed: str) -> None:
    assert key(lambda: read(f'cancel W1 "{typed}"')) == "cancel-unclear"
    (offered,) = readings(lambda: read(f'cancel W1 "{typed}"'))
    assert read(offered) == CancelWebinar(1, typed, None)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ('"ill" now', "webinar-unreadable"),
        ('"afternoon" "ill" "very"', "webinar-unreadable"),
        ('afternoon "ill" "very"', "webinar-unreadable"),
        ('"ill', "quote-unclosed"),
        ('no"quorum"', "quote-in-word"),
        (f'"{"x" * 501}"', "reason-too-long"),
        (f"because {'x' * 501}", "reason-too-long"),
    ],
)
def test_a_cancellation_that_is_not_understood_is_refused_with_its_reason(typed: str, refused: str) -> None:
    assert key(lambda: read(f"cancel W1 {typed}")) == refused


def test_a_long_reason_is_refused_with_its_count() -> None:
    assert refusal(lambda: read(f'cancel W1 "{"x" * 501}"')).facts == {"count": 501, "limit": 500}


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [("", ""), ("afternoon", "afternoon"), (', "Group B"', "Group B"), ("all", ""), ("<#C1|x>", "#x")],
)
def test_a_webinar_or_a_session_is_reopened(typed: str, phrase: str) -> None:
    assert read(f"Reopen w1 {typed}") == ReopenWebinar(1, phrase)


def test_reminders_are_shown_and_nothing_more_is_read() -> None:
    assert read("reminders W1.") == ShowReminders(1)
    assert refusal(lambda: read("reminders W1 off")).facts == {"part": "off"}


words = st.sampled_from(
    [
        "to", "->", "from", "at", "on", "afternoon", "pm", "2", "16", "2-4", "16:00", "16:30-18:30",
        "2026-12-11", "11/12/2026", "December", "11", "2026", "Friday", "UTC+2", "the", "session",
        ",", '"', '"ill"', "'", "because", "due", "all",
    ]
)  # fmt: skip
verbs = st.sampled_from(["move W1 ", "cancel W1 ", "reopen W1 ", "reminders W1 "])


@given(verbs, st.text() | st.lists(words, max_size=8).map(" ".join))
def test_anything_typed_is_a_change_or_refused(verb: str, rest: str) -> None:
    assert isinstance(answer(lambda: read(verb + rest), ""), WebinarCommand | None)


@given(verbs, st.lists(words, min_size=1, max_size=8).map(" ".join))
def test_every_reading_is_another_command_and_that_of_a_cancellation_is_understood(verb: str, rest: str) -> None:
    """A reading may meet the next refusal, never the same one with the same readings."""
    typed = verb + rest
    if answer(lambda: read(typed), "") is not None:
        return
    offered = refusal(lambda: read(typed)).facts.get("readings", ())
    assert isinstance(offered, tuple)
    assert typed not in offered
    if refusal(lambda: read(typed)).key in {"reason-unquoted", "cancel-unclear"}:
        assert all(read(each) for each in offered)
