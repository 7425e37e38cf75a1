"""Polls: what they ask, by which rules, and what the count is."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.domain.folding import fold_case
from bot.domain.given_voices import GivenVoice
from bot.domain.ids import ChannelId, MechanismId, MemberId, OptionId, PollId, UserId, WorkspaceId
from bot.domain.lengths import length
from bot.domain.members import Member
from bot.domain.new_polls import NewPoll
from bot.domain.refusals import Refusal

TAKE_BACK = timedelta(seconds=60)
"""How long the maker of a poll may take it back."""

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
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Option:
    """`votes` is the count as stored once an anonymous poll has closed, and counted from ballots until then.

    `earlier`: what it was called before, once somebody had voted in its poll.
    """

    id: OptionId
    position: int
    text: str
    votes: int = 0
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """What stopped a silence procedure: `user` is None of an anonymous one, `mechanism` of one by person."""

    user: UserId | None = None
    mechanism: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """`number` is 0 of a draft that is only looked at. `choices` is how many options a voter may choose, 0 for any.

    `key` hides the voters of an anonymous poll while it is open, and is gone once it has closed. `posts_at` is None
    where it was posted at once. `voters` are the voices that were given, of which `abstained` chose nothing on purpose.
    `revision` rises when it is reopened, `nudges` with each nudge. `given` are the answers of a named poll, read only
    where they are shown.
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
    by_mechanism: bool = False
    adds_options: bool = False
    objection: bool = False
    language: str | None = None
    posts_at: datetime | None = None
    ends_at: datetime | None = None
    closed_at: datetime | None = None
    edited_at: datetime | None = None
    revision: int = 0
    abstained: int = 0
    nudges: int = 0
    nudged_at: datetime | None = None
    objected: Objection | None = None
    given: tuple[GivenVoice, ...] = ()

    @property
    def choosers(self) -> int:
        """Those who chose something, of whom percentages are: who abstains is counted apart."""
        return self.voters - self.abstained

    @property
    def shows_counts(self) -> bool:
        return self.progress or self.state is PollState.CLOSED

    def is_to_come(self, now: datetime) -> bool:
        """Whether it is yet to be posted."""
        return self.posts_at is not None and now < self.posts_at

    def has_ended(self, now: datetime) -> bool:
        """Whether the time for votes is over, closed or not."""
        return self.ends_at is not None and now >= self.ends_at

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it is left to be seen."""
        return self.state in (PollState.TAKEN_BACK, PollState.DELETED)

    @property
    def single(self) -> bool:
        return self.choices == 1

    def voice_of(self, holder: MemberId | MechanismId) -> str:
        """What stands for a voice's holder in the ballots: in an anonymous poll a keyed digest, never the id."""
        if not self.anonymous:
            return str(holder)
        if self.key is None:
            raise Refusal("poll-closed", number=self.number)
        return hmac.new(self.key, str(holder).encode(), hashlib.sha256).hexdigest()


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
        by_mechanism=new.by_mechanism,
        adds_options=new.add_choice,
        objection=new.objection,
        language=new.lang,
        posts_at=new.on,
        ends_at=new.end,
    )


def refuse_unpostable(new: NewPoll) -> None:
    """What is read but can't be posted is refused, never dropped.

    Raises:
        Refusal("language-unknown"), Refusal("poll-too-long")
    """
    if new.lang not in (None, *LANGUAGES):
        raise Refusal("language-unknown", typed=new.lang or "", known=LANGUAGES)
    check_length(new.question, new.options)


def was_called(options: Sequence[Option], text: str) -> bool:
    """Whether one of them said `text` while people voted."""
    return fold_case(text) in {fold_case(was) for each in options for was in each.earlier}


def check_length(question: str, options: Sequence[str]) -> None:
    """Refusal("poll-too-long"): one message can't hold it."""
    for count, limit in (
        (_encoded_length(question), LONGEST_SECTION),
        (sum(_encoded_length(each) for each in (question, *options)), LONGEST_POLL),
    ):
        if count > limit:
            raise Refusal("poll-too-long", count=count, limit=limit)


def may_run(poll: Poll, member: Member) -> None:
    """A poll is run by its maker and by organisers.

    Raises:
        Refusal("poll-not-yours")
    """
    if member.id != poll.maker and not member.is_organiser:
        raise Refusal("poll-not-yours", number=poll.number)


def check_there(poll: Poll) -> None:
    """Refusal("poll-unknown"): it was taken back; Refusal("poll-deleted")."""
    if poll.state is PollState.TAKEN_BACK:
        raise Refusal("poll-unknown", number=poll.number)
    if poll.state is PollState.DELETED:
        raise Refusal("poll-deleted", number=poll.number)


def may_take_poll_back(poll: Poll, member: Member, now: datetime) -> None:
    """A poll is taken back by its maker, within a minute, or as long as it is still to come.

    Raises:
        Refusal("poll-not-yours"), Refusal("take-back-late")
    """
    if member.id != poll.maker:
        raise Refusal("poll-not-yours", number=poll.number)
    check_there(poll)
    if now - poll.created_at > TAKE_BACK and not poll.is_to_come(now):
        raise Refusal("take-back-late", number=poll.number)


def shares(counts: Sequence[int], voters: int) -> tuple[int, ...]:
    """Whole percentages of the voters who chose something, each rounded half up by itself.

    With several choices they may pass 100.
    """
    return tuple((200 * each + voters) // (2 * voters) if voters else 0 for each in counts)


def _encoded_length(text: str) -> int:
    return length(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
