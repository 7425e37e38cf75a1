"""Polls at their longest, with the most voters and in every kind of letter, held to Slack's limits by the stand-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.lengths import length
from bot.view.message import Message, shorten
from tests.view.longest_polls import LETTERS, Longest
from workspace import views
from workspace.blocks import accept, texts_of
from workspace.methods.chat import TEXT_CUT_AT, TEXT_OF_UPDATE
from workspace.wire import SlackError

OF_EACH = pytest.mark.parametrize("letters", LETTERS)


def as_counted(value: Any) -> Any:
    """Texts as long as Slack may count them: in the units of UTF-16, of which an emoji has two."""
    if isinstance(value, str):
        return "".join("xx" if ord(each) > 0xFFFF else each for each in value)
    if isinstance(value, list):
        return [as_counted(each) for each in value]
    return {name: as_counted(each) for name, each in value.items()} if isinstance(value, dict) else value


def refused(accepting: Callable[[], object]) -> str | None:
    try:
        accepting()
    except SlackError as error:
        return f"{error.code} {error.facts}"
    return None


def problem(message: Message, at_most: int) -> str | None:
    if not 0 < length(message.text) <= at_most:
        return f"a text of {length(message.text)}"
    return refused(lambda: accept(as_counted(message.content()["blocks"])))


def said(message: Message) -> str:
    return "\n".join(texts_of(message.content()["blocks"]))


@OF_EACH
def test_slack_takes_a_polls_message_at_its_longest_and_its_updates(letters: str) -> None:
    kept = Longest(LETTERS[letters]).kept()
    assert {name: wrong for name, each in kept.items() if (wrong := problem(each, TEXT_OF_UPDATE))} == {}


@OF_EACH
def test_slack_takes_every_answer_about_a_poll_at_its_longest(letters: str) -> None:
    told = Longest(LETTERS[letters]).told()
    assert {name: wrong for name, each in told.items() if (wrong := problem(each, TEXT_CUT_AT))} == {}


@OF_EACH
def test_slack_takes_every_form_of_a_poll_at_its_longest(letters: str) -> None:
    wrong = {
        name: refused(lambda form=form: views.accept(as_counted(form.content()), "modal"))  # type: ignore[misc]
        for name, form in Longest(LETTERS[letters]).forms().items()
    }
    assert set(wrong.values()) == {None}, wrong


@OF_EACH
def test_the_question_and_every_option_stand_whole_in_the_message_and_in_a_result(letters: str) -> None:
    longest = Longest(LETTERS[letters])
    for message in (longest.kept()["open"], longest.told()["result"], longest.told()["made"]):
        whole = said(message).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("\n", "")
        assert longest.poll.question in whole
        assert [each.text for each in longest.poll.options if each.text not in whole] == []


@OF_EACH
def test_what_a_message_does_not_hold_is_counted_and_it_says_where_to_read_it(letters: str) -> None:
    told = Longest(LETTERS[letters]).told()
    for name in ("list", "list of closed"):
        rows = said(told[name]).count("*P100000: ")
        assert rows + _more(told[name]) == 100
        assert "`/poll results P7`" in said(told[name])
    for name in ("who", "who, by mechanism"):
        assert "`/poll export P100000`" in said(told[name])
    assert said(told["who"]).count("<@") + _more(told["who"]) == 20 * 2_000


def test_a_form_tells_of_options_that_it_has_no_room_for() -> None:
    blocks = Longest("É").forms()["duplicate"].content()["blocks"]
    assert "The last 6 options have no room in this form" in str(blocks)


@pytest.mark.parametrize("text", ["🎉" * 80, "👩‍👩‍👧‍👦" * 20, "x" * 74 + "🎉🎉"])
def test_a_label_is_cut_between_emoji(text: str) -> None:
    label = shorten(text, 75)
    assert length(label) <= 75
    assert text.startswith(label[:-1])
    assert not label.endswith("\u200d…")


def _more(message: Message) -> int:
    words = said(message).split()
    return sum(int(words[place - 1]) for place, each in enumerate(words) if each.startswith("more"))
