"""Votes: what a click means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.ids import MechanismId, MemberId, OptionId
from bot.domain.poll_times import refuse_untimely
from bot.domain.polls import Option, Poll
from bot.domain.refusals import Refusal
from bot.domain.representatives import How
from bot.domain.voted import Wish, WishKind

NEVER = "0"
"""Before all that Slack calls a time."""

NERVOUS_S = 2.0
"""In a multiple choice the same click again within this time changes nothing."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What a voice has said so far, and when, by Slack's `action_ts`.

    `clicked`: its newest click that said all at once, as every vote of a single choice does. In a multiple choice
    `clicks` holds the newest click on each option since then, a vote or *Remove*; `voted` is its newest vote, for
    `clicked_option`. Who has `abstained` has answered, and chosen nothing on purpose. `slots`: under which number each
    choice is stored. `by`: whose hand set it last, `how` it came where an organiser entered it; of an anonymous poll
    neither is known.
    """

    chosen: frozenset[OptionId] = frozenset()
    clicked: str = NEVER
    clicks: Mapping[OptionId, str] = field(default_factory=dict)
    clicked_option: OptionId | None = None
    voted: str = NEVER
    abstained: bool = False
    slots: Mapping[OptionId, int] = field(default_factory=dict, compare=False)
    by: MemberId | None = field(default=None, compare=False)
    how: How | None = field(default=None, compare=False)

    @property
    def has_answered(self) -> bool:
        return self.abstained or bool(self.chosen)

    def says_as(self, other: Voice) -> bool:
        return (self.chosen, self.abstained) == (other.chosen, other.abstained)


@dataclass(frozen=True, slots=True)
class Hand:
    """By whom a voice is set, and when. `name` stands for the voice in the ballots (`Poll.voice_of`).

    `mechanism`: whose voice it is in a poll by mechanism. `how` it came, where an organiser enters it. `reason`: of an
    objection.
    """

    name: str
    member: MemberId
    mechanism: MechanismId | None
    at: datetime
    how: How | None = None
    reason: str | None = None


def vote(poll: Poll, voice: Voice, option: OptionId, clicked: str, *, now: datetime) -> Voice:
    """The voice after a click on `option` at Slack's time `clicked`.

    Single choice: a click sets the voice, the same again changes nothing. Otherwise it adds, or takes away what is
    chosen; by mechanism it only adds, since whoever repeats what a colleague has clicked means to agree. An older click
    that arrives later changes nothing, unless in a multiple choice the newer one was on another option. Who had
    abstained before does so no longer.

    Raises:
        Refusal("option-gone"), Refusal("too-many-choices"), Refusal("too-many-of-mechanism"), and those of
        `refuse_untimely`.
    """
    _check_option(poll, option, now)
    if _is_old(voice, clicked):
        return voice
    if poll.single:
        return replace(voice, chosen=frozenset({option}), clicked=clicked, abstained=False)
    if _is_overtaken(voice, option, clicked):
        return _voted(voice, option, clicked)
    chosen = _chosen(poll, voice, option, clicked)
    _check_limit(poll, voice, chosen)
    return _voted(replace(_clicked(voice, option, clicked), chosen=chosen), option, clicked)


def remove(poll: Poll, voice: Voice, option: OptionId, clicked: str, *, now: datetime) -> Voice:
    """The voice after *Remove* under an option: without it, however often that is clicked.

    Raises:
        Refusal("option-gone"), and those of `refuse_untimely`.
    """
    _check_option(poll, option, now)
    if _is_old(voice, clicked) or _is_overtaken(voice, option, clicked):
        return voice
    left = voice.chosen - {option}
    if poll.single:
        return replace(voice, chosen=left, clicked=clicked)
    return replace(_clicked(voice, option, clicked), chosen=left)


def says(voice: Voice, wish: Wish) -> bool:
    """Whether the voice says already what was clicked."""
    match wish.kind:
        case WishKind.VOTE:
            return wish.about in voice.chosen
        case WishKind.ABSTAIN:
            return voice.abstained
        case WishKind.TAKE_BACK:
            return not voice.has_answered


def take_back(poll: Poll, voice: Voice, clicked: str, *, now: datetime) -> Voice:
    """What is left after *Take back my vote*: nothing but what newer clicks have chosen that came already.

    Raises:
        What `refuse_untimely` does.
    """
    refuse_untimely(poll, now)
    return voice if _is_old(voice, clicked) else _emptied(voice, clicked)


def abstain(poll: Poll, voice: Voice, clicked: str, *, now: datetime) -> Voice:
    """The voice after *Abstain*: it has answered, and chosen nothing, unless a newer click was a vote.

    Raises:
        Refusal("abstain-silence"): in a silence procedure silence agrees; and those of `refuse_untimely`.
    """
    refuse_untimely(poll, now)
    _check_abstaining(poll)
    if _is_old(voice, clicked):
        return voice
    left = _emptied(voice, clicked)
    return replace(left, abstained=not left.chosen and left.voted == NEVER)


def enter(poll: Poll, voice: Voice, chosen: frozenset[OptionId], *, now: datetime) -> Voice:
    """The voice as it came by letter, whatever it was before; nothing chosen is an abstention.

    It bears no time of its own: the bot's clock may be ahead of Slack's, and a click after it would seem the older. So
    what is older than the newest click before it changes nothing of it.

    Raises:
        Refusal("too-many-entered"), Refusal("abstain-silence"), and those of `refuse_untimely`.
    """
    refuse_untimely(poll, now)
    if not chosen:
        _check_abstaining(poll)
    if poll.choices and len(chosen) > poll.choices:
        raise Refusal("too-many-entered", number=poll.number, limit=poll.choices, count=len(chosen))
    newest = max((voice.clicked, *voice.clicks.values()), key=seconds)
    said = replace(voice, clicked=newest, clicks={}, clicked_option=None, voted=NEVER)
    return replace(said, chosen=chosen, abstained=not chosen)


def adds_how(voice: Voice, hand: Hand) -> bool:
    """Whether it is new to a named poll that the answer came that way, even where it says the same."""
    return hand.how is not None and hand.how is not voice.how


def chosen_options(poll: Poll, chosen: frozenset[OptionId]) -> tuple[Option, ...]:
    return tuple(each for each in poll.options if each.id in chosen)


def seconds(slack_ts: str) -> tuple[int, int]:
    """Slack's `seconds.micros` as something that compares."""
    whole, _, micros = slack_ts.partition(".")
    return int(whole), int(micros.ljust(6, "0")[:6] or 0)


def _emptied(voice: Voice, clicked: str) -> Voice:
    """Without what was chosen until then.

    What came by letter has no time: it goes too, unless a newer click has come, since it may have come in between.
    """
    since = {option: at for option, at in voice.clicks.items() if _is_later(at, clicked)}
    left = voice.chosen - (voice.clicks.keys() - since.keys()) if since else frozenset[OptionId]()
    emptied = replace(voice, chosen=left, clicked=clicked, clicks=since, abstained=False)
    return emptied if _is_later(voice.voted, clicked) else replace(emptied, clicked_option=None, voted=NEVER)


def _is_later(one: str, other: str) -> bool:
    return seconds(one) > seconds(other)


def _is_old(voice: Voice, clicked: str) -> bool:
    """Whether all was said at once since then."""
    return not _is_later(clicked, voice.clicked)


def _is_overtaken(voice: Voice, option: OptionId, clicked: str) -> bool:
    return option in voice.clicks and not _is_later(clicked, voice.clicks[option])


def _clicked(voice: Voice, option: OptionId, clicked: str) -> Voice:
    return replace(voice, clicks={**voice.clicks, option: clicked})


def _voted(voice: Voice, option: OptionId, clicked: str) -> Voice:
    """It ends an abstention before it, even where a newer click on the same option came first."""
    if _is_later(clicked, voice.voted):
        voice = replace(voice, clicked_option=option, voted=clicked)
    return replace(voice, abstained=False) if voice.abstained else voice


def _chosen(poll: Poll, voice: Voice, option: OptionId, clicked: str) -> frozenset[OptionId]:
    if poll.by_mechanism:
        return voice.chosen | {option}
    return voice.chosen if _nervous(voice, option, clicked) else voice.chosen ^ {option}


def _check_option(poll: Poll, option: OptionId, now: datetime) -> None:
    refuse_untimely(poll, now)
    if option not in {each.id for each in poll.options}:
        raise Refusal("option-gone")


def _check_abstaining(poll: Poll) -> None:
    if poll.objection:
        raise Refusal("abstain-silence", number=poll.number)


def _check_limit(poll: Poll, voice: Voice, chosen: frozenset[OptionId]) -> None:
    if not poll.choices or len(chosen) <= poll.choices:
        return
    if poll.by_mechanism:
        texts = ", ".join(each.text for each in chosen_options(poll, voice.chosen))
        raise Refusal("too-many-of-mechanism", limit=poll.choices, chosen=texts)
    raise Refusal("too-many-choices", limit=poll.choices)


def _nervous(voice: Voice, option: OptionId, clicked: str) -> bool:
    """Whether the option's newest click was a vote too, a moment ago: nothing was removed or taken back since.

    What is chosen was voted for; what isn't may have been removed.
    """
    then = voice.clicks.get(option, NEVER)
    if option not in voice.chosen and (voice.clicked_option, voice.voted) != (option, then):
        return False
    (then_s, then_us), (now_s, now_us) = seconds(then), seconds(clicked)
    return (now_s - then_s) + (now_us - then_us) / 1e6 < NERVOUS_S
