"""Every message at its longest, held to Slack's limits by the stand-in; and what a message may say where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from bot.domain.given_voices import GivenVoice
from bot.domain.ids import OptionId
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.poll_answers import WhoChose
from bot.domain.poll_running import PollsListed
from bot.domain.signups import AlreadySignedUp, Full, HoldsNoSeat, Moved, SignedUp
from bot.domain.webinars import WebinarsListed
from bot.view import poll_running, polls, reminders, signups, votes, webinars
from bot.view.message import Message, paragraphs
from tests.view.longest_messages import (
    ALL,
    BODIES,
    FIRST,
    KEPT,
    LAST,
    NOTICES,
    NOW,
    READER,
    REMINDERS,
    WIDE,
    WORDS,
    W,
    shown,
    webinar,
)
from workspace.blocks import texts_of
from workspace.methods.chat import TEXT_CUT_AT, TEXT_OF_UPDATE


@pytest.mark.parametrize("name", ALL)
def test_slack_takes_every_message_at_its_longest(name: str) -> None:
    assert shown(ALL[name]).strip()


@pytest.mark.parametrize("name", ALL)
def test_the_text_of_every_message_makes_sense_alone_and_is_not_cut_by_slack(name: str) -> None:
    assert 10 < len(ALL[name].text) <= TEXT_CUT_AT


@pytest.mark.parametrize("name", KEPT)
def test_a_message_that_is_kept_up_to_date_has_a_text_that_an_update_may_have(name: str) -> None:
    assert len(KEPT[name].text) <= TEXT_OF_UPDATE


@pytest.mark.parametrize("name", ALL)
def test_the_text_never_holds_the_join_link(name: str) -> None:
    if name != "webinar made":
        assert "meet.example.org" not in ALL[name].text


@pytest.mark.parametrize("name", ALL)
def test_date_tokens_stand_in_blocks_alone(name: str) -> None:
    assert "<!date" not in ALL[name].text


@pytest.mark.parametrize("name", ALL)
def test_what_people_typed_is_encoded_once(name: str) -> None:
    message = ALL[name]
    marked = texts_of([each for each in message.content()["blocks"] if each["type"] != "actions"])
    assert "&amp;amp;" not in message.text + "".join(marked)


@pytest.mark.parametrize("name", ALL)
def test_every_button_can_be_told_from_the_others(name: str) -> None:
    for block in ALL[name].content()["blocks"]:
        labels = [
            each.get("accessibility_label") or each["text"]["text"]
            for each in block.get("elements", ())
            if "text" in each and block["type"] == "actions"
        ]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("message", "holds"),
    [
        (REMINDERS["to a member"], False),
        (REMINDERS["to a member, the last"], True),
        (REMINDERS["to the channel"], False),
        (KEPT["webinar"], False),
        (NOTICES["moved to the channel"], False),
        (NOTICES["cancelled to a member"], False),
    ],
)
def test_the_join_link_stands_in_the_last_reminder_to_a_member_alone(message: Message, holds: bool) -> None:  # noqa: FBT001
    assert ("meet.example.org" in shown(message)) is holds


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_says_in_its_text_alone_what_became_of_the_session_and_when_it_is_or_was(name: str) -> None:
    text = NOTICES[name].text
    assert any(said in text for said in ("has been moved", "has been cancelled", "takes place after all"))
    assert "10 Dec 2026" in text, "as it was known"
    assert ("19 Dec 2026" in text) is ("moved" in name)


def test_the_notification_of_a_cancelled_webinar_invites_nobody_to_sign_up() -> None:
    assert "has been cancelled" in KEPT["webinar, cancelled"].text
    assert "Sign up" not in KEPT["webinar, cancelled"].text


def test_the_only_session_of_a_webinar_is_not_named() -> None:
    for name, notice in NOTICES.items():
        if "the only session" in name:
            assert FIRST.label.replace("&", "&amp;") not in notice.text


def test_a_reason_that_several_sessions_share_is_said_once() -> None:
    assert shown(NOTICES["all cancelled to the channel"]).count("Reason:") == 1


def test_what_doesnt_fit_is_counted_never_dropped_in_silence() -> None:
    for name in ("webinars", "to choose among many", "seats in many", "polls", "polls of ampersands"):
        said = shown(ALL[name])
        (left,) = [int(line.split()[1]) for line in said.split("\n") if line.startswith("and ") and " more" in line]
        assert 0 < left < 60


def test_a_usual_list_is_shown_whole() -> None:
    usual = tuple(replace(webinar(number, sessions=2), title=f"Regional reviews {number}") for number in range(1, 13))
    said = shown(webinars.listed(WORDS, WebinarsListed(usual)))
    assert all(f"Regional reviews {number}*" in said for number in range(1, 13))
    assert " more" not in said
    asked = tuple(replace(WIDE, number=number, question=f"Question {number}?") for number in range(1, 21))
    said = shown(poll_running.listed(WORDS, READER, PollsListed(asked), NOW))
    assert all(f"Question {number}?*" in said for number in range(1, 21))
    assert " more" not in said


def test_names_past_what_a_message_holds_become_a_number() -> None:
    two = replace(WIDE, options=WIDE.options[:2])
    said = shown(votes.who(WORDS, WhoChose(two)))
    assert said.count("<@") == 100
    assert said.count("and 150 more") == 2
    assert " more" not in shown(votes.who(WORDS, WhoChose(replace(WIDE, given=WIDE.given[:3]))))


def test_a_poll_by_mechanism_names_whose_voices_it_counts_in_alphabetical_order() -> None:
    some = (named("Échanges"), named("Almaty Process"), named("MIDSA"), named("Doha"))
    answers = (frozenset({OptionId(10**8)}),) * 3 + (frozenset[OptionId](),)
    given = tuple(GivenVoice(READER, each, chosen, NOW) for each, chosen in zip(some, answers, strict=True))
    asked = replace(WIDE, options=WIDE.options[:2], by_mechanism=True, voters=4, abstained=1, given=given)
    said = shown(polls.post(WORDS, asked))
    assert "Almaty Process, Échanges, MIDSA" in said
    assert "1 mechanism\nDoha" in said
    assert "4 mechanisms have answered" in said


def test_percentages_leave_out_who_abstains() -> None:
    options = (replace(WIDE.options[0], votes=2), replace(WIDE.options[1], votes=2))
    said = shown(polls.post(WORDS, replace(WIDE, options=options, voters=10, abstained=6)))
    assert said.count("50 % · 2 votes") == 2
    assert "10 voters · 6 abstained" in said


def named(title: str) -> Mechanism:
    return replace(BODIES[0], facts=MechanismFacts(title, title))


@pytest.mark.parametrize("outcome", [SignedUp(W, FIRST), Moved(W, FIRST, LAST), AlreadySignedUp(W, FIRST)])
def test_an_answer_about_a_seat_offers_each_other_session_once_and_giving_back(
    outcome: SignedUp | Moved | AlreadySignedUp,
) -> None:
    content = signups.outcome(WORDS, READER, outcome, NOW).content()
    (buttons,) = [each["elements"] for each in content["blocks"] if each["type"] == "actions"]
    offered = [each["value"] for each in buttons if each["action_id"].startswith(signups.MOVE)]
    assert offered == [str(each.id) for each in W.sessions[1:]]
    assert [each["value"] for each in buttons if each["action_id"].startswith(signups.GIVE_BACK)] == [str(FIRST.id)]


@pytest.mark.parametrize("view", ["announcement", "full", "reminder"])
def test_no_seat_is_offered_where_none_is_left_or_the_session_has_started(view: str) -> None:
    full = replace(W.sessions[1], taken=100_000)
    started = replace(W.sessions[2], starts_at=NOW)
    some = replace(W, sessions=(FIRST, full, started, LAST))
    views: Mapping[str, Callable[[], Message]] = {
        "announcement": lambda: signups.outcome(WORDS, READER, HoldsNoSeat(some), NOW),
        "full": lambda: signups.outcome(WORDS, READER, Full(some, full, None), NOW),
        "reminder": lambda: reminders.to_member(WORDS, some, FIRST, READER, last=False, now=NOW),
    }
    content = views[view]().content()
    offered = {
        each["value"]
        for block in content["blocks"]
        for each in block.get("elements", ())
        if each.get("action_id", "").startswith((signups.TAKE, signups.MOVE))
    }
    assert not offered & {str(full.id), str(started.id)}
    assert str(LAST.id) in offered


# How lines are packed


def packed(*rows: str) -> list[str]:
    return [each.to_dict()["text"]["text"] for each in paragraphs(rows)]


def test_lines_go_into_as_few_sections_as_the_limit_allows() -> None:
    assert packed("a", "b", "c") == ["a\nb\nc"]
    assert [len(each) for each in packed("x" * 1499, "y" * 1500, "z")] == [3000, 1]
    assert [len(each) for each in packed("x" * 1500, "y" * 1500)] == [1500, 1500]
    assert packed() == []


@pytest.mark.parametrize("row", ["word " * 2000, "x" * 9000, "&amp;" * 1900, ("&lt;b&gt; <@U1> " * 700).strip()])
def test_a_line_longer_than_a_section_goes_on_in_the_next_and_loses_nothing(row: str) -> None:
    parts = packed("before", row, "after")
    assert all(len(each) <= 3000 for each in parts)
    assert "".join(parts).replace("\n", "") == f"before{row}after"


def test_no_entity_and_no_mention_is_cut_in_two() -> None:
    for row in ("x" + "&amp;" * 1900, "xy" + "<@U0123456789>" * 700, "x" * 2998 + "&lt;" * 10):
        for part in packed(row):
            assert part.count("&") == part.count(";")
            assert part.count("<") == part.count(">")
