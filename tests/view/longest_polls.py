"""The longest polls that are accepted, in letters of every kind, and all that is ever shown of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.given_voices import GivenVoice
from bot.domain.ids import ChannelId, DraftId, MechanismId, MemberId, OptionId, PollId, UserId, WorkspaceId
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing, Workspace
from bot.domain.new_polls import LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, NewPoll
from bot.domain.objections import Objected, ReasonAsked
from bot.domain.partial_polls import PartialPoll
from bot.domain.poll_answers import LetterObjection, MyVoices, VoiceEntered, WhoChose
from bot.domain.poll_edits import PollToEdit
from bot.domain.poll_histories import Answered, PollHistory, VoiceChanged
from bot.domain.poll_posting import PollShared
from bot.domain.poll_running import PollReopened, PollsListed
from bot.domain.polls import (
    LONGEST_POLL,
    LONGEST_SECTION,
    Objection,
    Option,
    Poll,
    PollClosed,
    PollMade,
    PollState,
    check_length,
)
from bot.domain.representatives import How
from bot.domain.voted import Already, ForWhich, Said, Voted, Wish, WishKind
from bot.view import (
    added_options,
    lost_polls,
    objections,
    poll_edits,
    poll_forms,
    poll_nudges,
    poll_running,
    polls,
    votes,
)
from bot.view.forms import Form
from bot.view.message import Message
from bot.view.texts import encode, load

WORDS = load().of(None)
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
HOME = Workspace(WorkspaceId(1), "T0123456789", "Europe/Zurich", "en")
READER = Member(MemberId(1), HOME, UserId("U0123456789"), "Asia/Kathmandu", "en-US", Standing.MEMBER)
VOTERS = 2_000
LETTERS: Mapping[str, str] = {
    "Latin": "É",
    "escaped": "&",
    "tags": "<>&",
    "emoji": "🎉",
    "families": "👩‍👩‍👧‍👦",
    "Arabic": "المنتدى ",
    "Chinese": "移民问题磋商",
    "combining": "ẹ́",
}


@dataclass(frozen=True)
class Longest:
    """A poll of as many characters as are accepted, all of them of one kind."""

    letters: str

    @cached_property
    def poll(self) -> Poll:
        """Named and single, with everything in its rules."""
        question = self.of(min(LONGEST_QUESTION, _fits(self.letters, LONGEST_SECTION)))
        room = LONGEST_POLL - len(encode(question))
        each = min(LONGEST_OPTION, _fits(self.letters, room // MOST_OPTIONS - 2) + 2)
        options = tuple(
            Option(OptionId(10**8 + place), place, f"{place:02}{self.of(each - 2)}", VOTERS)
            for place in range(MOST_OPTIONS)
        )
        check_length(question, [option.text for option in options])
        return Poll(
            id=PollId(10**8),
            workspace=HOME.id,
            number=100_000,
            question=question,
            channel=ChannelId("C0123456789"),
            maker=READER.id,
            maker_user=READER.user,
            anonymous=False,
            progress=True,
            choices=19,
            state=PollState.OPEN,
            key=None,
            options=options,
            voters=VOTERS,
            created_at=NOW,
            posts_at=NOW,
            ends_at=LATER,
            edited_at=NOW,
            adds_options=True,
        )

    @cached_property
    def named(self) -> Poll:
        """Everybody has chosen everything."""
        chosen = frozenset(each.id for each in self.poll.options)
        people = (replace(READER, user=UserId(f"U0{place:011}")) for place in range(VOTERS))
        return replace(self.poll, given=tuple(GivenVoice(each, None, chosen, NOW) for each in people))

    @cached_property
    def bodies(self) -> tuple[Mechanism, ...]:
        return tuple(
            Mechanism(MechanismId(10**8 + place), MechanismFacts(f"b{place}", f"{place:02}{self.of(198)}"), "UTC")
            for place in range(40)
        )

    @cached_property
    def by_mechanism(self) -> Poll:
        """Half of them have chosen everything, and half abstain."""
        chosen = frozenset(each.id for each in self.poll.options)
        given = [
            GivenVoice(READER, each, chosen if place % 2 else frozenset(), NOW, How.NOTE_VERBALE)
            for place, each in enumerate(self.bodies)
        ]
        options = tuple(replace(each, votes=20) for each in self.poll.options)
        asked = replace(self.poll, by_mechanism=True, adds_options=False, options=options)
        return replace(asked, voters=40, abstained=20, given=tuple(given))

    @property
    def silence(self) -> Poll:
        first, second, *_ = self.poll.options
        agree, against = replace(first, text="Agree"), replace(second, text="Object")
        return replace(self.poll, options=(agree, against), choices=1, objection=True, adds_options=False)

    @property
    def stopped(self) -> Poll:
        objected = Objection(READER.user, None, self.of(500))
        return replace(self.silence, state=PollState.CLOSED, closed_at=NOW, objected=objected)

    def of(self, length: int) -> str:
        """So much text that neither begins nor ends with a space."""
        text = (self.letters * length)[:length]
        return text[:-1] + text[0] if text.endswith(" ") else text

    def kept(self) -> Mapping[str, Message]:
        """Messages that are brought up to date where they stand."""
        poll = self.poll
        secret = replace(poll, anonymous=True, progress=False)
        polled = {
            "open": poll,
            "single": replace(poll, choices=1),
            "few": replace(poll, options=poll.options[:5]),
            "full": replace(poll, adds_options=False),
            "hidden": replace(poll, progress=False),
            "anonymous": secret,
            "closed": closed(poll),
            "anonymous and closed": closed(secret),
            "by mechanism": self.by_mechanism,
            "by mechanism, closed": closed(self.by_mechanism),
            "silence": self.silence,
            "silence, adopted": replace(self.silence, state=PollState.CLOSED, closed_at=LATER),
            "silence, stopped": self.stopped,
        }
        return {name: polls.post(WORDS, each) for name, each in polled.items()}

    def told(self) -> Mapping[str, Message]:
        """To one reader, or posted once."""
        poll, named, mechanisms, whole = self.poll, self.named, self.by_mechanism, Said(self.poll.options)
        over = closed(poll)
        which = ForWhich(mechanisms, Wish(WishKind.VOTE, 10**8), self.bodies, poll.options[0])
        voted = Voted(mechanisms, poll.options, changed=True, mechanism=self.bodies[0], was=whole)
        before, after = Answered(frozenset(each.id for each in poll.options)), Answered(abstained=True)
        changed = VoiceChanged(READER, self.bodies[0], before, after, NOW, How.LETTER)
        return {
            "made": polls.made(WORDS, PollMade(replace(poll, posts_at=LATER))),
            "made, silence": polls.made(WORDS, PollMade(self.silence)),
            "closed": polls.closed(WORDS, PollClosed(replace(over, abstained=VOTERS))),
            "closed, silence": polls.closed(WORDS, PollClosed(self.stopped)),
            "result": poll_running.result(WORDS, over),
            "result by mechanism": poll_running.result(WORDS, closed(mechanisms)),
            "result, silence": poll_running.result(WORDS, self.stopped),
            "shared": poll_running.shared(WORDS, PollShared(over, stands=True)),
            "running": poll_running.running(WORDS, over),
            "to delete": poll_running.to_delete(WORDS, poll),
            "reopened": poll_running.reopened(WORDS, READER, PollReopened(poll)),
            "list": poll_running.listed(WORDS, READER, PollsListed((poll,) * 100), NOW),
            "list of closed": poll_running.listed(WORDS, READER, PollsListed((over,) * 100, closed=True), NOW),
            "lost": lost_polls.word(WORDS, poll, lost_polls.DELETED),
            "lost, closed": lost_polls.word(WORDS, over, lost_polls.DELETED),
            "nudge": poll_nudges.to_member(WORDS, HOME.team, mechanisms, "1.1", self.bodies),
            "own vote": votes.voted(WORDS, Voted(poll, poll.options, changed=True)),
            "vote of a mechanism": votes.voted(WORDS, replace(voted, further=which)),
            "vote of a mechanism already": votes.voted(
                WORDS, replace(voted, was=None, further=which, already=Already(poll.options[0], READER))
            ),
            "for which": votes.for_which(WORDS, which),
            "own votes": votes.mine(WORDS, MyVoices(mechanisms, tuple((each, whole) for each in self.bodies))),
            "who": votes.who(WORDS, WhoChose(named, sees_history=True)),
            "who, by mechanism": votes.who(WORDS, WhoChose(mechanisms, self.bodies, sees_history=True)),
            "entered": votes.entered(WORDS, VoiceEntered(mechanisms, self.bodies[0], whole, How.LETTER, whole, True)),
            "objecting by letter": votes.objecting(
                WORDS, LetterObjection(mechanisms, self.bodies[0], How.NOTE_VERBALE)
            ),
            "history": votes.history(WORDS, READER, PollHistory(mechanisms, (changed,) * 60, 1_000)),
            "objected": objections.objected(WORDS, Objected(self.stopped)),
        }

    def forms(self) -> Mapping[str, Form]:
        poll, draft, options = self.poll, DraftId(10**8), tuple(each.text for each in self.poll.options)
        partial = PartialPoll(poll.question, options, add_choice=True, votes=19, end=LATER, left_out=(self.of(3_000),))
        new = NewPoll(poll.question, options, votes=19, add_choice=True, on=NOW, end=LATER)
        return {
            "edit": poll_edits.form(WORDS, PollToEdit(poll, fixed=False), draft),
            "edit, fixed": poll_edits.form(WORDS, PollToEdit(poll, fixed=True), draft),
            "edit, silence": poll_edits.form(WORDS, PollToEdit(self.silence, fixed=True), draft),
            "duplicate": poll_forms.form(WORDS, partial, draft, ZoneInfo("Asia/Kathmandu")),
            "draft": poll_forms.preview(WORDS, READER, new, draft, NOW),
            "add an option": added_options.form(WORDS, poll),
            "object": objections.form(WORDS, ReasonAsked(self.silence)),
        }


def closed(poll: Poll) -> Poll:
    return replace(poll, state=PollState.CLOSED, closed_at=NOW)


def _fits(letters: str, room: int) -> int:
    """How many characters of the letters `room` holds once they are encoded."""
    length = room
    while len(encode((letters * length)[:length])) > room:
        length -= 1
    return length
