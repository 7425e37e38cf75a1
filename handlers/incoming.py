"""Slack's payloads, validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, Field

from bot.domain.ids import ChannelId, DraftId, UserId
from bot.domain.markup import decode
from bot.domain.members import Sender
from bot.domain.refusals import Refusal
from bot.domain.sent_files import SentFile


@dataclass(frozen=True, slots=True)
class Typed:
    """A command without its slash, and its text, decoded. `cause` is one of its kind: what it makes is made once.

    `insisted`: the sender was asked whether they mean the same words again, and does. `trigger` opens a form within
    three seconds; `draft` keeps the same text, where it is kept already.
    """

    sender: Sender
    command: str
    text: str
    cause: str
    insisted: bool = False
    trigger: str = ""
    draft: DraftId | None = None


@dataclass(frozen=True, slots=True)
class Click:
    """A press on one of our buttons. `clicked` is Slack's `action_ts`; `choice` is a menu's entry.

    `trigger` opens a form within three seconds; in an open form `view` is its id and `draft` what it is about.
    """

    sender: Sender
    value: int
    choice: str
    clicked: str
    in_message: bool
    trigger: str = ""
    view: str = ""
    draft: DraftId | None = None

    @property
    def about(self) -> int:
        """The other id of a button that is about two things.

        Raises:
            Refusal("button-gone"): it carries none.
        """
        if not _is_id(self.choice):
            raise Refusal("button-gone")
        return int(self.choice)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form as it was filled in. `draft` is what it is about; `cause` is one of its kind.

    `filled` holds what each input was given, by the input's name: nothing, one value or several; `files` likewise.
    """

    sender: Sender
    view: str
    draft: DraftId
    filled: Mapping[str, tuple[str, ...]]
    files: Mapping[str, tuple[SentFile, ...]] = field(default_factory=dict)

    @property
    def cause(self) -> str:
        return f"view:{self.view}"

    def text(self, name: str) -> str:
        """What was entered or chosen, without white space around it; empty for nothing."""
        return next(iter(self.filled.get(name, ())), "").strip()

    def id(self, name: str) -> int | None:
        """The id that was chosen; None for nothing, or for what is none."""
        chosen = self.text(name)
        return int(chosen) if _is_id(chosen) else None


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

    def typed(self, command: str) -> Typed:
        sender = Sender(self.team_id, self.team_id, UserId(self.user_id), ChannelId(self.channel_id))
        return Typed(sender, command, decode(self.text), self.trigger_id, trigger=self.trigger_id)


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


class ChosenFile(BaseModel):
    """A file as a form tells of it (docs.slack.dev, file object): of some, no more than the id."""

    id: str
    name: str = ""
    size: int | None = None
    url_private_download: str | None = None
    user: str | None = None

    def sent(self) -> SentFile:
        owner = None if self.user is None else UserId(self.user)
        return SentFile(self.id, self.name or self.id, self.size, self.url_private_download, owner)


class Entered(BaseModel):
    """The state of one input (docs.slack.dev, view interaction payloads): its kind says which of these it bears."""

    value: str | None = None
    selected_option: Chosen | None = None
    selected_options: list[Chosen] = []
    selected_date: str | None = None
    selected_time: str | None = None
    selected_conversation: str | None = None
    selected_user: str | None = None
    selected_users: list[str] = []
    files: list[ChosenFile] = []

    def values(self) -> tuple[str, ...]:
        option = None if self.selected_option is None else self.selected_option.value
        one = (
            self.value,
            option,
            self.selected_date,
            self.selected_time,
            self.selected_conversation,
            self.selected_user,
        )
        return (
            *(each for each in one if each),
            *(each.value for each in self.selected_options),
            *self.selected_users,
        )


class State(BaseModel):
    values: dict[str, dict[str, Entered]] = {}


class ViewBlock(BaseModel):
    type: str
    block_id: str


class ViewPayload(BaseModel):
    """One of our forms. Its metadata is the id of a draft, and nothing else."""

    id: str
    private_metadata: str = ""
    blocks: list[ViewBlock] = []
    state: State = State()

    @property
    def draft(self) -> DraftId | None:
        return DraftId(int(self.private_metadata)) if _is_id(self.private_metadata) else None

    @property
    def first_input(self) -> str | None:
        return next((block.block_id for block in self.blocks if block.type == "input"), None)


class SubmissionPayload(BaseModel):
    """docs.slack.dev, view_submission. `team` is the actor's."""

    team: Identified
    user: Identified
    view: ViewPayload

    def submitted(self, installed: str) -> Submitted:
        """As a form of the workspace `installed`; which channel it was asked for in, the draft knows.

        Raises:
            Refusal("draft-gone"): it is about nothing of ours.
        """
        if self.view.draft is None:
            raise Refusal("draft-gone")
        filled = {
            name: tuple(value for entered in inputs.values() for value in entered.values())
            for name, inputs in self.view.state.values.items()
        }
        files = {
            name: tuple(file.sent() for entered in inputs.values() for file in entered.files)
            for name, inputs in self.view.state.values.items()
        }
        return Submitted(self.sender(installed), self.view.id, self.view.draft, filled, files)

    def sender(self, installed: str) -> Sender:
        home = self.user.team_id or self.team.id
        return Sender(installed, home, UserId(self.user.id), ChannelId(""))


class ClickPayload(BaseModel):
    """docs.slack.dev, block_actions. `team` is the actor's, which may be another workspace's."""

    team: Identified
    user: Identified
    channel: Identified | None = None
    container: Container = Container()
    actions: list[Action] = Field(min_length=1)
    response_url: str | None = None
    trigger_id: str = ""
    view: ViewPayload | None = None

    def click(self, installed: str) -> Click:
        """As a click in the workspace `installed`, where the app is.

        Raises:
            Refusal("button-gone"): it carries nothing that a button of ours carries.
        """
        action = self.actions[0]
        raw = action.selected_option.value if action.selected_option else action.value or ""
        choice, _, number = raw.rpartition(":")
        if not _is_id(number):
            raise Refusal("button-gone")
        return Click(
            self.sender(installed),
            int(number),
            choice,
            action.action_ts,
            not self.container.is_ephemeral,
            self.trigger_id,
            "" if self.view is None else self.view.id,
            None if self.view is None else self.view.draft,
        )

    def sender(self, installed: str) -> Sender:
        home = self.user.team_id or self.team.id
        channel = self.channel.id if self.channel else self.container.channel_id or ""
        return Sender(installed, home, UserId(self.user.id), ChannelId(channel))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= LARGEST_ID
