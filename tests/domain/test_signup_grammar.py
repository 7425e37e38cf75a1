from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.capacities import Speaking
from bot.domain.ids import UserId
from bot.domain.representations import WithoutAccount
from bot.domain.representatives import How
from bot.domain.roles import Role
from bot.domain.signup_grammar import (
    Cancel,
    CancelFor,
    Help,
    PickSession,
    Reminders,
    SignupCommand,
    Status,
    TakeSeat,
    TakeSeatAs,
    parse,
)
from tests.domain.refused import answer, key, readings, refusal


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("", PickSession(None)),
        ("W1", PickSession(1)),
        ("for W1", PickSession(1)),
        ("me", PickSession(None)),
        ("move", PickSession(None)),
        ("help", Help()),
        ("HELP", Help()),
        ("status", Status(None)),
        ("status W3", Status(3)),
        ("w3 status", Status(3)),
        ("afternoon", TakeSeat(None, "afternoon")),
        ("W1 afternoon", TakeSeat(1, "afternoon")),
        ("afternoon w1", TakeSeat(1, "afternoon")),
        ("afternoon for W1", TakeSeat(1, "afternoon")),
        ("move W1 to morning", TakeSeat(1, "move to morning")),
        ("me for the afternoon", TakeSeat(None, "me for the afternoon")),
        ("for the afternoon", TakeSeat(None, "for the afternoon")),
        ("for afternoon", TakeSeat(None, "for afternoon")),
        ("for 16:00", TakeSeat(None, "for 16:00")),
        ("put me down for pm", TakeSeat(None, "put me down for pm")),
        ("16:00", TakeSeat(None, "16:00")),
        ("2", TakeSeat(None, "2")),
        ("Après-midi", TakeSeat(None, "Après-midi")),
        ("morning <!here>", TakeSeat(None, "morning @here")),
        ("helpful", TakeSeat(None, "helpful")),
        ("W0 afternoon", TakeSeat(None, "W0 afternoon")),
        ("Help!", Help()),
        ("help, please", Help()),
        ("my status", Status(None)),
        ("Status?", Status(None)),
        ("Status W1.", Status(1)),
        ("W1: afternoon", TakeSeat(1, "afternoon")),
        ("W1, afternoon", TakeSeat(1, "afternoon")),
        ("afternoon W1.", TakeSeat(1, "afternoon")),
        ("afternoon (W1)", TakeSeat(1, "afternoon")),
        ("W1 – afternoon", TakeSeat(1, "– afternoon")),
        ("Afternoon 👍", TakeSeat(None, "Afternoon 👍")),
        ("yes 👍", PickSession(None)),
        ("W1!", PickSession(1)),
        ("for 09:00-11:00", TakeSeat(None, "for 09:00-11:00")),
        ("move from morning to afternoon", TakeSeat(None, "move from morning to afternoon")),
        ("leave no one behind", TakeSeat(None, "leave no one behind")),
    ],
)
def test_a_sign_up_is_read_as_people_type_it(typed: str, command: SignupCommand) -> None:
    assert parse(typed) == command


@pytest.mark.parametrize(
    "typed",
    [
        "cancel", "Withdraw", "withdraw me", "leave", "can't", "can’t", "can't attend", "cannot attend",
        "I cannot come", "can't make it anymore", "give back", "give my seat back", "cancel my seat please",
        "leave the session", "sorry, I have to withdraw", "annuler", "Cancel.", "cancel!", "Cancel, please.",
        "❗cancel", "can't!", "I won't attend", "unable to attend", "I want to cancel", "cancel, merci",
        "I'm not coming",
    ],
)  # fmt: skip
def test_a_seat_is_given_back_in_many_words(typed: str) -> None:
    assert parse(typed) == Cancel(None)
    assert parse(f"W2 {typed}") == parse(f"{typed} w2") == Cancel(2)


@pytest.mark.parametrize("typed", ["can", "don't cancel", "can't wait for it", "leave it to me", "❌"])
def test_no_seat_is_given_back_on_a_guess(typed: str) -> None:
    assert isinstance(parse(typed), TakeSeat | TakeSeatAs)


@pytest.mark.parametrize(
    "typed",
    [
        "cancel afternoon", "cancel the afternoon", "Cancel Group B", "withdraw from the morning", "leave morning",
        "can't make morning", "I can't attend the afternoon", "can’t morning", "cancel 2", "leave the 16:00 session",
        "cancel my afternoon seat, please", "cancel for ARCP", "not attending the morning", "cancel?", "can't?",
    ],
)  # fmt: skip
def test_giving_back_a_seat_that_may_not_be_the_one_held_is_refused_and_the_one_held_is_offered_to_be_shown(
    typed: str,
) -> None:
    refused = refusal(lambda: parse(typed))
    assert (refused.key, refused.facts["typed"]) == ("signup-cancel-unclear", typed)
    assert refused.facts["readings"] == ("status",)
    assert refusal(lambda: parse(f"W2 {typed}")).facts["readings"] == ("status W2",)
    assert parse("status W2") == Status(2)


@pytest.mark.parametrize(
    "typed",
    [
        "reminders off", "no reminders", "Stop reminders.", "mute", "Mute!", "turn my reminders off please",
        "stop reminding me", "don’t remind me", "cancel my reminders", "please, no more reminders",
    ],
)  # fmt: skip
def test_reminders_are_stopped_in_many_words(typed: str) -> None:
    assert parse(typed) == Reminders(wanted=False)


@pytest.mark.parametrize("typed", ["reminders on", "Unmute", "turn on reminders", "remind me, please"])
def test_reminders_are_wanted_again_in_many_words(typed: str) -> None:
    assert parse(typed) == Reminders(wanted=True)


@pytest.mark.parametrize("typed", ["stop", "off", "no", "reminders off?", "mute the afternoon"])
def test_no_reminder_is_stopped_on_a_guess(typed: str) -> None:
    assert isinstance(parse(typed), TakeSeat)


def test_reminders_alone_are_answered_with_the_help() -> None:
    assert parse("reminders") == parse("Reminders?") == Help()


@pytest.mark.parametrize(("typed", "wanted"), [("reminders off W1", False), ("W1 unmute", True)])
def test_the_reminders_of_one_webinar_are_refused_with_what_can_be_had(typed: str, wanted: bool) -> None:  # noqa: FBT001 - a test's value
    refused = refusal(lambda: parse(typed))
    assert (refused.key, refused.facts["number"]) == ("signup-reminders-of-one", 1)
    assert [parse(each) for each in readings(lambda: parse(typed))] == [Reminders(wanted)]


def taken(phrase: str, role: Role | None, mechanism: str = "", *, webinar: int | None = None) -> TakeSeatAs:
    return TakeSeatAs(webinar, phrase, Speaking(role, mechanism))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("afternoon as chair for Colombo Process", taken("afternoon", Role.CHAIR, "Colombo Process")),
        ("W1 afternoon as chair of the Colombo Process", taken("afternoon", Role.CHAIR, "Colombo Process", webinar=1)),
        ("as vice-chair for ARCP for the afternoon", taken("the afternoon", Role.ALTERNATE, "ARCP")),
        ("me for the afternoon for ARCP", taken("me for the afternoon", None, "ARCP")),
        ("me for the afternoon as HoS", taken("me for the afternoon", Role.HEAD_OF_SECRETARIAT)),
        ("afternoon for ARCP as head of secretariat", taken("afternoon", Role.HEAD_OF_SECRETARIAT, "ARCP")),
        ('afternoon for "5+5"', taken("afternoon", None, "5+5")),
        ('afternoon for "Dialogue as such for all"', taken("afternoon", None, "Dialogue as such for all")),
        (
            "afternoon for Migration Dialogue for Southern Africa",
            taken("afternoon", None, "Migration Dialogue for Southern Africa"),
        ),
        ("as HoS for the ARCP", taken("", Role.HEAD_OF_SECRETARIAT, "ARCP")),
        ("as chair", taken("", Role.CHAIR)),
        ("for 16:00 as chair", taken("for 16:00", Role.CHAIR)),
    ],
)
def test_a_capacity_is_read_beside_the_session(typed: str, command: SignupCommand) -> None:
    assert parse(typed) == command


@pytest.mark.parametrize("typed", ["for ARCP", "me for ARCP", "for the ARCP", "sign me up for ARCP"])
def test_for_alone_may_mean_a_session_or_a_mechanism(typed: str) -> None:
    assert parse(typed) == TakeSeatAs(None, typed, Speaking(None, "ARCP"), either=True)


MS_PERERA = WithoutAccount("Ms R. Perera", How.LETTER)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("afternoon for <@U1|ana>", TakeSeatAs(None, "afternoon", None, UserId("U1"))),
        ("for <@U1> W2 afternoon", TakeSeatAs(2, "afternoon", None, UserId("U1"))),
        ("sign up <@U1> for the afternoon", TakeSeatAs(None, "sign up for the afternoon", None, UserId("U1"))),
        (
            "afternoon for <@U1> as chair for ARCP",
            TakeSeatAs(None, "afternoon", Speaking(Role.CHAIR, "ARCP"), UserId("U1")),
        ),
        ('afternoon for "Ms R. Perera" by letter', TakeSeatAs(None, "afternoon", None, MS_PERERA)),
        ("W1 afternoon for “Ms R. Perera” by letter", TakeSeatAs(1, "afternoon", None, MS_PERERA)),
        ("cancel for <@U1>", CancelFor(None, UserId("U1"))),
        ("W2 withdraw for <@U1>", CancelFor(2, UserId("U1"))),
        ('cancel for "Ms R. Perera" by letter', CancelFor(None, MS_PERERA)),
        ('afternoon for "Ms R. Perera" by post', TakeSeatAs(None, "afternoon", None, MS_PERERA)),
        ('for "Ms R. Perera" by official letter, afternoon', TakeSeatAs(None, "afternoon", None, MS_PERERA)),
        ('cancel for "Ms R. Perera" by an official letter', CancelFor(None, MS_PERERA)),
    ],
)
def test_a_seat_is_taken_and_given_back_for_somebody_else(typed: str, command: SignupCommand) -> None:
    assert parse(typed) == command


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("afternoon for @ben", "mention-bare"),
        ("afternoon for <@U1> <@U2>", "signup-people"),
        ("afternoon for Ms R. Perera by letter", "person-unquoted"),
        ("afternoon as king", "role-unknown"),
        ("afternoon as chair as alternate", "signup-roles"),
        ("status for <@U1>", "signup-for-unclear"),
        ("for <@U1>", "signup-for-unclear"),
        ("cancel afternoon for <@U1>", "signup-for-unclear"),
        ("no reminders for <@U1>", "signup-for-unclear"),
        ('afternoon for "ARCP', "quote-unclosed"),
    ],
)
def test_what_cannot_be_placed_beside_a_session_is_refused(typed: str, refused: str) -> None:
    assert key(lambda: parse(typed)) == refused


def test_two_webinars_are_refused() -> None:
    refused = refusal(lambda: parse("w1 morning W2"))
    assert (refused.key, refused.facts) == ("signup-two-webinars", {"matches": ("W1", "W2")})
    assert parse("W1 morning w1") == TakeSeat(1, "morning")


words = st.sampled_from(
    [
        "W1",
        "w2",
        "morning",
        "for",
        "as",
        "the",
        "cancel",
        "me",
        "can't",
        "2",
        "<@U1|a>",
        "16:00",
        "l'",
        ",",
        "reminders",
        "off",
        "mute",
        "chair",
        '"x"',
        "by",
        "letter",
        "@b",
    ]
)


@given(st.text() | st.lists(words).map(" ".join))
def test_anything_typed_is_a_command_or_refused(typed: str) -> None:
    known = ("signup-", "mention-", "person-", "role-", "quote-")
    assert isinstance(answer(lambda: parse(typed), *known), SignupCommand | None)
