from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import DraftId
from bot.domain.markup import decode
from bot.domain.refusals import Refusal
from bot.view import drafts, refusals
from bot.view.message import button, header, shorten
from bot.view.texts import Mrkdwn, encode, load

WORDS = load().of(None)


def test_what_a_person_typed_is_encoded_once() -> None:
    assert encode("R&D <b> &amp;") == "R&amp;D &lt;b&gt; &amp;amp;"
    assert WORDS.md("poll-question", question="<!channel> R&D") == "*&lt;!channel&gt; R&amp;D*"


@given(st.text())
def test_encoding_undoes_slacks_decoding_and_leaves_nothing_that_slack_reads(text: str) -> None:
    assert decode(encode(text)) == text
    assert not {"<", ">"} & set(encode(text))


def test_markup_that_is_meant_as_such_is_not_encoded_again() -> None:
    who = Mrkdwn("<@U1>")
    assert WORDS.md("poll-who", option="A & B", names=who) == "• A &amp; B: <@U1>"
    assert WORDS.md("poll-question", question=WORDS.md("poll-option", text="A & B")) == "*A &amp; B*"
    assert isinstance(WORDS.md("poll-question", question="?"), Mrkdwn)
    assert isinstance(WORDS.count("poll-voters", 2), Mrkdwn)


def test_plain_text_is_as_typed() -> None:
    assert WORDS.plain("button-vote-for", text="R&D <b>") == "Vote for R&D <b>"
    assert header("R&D <b>").to_dict()["text"]["text"] == "R&D <b>"


def test_a_fact_that_looks_like_a_placeholder_stays_as_typed() -> None:
    assert WORDS.md("poll-question", question="{p} {0} {question}") == "*{p} {0} {question}*"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("رحلة آمنة", "• \u2068رحلة آمنة\u2069: 2 votes"),
        ("Practice: דרך", "• \u2068Practice: דרך\u2069: 2 votes"),
        ("Déclaration 数据", "• Déclaration 数据: 2 votes"),
    ],
)
def test_what_runs_from_right_to_left_turns_no_number_beside_it(text: str, shown: str) -> None:
    assert WORDS.count("poll-result", 2, text=text) == shown


def test_a_command_can_be_copied_as_it_stands() -> None:
    assert WORDS.md("reason-verb-unknown", typed='/poll "رحلة"').startswith('`/poll "رحلة"`')


def test_a_count_takes_its_plural_form() -> None:
    assert [WORDS.count("poll-voters", each) for each in (0, 1, 2)] == ["0 voters", "1 voter", "2 voters"]


def test_commands_are_mentioned_under_their_prefix() -> None:
    assert "`/cv-poll list`" in load("cv-").of(None).md("help-poll")


def test_a_language_that_is_not_there_is_english() -> None:
    texts = load()
    for locale in (None, "", "xx-YY", "en-GB", "EN"):
        assert texts.of(locale) is texts.words["en"]


def test_a_label_is_cut_to_its_limit_and_says_so() -> None:
    assert shorten("abc", 3) == "abc"
    assert shorten("abcd", 3) == "ab…"
    made = button("l" * 80, "vote", 7, spoken="s" * 80).to_dict()
    assert (len(made["text"]["text"]), len(made["accessibility_label"])) == (75, 75)
    assert (made["action_id"], made["value"]) == ("vote:7", "7")
    assert len(header("h" * 200).to_dict()["text"]["text"]) == 150


def test_readings_of_a_long_command_are_told_apart_by_ear() -> None:
    spoken = [
        drafts.reading_button(WORDS, place, DraftId(place), f'new "{"T" * 200}" on {day}').to_dict()
        for place, day in ((1, "2026-10-12"), (2, "2026-12-10"))
    ]
    assert [each["accessibility_label"][:6] for each in spoken] == ["Use 1:", "Use 2:"]


def test_a_refusal_says_what_was_typed_as_it_was_typed() -> None:
    assert "“A & <B>”" in decode(refusals.refused(WORDS, Refusal("zone-unknown", typed="A & <B>")).text)


def test_a_refusal_says_what_comes_near_where_something_does() -> None:
    near = refusals.refused(WORDS, Refusal("zone-unknown", typed="Zurch", suggestions=("Europe/Zurich", "X/Y")))
    far = refusals.refused(WORDS, Refusal("zone-unknown", typed="Zurch", suggestions=()))
    assert "Near to it: Europe/Zurich, X/Y." in near.text
    assert "Near" not in far.text


def test_readings_are_numbered_as_their_buttons_are() -> None:
    refusal = Refusal("date-ambiguous", typed="10/12/2026", readings=("a", "b"))
    message = refusals.refused(WORDS, refusal, [(DraftId(7), "a <1>"), (DraftId(8), "b")])
    assert "1. `a &lt;1&gt;`\n2. `b`" in message.text
    buttons = message.content()["blocks"][-1]["elements"]
    assert [(each["text"]["text"], each["value"]) for each in buttons] == [("Use 1", "7"), ("Use 2", "8")]
