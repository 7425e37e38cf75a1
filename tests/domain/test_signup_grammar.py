from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.signup_grammar import Cancel, Help, PickSession, Reminders, SignupCommand, Status, TakeSeat, parse
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
    assert isinstance(answer(lambda: parse(typed), "signup-claims-not-built"), TakeSeat | None)


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


@pytest.mark.parametrize(
    "typed",
    [
        "afternoon as chair",
        "as chair",
        "for ARCP",
        "afternoon for ARCP",
        "afternoon for <@U1|ana>",
        "as HoS for the ARCP",
    ],
)
def test_roles_and_mechanisms_are_refused_aloud(typed: str) -> None:
    assert key(lambda: parse(typed)) == "signup-claims-not-built"


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
    ]
)


@given(st.text() | st.lists(words).map(" ".join))
def test_anything_typed_is_a_command_or_refused(typed: str) -> None:
    assert isinstance(answer(lambda: parse(typed), "signup-"), SignupCommand | None)
