from __future__ import annotations

import logging

import pytest
from slack_sdk.models.blocks import SectionBlock

from bot.view import texts
from bot.view.message import Message
from handlers import replies

WORDS = texts.load().of(None)


def test_an_answer_within_slacks_limits_goes_as_it_is() -> None:
    answer = Message("said", (SectionBlock(text="said"),))
    assert replies.content(WORDS, answer) == answer.content()


def test_an_answer_that_breaks_a_limit_is_told_as_a_fault_and_logged_with_its_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        told = replies.content(WORDS, Message("said", (SectionBlock(text="x" * 3001),)))
    assert "Something went wrong on our side" in told["text"]
    (logged,) = caplog.records
    assert logged.getMessage().removeprefix("fault ") in told["text"]
    assert logged.exc_info is not None
