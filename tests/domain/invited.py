"""Books of invitations, made at random."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.domain.ids import ChannelId, MechanismId, MemberId, RepresentativeId, SessionId, UserId, WebinarId, WorkspaceId
from bot.domain.invitations import AnswerState, Book, Given, Invitation, Seat
from bot.domain.leads import Lead
from bot.domain.letters import Letter
from bot.domain.mechanisms import Mechanism, MechanismFacts
from bot.domain.members import Member, Standing, Workspace
from bot.domain.representatives import RepresentationState, Representative
from bot.domain.roles import CHAIRS, Role
from bot.domain.webinars import Session, Webinar

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
START = NOW.replace(day=10, hour=9, tzinfo=None)
WORKSPACE = Workspace(WorkspaceId(1), "T1", None, "en")
PEOPLE = 8
MECHANISMS = tuple(
    Mechanism(MechanismId(place), MechanismFacts(f"m{place}", f"Mechanism {place}"), zone)
    for place, zone in enumerate(("Pacific/Apia", "UTC", "America/Lima"), 1)
)


def member(place: int) -> Member:
    """The last has no account."""
    standing = Standing.NAMED if place == PEOPLE else Standing.MEMBER
    return Member(MemberId(place), WORKSPACE, UserId(f"U{place}"), None, None, standing)


def session(place: int, start: datetime = START) -> Session:
    at = start.replace(tzinfo=ZoneInfo("Europe/Zurich")).astimezone(UTC)
    length = timedelta(hours=2)
    return Session(SessionId(place), f"s{place}", place, start, start + length, at, at + length, None, 0, 0)


def webinar(*sessions: Session) -> Webinar:
    shown = sessions or (session(1),)
    return Webinar(
        WebinarId(1),
        WorkspaceId(1),
        1,
        "T",
        "Europe/Zurich",
        ChannelId("C1"),
        MemberId(99),
        None,
        shown,
        (Lead(1, "d"),),
    )


people = st.integers(1, PEOPLE).map(member)
days = st.one_of(st.none(), st.integers(-3, 12).map(lambda after: (NOW + timedelta(days=after)).date()))


@st.composite
def representations(draw: st.DrawFn) -> Representative:
    since, until = draw(days), draw(days)
    if since is not None and until is not None and until < since:
        since, until = until, since
    return Representative(
        RepresentativeId(draw(st.integers(1, 999))),
        draw(st.sampled_from(MECHANISMS)),
        draw(people),
        draw(st.sampled_from([Role.CHAIR, Role.CO_CHAIR, Role.ALTERNATE])),
        since,
        until,
        draw(st.sampled_from([RepresentationState.NAMED, RepresentationState.NAMED, RepresentationState.CLAIMED])),
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    answers = {
        MemberId(who): Given(
            AnswerState.DECLINED if to is None or to.id == who else AnswerState.PASSED_ON,
            NOW,
            None if to is None or to.id == who else to,
        )
        for who, to in draw(st.dictionaries(st.integers(1, PEOPLE), st.one_of(st.none(), people), max_size=4)).items()
    }
    seats = draw(st.dictionaries(st.integers(1, PEOPLE), st.booleans(), max_size=2))
    asked = draw(st.lists(st.sampled_from(MECHANISMS), unique=True))
    roles = draw(st.sampled_from([None, CHAIRS]))
    by_name = draw(st.lists(st.integers(1, PEOPLE - 1), unique=True, max_size=2))
    return Book(
        webinar(session(1), session(2, START + timedelta(hours=7))),
        Letter(),
        (
            *(Invitation(each, None, roles, MemberId(99), NOW) for each in asked),
            *(Invitation(None, member(each), None, MemberId(99), NOW) for each in by_name),
        ),
        tuple(draw(st.lists(representations(), max_size=8))),
        answers,
        {MemberId(who): Seat(session(1) if holds else None, NOW) for who, holds in seats.items()},
    )
