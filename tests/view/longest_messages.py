"""All that the bot ever says of webinars, seats and polls, at its longest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.changes import Change, ChangeKind, SessionsChanged
from bot.domain.given_voices import GivenVoice
from bot.domain.ids import (
    ChannelId,
    DraftId,
    MechanismId,
    MemberId,
    OptionId,
    PollId,
    SessionId,
    UserId,
    WebinarId,
    WorkspaceId,
)
from bot.domain.leads import Lead
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing, Workspace
from bot.domain.poll_answers import MyVoices, VoiceEntered, WhoChose
from bot.domain.poll_edits import PollEdited
from bot.domain.poll_histories import Answered, PollHistory, VoiceChanged
from bot.domain.poll_nudges import PollNudged
from bot.domain.poll_posting import PollExported, PollShared
from bot.domain.poll_running import PollDeleted, PollReopened, PollsListed
from bot.domain.polls import Option, Poll, PollClosed, PollMade, PollState, PollTakenBack, SameAgain
from bot.domain.refusals import Refusal
from bot.domain.reminders import RemindersSwitched
from bot.domain.representatives import How
from bot.domain.signups import (
    AlreadySignedUp,
    Full,
    GivenBack,
    HoldsAnother,
    HoldsNoSeat,
    Moved,
    Seats,
    SignedUp,
    ToChoose,
)
from bot.domain.voted import ForWhich, Said, Voted, Wish, WishKind
from bot.domain.webinars import (
    Session,
    SessionState,
    Webinar,
    WebinarMade,
    WebinarSameAgain,
    WebinarShown,
    WebinarsListed,
)
from bot.view import (
    changes,
    poll_edits,
    poll_nudges,
    poll_running,
    polls,
    refusals,
    reminders,
    signups,
    votes,
    webinars,
)
from bot.view.message import Message
from bot.view.texts import load
from tests.view.cancelling import cancelled
from workspace.blocks import accept, texts_of

WORDS = load().of(None)
NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
START = datetime(2026, 12, 10, 8, 0, tzinfo=UTC)
LINK = "https://meet.example.org/?" + "ab=1&" * 394
LEADS = tuple(Lead(count, "d") for count in range(10, 0, -1))
HOME = Workspace(WorkspaceId(1), "T1", "Europe/Zurich", "en")
READER = Member(MemberId(1), HOME, UserId("U0123456789"), "Asia/Kathmandu", "en-US", Standing.MEMBER)
PEOPLE = tuple(UserId(f"U0{number:011}") for number in range(200))
CHOICES = frozenset(OptionId(10**8 + place) for place in range(20))


def session(place: int, taken: int = 0) -> Session:
    """An hour, the longest label that is allowed, and what is longest once it is encoded."""
    start = START + timedelta(hours=2 * place)
    wall = start.replace(tzinfo=None) + timedelta(hours=1)
    return Session(
        id=SessionId(10**8 + place),
        label=f"s{place}".ljust(40, "&"),
        position=place,
        wall_start=wall,
        wall_end=wall + timedelta(hours=1),
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        seats=100_000,
        taken=taken,
        revision=0,
    )


def webinar(number: int = 1, sessions: int = 10) -> Webinar:
    return Webinar(
        id=WebinarId(10**8 + number),
        workspace=HOME.id,
        number=number,
        title="&" * 200,
        zone_name="America/Argentina/ComodRivadavia",
        channel=ChannelId("C0123456789"),
        organiser=READER.id,
        link=LINK,
        sessions=tuple(session(place) for place in range(sessions)),
        leads=LEADS,
    )


def poll(question: str = "Q" * 1000, option: str = "é" * 198, *, anonymous: bool = False) -> Poll:
    return Poll(
        id=PollId(10**8),
        workspace=HOME.id,
        number=100_000,
        question=question,
        channel=ChannelId("C0123456789"),
        maker=READER.id,
        maker_user=READER.user,
        anonymous=anonymous,
        progress=not anonymous,
        choices=19,
        state=PollState.OPEN,
        key=None,
        options=tuple(Option(OptionId(10**8 + place), place, f"{place:02}{option}", 150) for place in range(20)),
        voters=200,
        given=tuple(GivenVoice(replace(READER, user=each), None, CHOICES, NOW) for each in PEOPLE),
        created_at=NOW,
    )


WIDE = poll()
ENCODED = poll("&" * 580, "&" * 69)
"""As long as a poll may be once it is encoded."""

MECHANISM = Mechanism(MechanismId(1), MechanismFacts("x", "M" * 200), "UTC")
BODIES = tuple(
    Mechanism(MechanismId(10**8 + place), MechanismFacts(f"b{place}", f"{place:02}".ljust(100, "&")), "Europe/Zurich")
    for place in range(60)
)
MECHANISMS = replace(
    ENCODED,
    by_mechanism=True,
    given=tuple(GivenVoice(READER, each, CHOICES, NOW, How.NOTE_VERBALE) for each in BODIES),
)
WHOLE = Said(ENCODED.options)
FOR_WHICH = ForWhich(MECHANISMS, Wish(WishKind.VOTE, 10**8), BODIES, ENCODED.options[0])
OF_BODY = Voted(MECHANISMS, ENCODED.options, changed=True, mechanism=BODIES[0], was=WHOLE)
CHANGE = VoiceChanged(READER, BODIES[0], Answered(CHOICES), Answered(frozenset(), abstained=True), NOW, How.LETTER)
CLOSED = replace(ENCODED, state=PollState.CLOSED)
W = webinar()
FIRST, LAST = W.sessions[0], W.sessions[-1]
MANY = tuple(webinar(number) for number in range(1, 61))
HELD = frozenset({FIRST.id})
DRAFT = DraftId(10**8)
TYPED = "&" * 4000
"""As much as anybody can type after a command."""

KEPT: Mapping[str, Message] = {
    "webinar": webinars.announcement(WORDS, W, NOW),
    "webinar, started": webinars.announcement(WORDS, W, START + timedelta(days=2)),
    "webinar, cancelled": webinars.announcement(WORDS, cancelled(W), NOW),
    "poll": polls.post(WORDS, WIDE),
    "poll of ampersands": polls.post(WORDS, ENCODED),
    "poll, closed": polls.post(WORDS, CLOSED),
    "poll by mechanism": polls.post(WORDS, MECHANISMS),
    "poll by mechanism, closed": polls.post(WORDS, replace(MECHANISMS, abstained=50, state=PollState.CLOSED)),
    "poll, anonymous": polls.post(WORDS, poll(anonymous=True)),
    "poll, anonymous and closed": polls.post(WORDS, replace(poll(anonymous=True), state=PollState.CLOSED)),
}
"""Messages that are brought up to date where they stand."""

REMINDERS: Mapping[str, Message] = {
    "to a member": reminders.to_member(WORDS, W, FIRST, READER, last=False, now=NOW),
    "to a member, the last": reminders.to_member(WORDS, W, FIRST, READER, last=True, now=NOW),
    "to the channel": reminders.to_channel(WORDS, W, FIRST, NOW),
}

REASON = "&" * 500
LATER = timedelta(days=9)


def moved(before: Session) -> Change:
    after = replace(
        before,
        wall_start=before.wall_start + LATER,
        wall_end=before.wall_end + LATER,
        starts_at=before.starts_at + LATER,
        ends_at=before.ends_at + LATER,
    )
    return Change(before, after)


def called_off(before: Session) -> Change:
    return Change(before, replace(before, state=SessionState.CANCELLED, reason=REASON))


def reopened(before: Session) -> Change:
    return Change(called_off(before).after, before)


def now_is(*changed: Change, sessions: int = 10) -> Webinar:
    """The longest webinar after these changes."""
    after = {each.after.id: each.after for each in changed}
    before = webinar(sessions=sessions)
    return replace(before, sessions=tuple(after.get(each.id, each) for each in before.sessions))


EACH = (("moved", moved), ("cancelled", called_off), ("reopened", reopened))
MIXED = (*(moved(each) for each in W.sessions[:5]), *(called_off(each) for each in W.sessions[5:]))
NOTICES: Mapping[str, Message] = {
    **{f"{said} to a member": changes.to_member(WORDS, now_is(of(FIRST)), of(FIRST), READER, NOW) for said, of in EACH},
    **{
        f"{said} to a member, the only session": changes.to_member(
            WORDS, now_is(of(FIRST), sessions=1), of(FIRST), READER, NOW
        )
        for said, of in EACH
    },
    **{f"{said} to the channel": changes.to_channel(WORDS, now_is(of(FIRST)), (of(FIRST),), NOW) for said, of in EACH},
    **{
        f"all {said} to the channel": changes.to_channel(WORDS, now_is(*each), each, NOW)
        for said, of in EACH
        for each in (tuple(of(session) for session in W.sessions),)
    },
    "some moved and some cancelled, to the channel": changes.to_channel(WORDS, now_is(*MIXED), MIXED, NOW),
}
DONE: Mapping[str, Message] = {
    f"{said}, {count} told": changes.done(WORDS, SessionsChanged(now_is(*each), kind, each, count))
    for (said, of), kind in zip(EACH, ChangeKind, strict=True)
    for each in (tuple(of(session) for session in W.sessions),)
    for count in (0, 1, 100_000)
}

ANSWERS: Mapping[str, Message] = {
    "signed up": signups.outcome(WORDS, READER, SignedUp(W, FIRST), NOW),
    "already signed up": signups.outcome(WORDS, READER, AlreadySignedUp(W, FIRST), NOW),
    "moved": signups.outcome(WORDS, READER, Moved(W, FIRST, LAST), NOW),
    "full": signups.outcome(WORDS, READER, Full(W, FIRST, None), NOW),
    "full, and keeps another": signups.outcome(WORDS, READER, Full(W, FIRST, LAST), NOW),
    "given back": signups.outcome(WORDS, READER, GivenBack(W, FIRST), NOW),
    "no seat": signups.outcome(WORDS, READER, HoldsNoSeat(W), NOW),
    "to choose": signups.outcome(WORDS, READER, ToChoose((W,)), NOW),
    "to choose among many": signups.outcome(WORDS, READER, ToChoose(MANY), NOW),
    "seats": signups.outcome(WORDS, READER, ToChoose((W,), HELD), NOW),
    "seats in many": signups.outcome(WORDS, READER, ToChoose(MANY, HELD), NOW),
    "webinar made": webinars.made(WORDS, READER, WebinarMade(W), NOW),
    "moved only when asked": signups.outcome(WORDS, READER, HoldsAnother(W, FIRST, LAST), NOW),
    "status": signups.outcome(WORDS, READER, Seats(MANY, HELD), NOW),
    "status without a seat": signups.outcome(WORDS, READER, Seats((W,)), NOW),
    "webinar, same again": webinars.same_again(WORDS, WebinarSameAgain(W), DRAFT),
    "webinar shown": webinars.shown(WORDS, READER, WebinarShown(W, FIRST), NOW),
    "webinar shown, no seat": webinars.shown(WORDS, READER, WebinarShown(W, None), NOW),
    "webinars": webinars.listed(WORDS, WebinarsListed(MANY)),
    "no webinars": webinars.listed(WORDS, WebinarsListed(())),
    "poll made": polls.made(WORDS, PollMade(WIDE)),
    "poll of ampersands made": polls.made(WORDS, PollMade(ENCODED)),
    "poll, same again": polls.same_again(WORDS, SameAgain(ENCODED), DRAFT),
    "voted for all": votes.voted(WORDS, Voted(ENCODED, ENCODED.options, changed=True)),
    "voted for all, in letters": votes.voted(WORDS, Voted(WIDE, WIDE.options, changed=True)),
    "voted for none": votes.voted(WORDS, Voted(ENCODED, (), changed=True)),
    "poll closed": polls.closed(WORDS, PollClosed(ENCODED)),
    "poll taken back": polls.taken_back(WORDS, PollTakenBack(ENCODED)),
    "polls": poll_running.listed(WORDS, READER, PollsListed((WIDE,) * 60), NOW),
    "polls of ampersands": poll_running.listed(WORDS, READER, PollsListed((ENCODED,) * 60), NOW),
    "no polls": poll_running.listed(WORDS, READER, PollsListed(()), NOW),
    "no closed polls": poll_running.listed(WORDS, READER, PollsListed((), closed=True), NOW),
    "poll to be run": poll_running.running(WORDS, ENCODED),
    "poll result": poll_running.result(WORDS, CLOSED),
    "poll result so far": poll_running.result(WORDS, replace(ENCODED, abstained=3)),
    "poll result posted": poll_running.shared(WORDS, PollShared(CLOSED, stands=False)),
    "poll result posted already": poll_running.shared(WORDS, PollShared(CLOSED, stands=True)),
    "poll exported": poll_running.export(WORDS, CLOSED),
    "poll on its way": poll_running.exported(WORDS, PollExported(CLOSED)),
    "poll nudge": poll_nudges.to_member(WORDS, "T1", replace(ENCODED, ends_at=NOW), "1.1", (MECHANISM,) * 20),
    "poll nudged": poll_nudges.nudged(WORDS, PollNudged(ENCODED, 2)),
    "poll nudged, nobody learns whom": poll_nudges.nudged(WORDS, PollNudged(ENCODED, None)),
    "poll reopened": poll_running.reopened(WORDS, READER, PollReopened(replace(ENCODED, ends_at=NOW))),
    "poll to be deleted": poll_running.to_delete(WORDS, ENCODED),
    "poll edited": poll_edits.edited(WORDS, PollEdited(ENCODED, changed=True)),
    "poll as it was": poll_edits.edited(WORDS, PollEdited(ENCODED, changed=False)),
    "poll deleted": poll_running.deleted(WORDS, PollDeleted(ENCODED)),
    "who": votes.who(WORDS, WhoChose(ENCODED)),
    "who, in letters": votes.who(WORDS, WhoChose(WIDE)),
    "who, by mechanism": votes.who(WORDS, WhoChose(MECHANISMS, BODIES, sees_history=True)),
    "vote of a mechanism": votes.voted(WORDS, OF_BODY),
    "vote of one of several mechanisms": votes.voted(WORDS, replace(OF_BODY, further=FOR_WHICH)),
    "for which mechanism, by buttons": votes.for_which(WORDS, replace(FOR_WHICH, mechanisms=BODIES[:5])),
    "for which mechanism, of many": votes.for_which(WORDS, FOR_WHICH),
    "own votes for mechanisms": votes.mine(WORDS, MyVoices(MECHANISMS, tuple((each, WHOLE) for each in BODIES))),
    "own vote": votes.mine(WORDS, MyVoices(ENCODED, ((None, Said((), abstained=True)),))),
    "answer by letter": votes.entered(
        WORDS, VoiceEntered(MECHANISMS, BODIES[0], WHOLE, How.LETTER, WHOLE, changed=True)
    ),
    "history": votes.history(WORDS, READER, PollHistory(MECHANISMS, (CHANGE,) * 60, 900)),
    "no history": votes.history(WORDS, READER, PollHistory(ENCODED, (), 0)),
    "refused": refusals.refused(WORDS, Refusal("text-outside-quotes", typed=TYPED)),
    "refused, with readings": refusals.refused(
        WORDS, Refusal("settings-unquoted", setting=TYPED), [(DraftId(place), TYPED) for place in range(1, 5)]
    ),
    "refused, with names": refusals.refused(
        WORDS, Refusal("session-unknown", typed=TYPED, known=tuple(each.label for each in W.sessions))
    ),
    "fault": refusals.fault(WORDS, "1a2b3c4d"),
    "reminders turned off": reminders.switched(WORDS, READER, RemindersSwitched(on=False)),
    "reminders turned on": reminders.switched(WORDS, READER, RemindersSwitched(on=True)),
    "guide": refusals.guide(WORDS, "help-poll"),
    "guide, with a reason": refusals.guide(WORDS, "help-poll", "verb-unknown", TYPED),
    "plain": refusals.plain(WORDS, "not-installed-here"),
}

ALL = {**KEPT, **REMINDERS, **NOTICES, **DONE, **ANSWERS}


def shown(message: Message) -> str:
    """What is read in its blocks, if Slack takes them."""
    return "\n".join(texts_of(accept(message.content()["blocks"])))
