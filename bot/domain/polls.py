"""Polls: what a click means, and what the count is."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.domain.ids import ChannelId, MemberId, OptionId, PollId, UserId, WorkspaceId
from bot.domain.members import Member
from bot.domain.new_polls import NewPoll
from bot.domain.poll_settings import UNBUILT
from bot.domain.refusals import Refusal

TAKE_BACK = timedelta(seconds=60)
"""How long the maker of a poll may take it back."""

NERVOUS_S = 2.0
"""In a multiple choice the same click again within this time changes nothing."""

LANGUAGES = ("en",)

LONGEST_SECTION = 2_900
"""Characters of a question as Slack counts them: its limit of 3,000 a section less our marks."""

LONGEST_POLL = 10_000
"""Characters of question and options as Slack counts them, where `&` is five: its limit of 13,200 a message
less what bars, counts and rules take."""


class PollState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Option:
    """`votes` is the count as stored once an anonymous poll has closed, and counted from ballots until then."""

    id: OptionId
    position: int
    text: str
    votes: int = 0
    voters: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True)
class Poll:
    """`number` is 0 of a draft that is only looked at. `choices` is how many options a voter may choose, 0 for any.

    `key` hides the voters of an anonymous poll while it is open, and is gone once it has closed.
    """

    id: PollId
    workspace: WorkspaceId
    number: int
    question: str
    channel: ChannelId
    maker: MemberId
    maker_user: UserId
    anonymous: bool
    progress: bool
    choices: int
    state: PollState
    key: bytes | None
    options: tuple[Option, ...]
    voters: int
    created_at: datetime

    @property
    def shows_counts(self) -> bool:
        return self.progress or self.state is PollState.CLOSED

    @property
    def single(self) -> bool:
        return self.choices == 1

    def voice_of(self, member: MemberId) -> str:
        """What stands for a member in the ballots: in an anonymous poll a keyed digest, never the id."""
        if not self.anonymous:
            return str(member)
        if self.key is None:
            raise Refusal("poll-closed", number=self.number)
        return hmac.new(self.key, str(member).encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Voice:
    """What one voter has said so far; `clicked` is Slack's `action_ts` of their newest click."""

    chosen: frozenset[OptionId] = frozenset()
    clicked: str = "0"
    clicked_option: OptionId | None = None


@dataclass(frozen=True, slots=True)
class Voted:
    """The voice as it is now. `changed` is false where the click said nothing new."""

    poll: Poll
    chosen: tuple[Option, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class PollMade:
    poll: Poll


@dataclass(frozen=True, slots=True)
class SameAgain:
    """The same words by the same person a moment ago: nothing was made; `earlier` stands."""

    earlier: Poll


@dataclass(frozen=True, slots=True)
class PollClosed:
    poll: Poll


@dataclass(frozen=True, slots=True)
class PollTakenBack:
    poll: Poll


Making: TypeAlias = PollMade | SameAgain


def draft(new: NewPoll, options: Sequence[str], maker: Member, now: datetime) -> Poll:
    """The poll that `new` would make, to be looked at: it stands nowhere, and nobody can vote in it."""
    return Poll(
        id=PollId(0),
        workspace=maker.workspace.id,
        number=0,
        question=new.question,
        channel=ChannelId(""),
        maker=maker.id,
        maker_user=maker.user,
        anonymous=new.anonymous,
        progress=new.shows_progress,
        choices=new.votes,
        state=PollState.OPEN,
        key=None,
        options=tuple(Option(OptionId(0), place, each) for place, each in enumerate(options)),
        voters=0,
        created_at=now,
    )


def vote(poll: Poll, voice: Voice, option: OptionId, clicked: str) -> frozenset[OptionId]:
    """What the voter has chosen after a click on `option` at Slack's time `clicked`.

    Single choice: a click sets the voice, the same again changes nothing. Otherwise it adds or removes.
    An older click that arrives later changes nothing.

    Raises:
        Refusal("poll-closed"), Refusal("option-gone"), Refusal("too-many-choices")
    """
    _open(poll)
    if option not in {each.id for each in poll.options}:
        raise Refusal("option-gone")
    if seconds(clicked) <= seconds(voice.clicked):
        return voice.chosen
    if poll.single:
        return frozenset({option})
    if _nervous(voice, option, clicked):
        return voice.chosen
    chosen = voice.chosen ^ {option}
    if poll.choices and len(chosen) > poll.choices:
        raise Refusal("too-many-choices", limit=poll.choices)
    return chosen


def take_back(poll: Poll, voice: Voice, clicked: str) -> frozenset[OptionId]:
    """What is left after *Take back my vote*: nothing, unless a newer click has come already.

    Raises:
        Refusal("poll-closed")
    """
    _open(poll)
    return frozenset() if seconds(clicked) > seconds(voice.clicked) else voice.chosen


def refuse_unbuilt(new: NewPoll, unbuilt: frozenset[str] = UNBUILT) -> None:
    """What is read but can't be done yet is refused, never dropped.

    Raises:
        Refusal("poll-settings-not-built"), Refusal("poll-too-long")
    """
    missing = tuple(each for each in new.settings_used if each in unbuilt)
    if missing:
        raise Refusal("poll-settings-not-built", settings=missing)
    if new.lang not in (None, *LANGUAGES):
        raise Refusal("language-unknown", typed=new.lang or "", known=LANGUAGES)
    for length, limit in (
        (_encoded_length(new.question), LONGEST_SECTION),
        (sum(_encoded_length(each) for each in (new.question, *new.options)), LONGEST_POLL),
    ):
        if length > limit:
            raise Refusal("poll-too-long", count=length, limit=limit)


def may_run(poll: Poll, member: Member) -> None:
    """A poll is closed by its maker or an organiser.

    Raises:
        Refusal("poll-not-yours")
    """
    if member.id != poll.maker and not member.is_organiser:
        raise Refusal("poll-not-yours", number=poll.number)


def may_take_poll_back(poll: Poll, member: Member, now: datetime) -> None:
    """A poll is taken back by its maker, within a minute.

    Raises:
        Refusal("poll-not-yours"), Refusal("take-back-late")
    """
    if member.id != poll.maker:
        raise Refusal("poll-not-yours", number=poll.number)
    if now - poll.created_at > TAKE_BACK:
        raise Refusal("take-back-late", number=poll.number)


def chosen_options(poll: Poll, chosen: frozenset[OptionId]) -> tuple[Option, ...]:
    return tuple(each for each in poll.options if each.id in chosen)


def shares(counts: Sequence[int], voters: int) -> tuple[int, ...]:
    """Whole percentages of the voters, each rounded half up by itself: with several choices they may pass 100."""
    return tuple((200 * each + voters) // (2 * voters) if voters else 0 for each in counts)


def seconds(slack_ts: str) -> tuple[int, int]:
    """Slack's `seconds.micros` as something that compares."""
    whole, _, micros = slack_ts.partition(".")
    return int(whole), int(micros.ljust(6, "0")[:6] or 0)


def _encoded_length(text: str) -> int:
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def _open(poll: Poll) -> None:
    if poll.state is not PollState.OPEN:
        raise Refusal("poll-closed", number=poll.number)


def _nervous(voice: Voice, option: OptionId, clicked: str) -> bool:
    if voice.clicked_option != option:
        return False
    (then_s, then_us), (now_s, now_us) = seconds(voice.clicked), seconds(clicked)
    return (now_s - then_s) + (now_us - then_us) / 1e6 < NERVOUS_S
