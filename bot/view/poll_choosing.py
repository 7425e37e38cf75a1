"""How an option is chosen in a poll's message: by a button beside each of a few, in one list to open where many are."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, PlainTextObject, StaticSelectElement

from bot.domain.polls import Option, Poll, PollState
from bot.domain.voted import Voted
from bot.view.forms import choice
from bot.view.message import actions, button
from bot.view.texts import Mrkdwn, Words

VOTE = "vote"
CHOOSE = "poll-choose"
UNCHOOSE, UNCHOOSE_FOR = "poll-unchoose", "poll-unchoose-for"

FEW = 5
"""Options that each have a button: twenty of them are a long way to scroll on a phone."""


def named(words: Words, poll: Poll, option: Option) -> Mrkdwn:
    """An option in the message: with its number where the list shows no more than how it begins."""
    if len(poll.options) <= FEW:
        return words.md("poll-option", text=option.text)
    return words.md("poll-option-numbered", place=option.position + 1, text=option.text)


def beside(words: Words, poll: Poll, option: Option) -> ButtonElement | None:
    """The button of one option, of a few, as long as the poll is open."""
    if poll.state is not PollState.OPEN or len(poll.options) > FEW:
        return None
    label = option.text if poll.objection else words.plain("button-vote")
    return button(label, VOTE, option.id, spoken=words.plain("button-vote-for", text=option.text))


def below(words: Words, poll: Poll) -> list[Block]:
    """The list of many options, as long as the poll is open.

    It has no id of its own: with each new picture Slack shows it empty, and the same option can be chosen once more.
    """
    if poll.state is not PollState.OPEN or len(poll.options) <= FEW:
        return []
    placeholder = PlainTextObject(text=words.plain("choose-option" if poll.single else "choose-options"))
    return [
        ActionsBlock(
            elements=[
                StaticSelectElement(
                    action_id=f"{CHOOSE}:{poll.id}",
                    placeholder=placeholder,
                    options=[
                        choice(
                            words.plain("poll-option-numbered", place=each.position + 1, text=each.text),
                            f"{each.position}:{each.id}",
                        )
                        for each in poll.options
                    ],
                )
            ]
        )
    ]


def removals(words: Words, voted: Voted) -> list[Block]:
    """To a voter alone: a button that removes each choice, since a list that shows one doesn't take it once more.

    By mechanism also beside a few options: a click on what is chosen doesn't always remove it there.
    """
    poll, mechanism = voted.poll, voted.mechanism
    if poll.single or poll.state is not PollState.OPEN or not voted.chosen:
        return []
    labels = [(words.plain("button-unchoose", text=each.text), each.id) for each in voted.chosen]
    if mechanism is not None:
        return [actions(*(button(label, UNCHOOSE_FOR, option, choice=mechanism.id) for label, option in labels))]
    if len(poll.options) <= FEW:
        return []
    return [actions(*(button(label, UNCHOOSE, option) for label, option in labels))]
