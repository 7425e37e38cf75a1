from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.signup_grammar import Cancel, Help, PickSession, SignupCommand, Status, TakeSeat, parse
from tests.domain.refused import answer, key, refusal


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
    ],
)
def test_a_sign_up_is_read_as_people_type_it(typed: str, command: SignupCommand) -> None:
    assert parse(typed) == command


@pytest.mark.parametrize(
    "typed",
    [
        "cancel", "Withdraw", "withdraw me", "leave", "can't", "can’t", "can't attend", "cannot attend",
        "I cannot come", "can't make it anymore", "give back", "give my seat back", "cancel my seat please",
        "leave the session", "sorry, I have to withdraw", "annuler",
    ],
)  # fmt: skip
def test_a_seat_is_given_back_in_many_words(typed: str) -> None:
    assert parse(typed) == Cancel(None)
    assert parse(f"W2 {typed}") == parse(f"{typed} w2") == Cancel(2)


@pytest.mark.parametrize("typed", ["cancel the afternoon", "leave morning", "can", "don't cancel", "can't wait for it"])
def test_no_seat_is_given_back_on_a_guess(typed: str) -> None:
    assert isinstance(answer(lambda: parse(typed), "signup-claims-not-built"), TakeSeat | None)


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
    ["W1", "w2", "morning", "for", "as", "the", "cancel", "me", "can't", "2", "<@U1|a>", "16:00", "l'", ","]
)


@given(st.text() | st.lists(words).map(" ".join))
def test_anything_typed_is_a_command_or_refused(typed: str) -> None:
    assert isinstance(answer(lambda: parse(typed), "signup-"), SignupCommand | None)
