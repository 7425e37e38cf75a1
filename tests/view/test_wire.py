from __future__ import annotations

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Option, OverflowMenuElement, PlainTextObject

from bot.view.message import actions, button, context, header, section, wire
from bot.view.texts import Mrkdwn


def test_blocks_go_out_as_the_sdk_itself_would_send_them() -> None:
    entries = [Option(text=PlainTextObject(text=f"Entry {place}"), value=f"{place}") for place in range(2)]
    blocks = (
        header("Which format?"),
        section(Mrkdwn("*Event*"), OverflowMenuElement(action_id="menu:1", options=entries)),
        section(Mrkdwn("one"), button("Vote", "vote", 1, style="primary", spoken="Vote for Event")),
        actions(button("Move", "seat-take", 2), button("Give back", "seat-give-back", 3)),
        context(Mrkdwn("40 seats")),
    )
    assert wire(blocks) == [block.to_dict() for block in blocks]


def test_what_breaks_a_limit_of_slacks_is_refused() -> None:
    with pytest.raises(SlackObjectFormationError):
        wire([section(Mrkdwn("x" * 3001))])
    with pytest.raises(SlackObjectFormationError):
        wire([actions(button("Move", "a" * 300, 2))])
