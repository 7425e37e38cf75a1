"""Slack's payloads, validated."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, Field

from bot.domain.ids import ChannelId, UserId
from bot.domain.markup import decode
from bot.domain.members import Sender
from bot.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Typed:
    """A command's text, decoded. `cause` is one of its kind: what it makes is made once.

    `insisted`: the sender was asked whether they mean the same words again, and does.
    """

    sender: Sender
    text: str
    cause: str
    insisted: bool = False


@dataclass(frozen=True, slots=True)
class Click:
    """A press on one of our buttons. `clicked` is Slack's `action_ts`; `choice` is a menu's entry."""

    sender: Sender
    value: int
    choice: str
    clicked: str
    in_message: bool


LARGEST_ID = 2**31 - 1
"""What a column of ids holds (PostgreSQL, integer)."""


class CommandPayload(BaseModel):
    """docs.slack.dev, slash commands."""

    team_id: str
    user_id: str
    channel_id: str
    text: str = ""
    trigger_id: str
    response_url: str

    def typed(self) -> Typed:
        sender = Sender(self.team_id, self.team_id, UserId(self.user_id), ChannelId(self.channel_id))
        return Typed(sender, decode(self.text), self.trigger_id)


class Identified(BaseModel):
    id: str
    team_id: str | None = None


class Chosen(BaseModel):
    value: str


class Action(BaseModel):
    action_id: str
    action_ts: str = Field(pattern=r"^\d+\.\d+$")
    value: str | None = None
    selected_option: Chosen | None = None


class Container(BaseModel):
    message_ts: str | None = None
    channel_id: str | None = None
    is_ephemeral: bool = False


class ClickPayload(BaseModel):
    """docs.slack.dev, block_actions. `team` is the actor's, which may be another workspace's."""

    team: Identified
    user: Identified
    channel: Identified | None = None
    container: Container = Container()
    actions: list[Action] = Field(min_length=1)
    response_url: str | None = None

    def click(self, installed: str) -> Click:
        """As a click in the workspace `installed`, where the app is.

        Raises:
            Refusal("button-gone"): it carries nothing that a button of ours carries.
        """
        action = self.actions[0]
        raw = action.selected_option.value if action.selected_option else action.value or ""
        choice, _, number = raw.rpartition(":")
        if not (number.isascii() and number.isdigit() and len(number) <= 10 and int(number) <= LARGEST_ID):
            raise Refusal("button-gone")
        return Click(self.sender(installed), int(number), choice, action.action_ts, not self.container.is_ephemeral)

    def sender(self, installed: str) -> Sender:
        home = self.user.team_id or self.team.id
        channel = self.channel.id if self.channel else self.container.channel_id or ""
        return Sender(installed, home, UserId(self.user.id), ChannelId(channel))
