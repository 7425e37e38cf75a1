"""Each form at its extremes, held to Slack's limits by the stand-in's own checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ids import ChannelId, DraftId, MemberId, SessionId, UserId, WebinarId, WorkspaceId
from bot.domain.leads import Lead
from bot.domain.members import Member, Standing, Workspace
from bot.domain.new_polls import NewPoll
from bot.domain.partial_moves import FilledMove, FilledTime
from bot.domain.partial_polls import PartialPoll
from bot.domain.partial_webinars import PartialSession, PartialWebinar
from bot.domain.refusals import Refusal
from bot.domain.signups import SeatForm, SignedUp
from bot.domain.webinars import Session, Webinar
from bot.view import forms, poll_forms, refusals, signup_forms, signups, webinar_forms
from bot.view.texts import Words, load
from tests.view.cancelling import cancelled
from workspace import views
from workspace.wire import Json

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
START = datetime(2026, 12, 10, 23, 45, tzinfo=UTC)
DRAFT = DraftId(10**15 - 1)
MEMBER = Member(
    MemberId(1),
    Workspace(WorkspaceId(1), "T1", None, "en"),
    UserId("U1"),
    "America/Argentina/ComodRivadavia",
    None,
    Standing.ORGANISER,
)


LEADS = tuple(Lead(count, "d") for count in range(10, 0, -1))


@pytest.fixture(scope="module")
def words() -> Words:
    return load("long-prefix-").of(None)


def accepted(content: Mapping[str, object]) -> Json:
    return views.accept(dict(content), "modal")


def session(place: int, label: str = "", taken: int = 0) -> Session:
    zone = ZoneInfo("America/North_Dakota/New_Salem")
    start, end = START + timedelta(days=place), START + timedelta(days=place, hours=9)
    walls = [at.astimezone(zone).replace(tzinfo=None) for at in (start, end)]
    name = label or f"{place:02}".ljust(40, "&")
    return Session(SessionId(10**14 + place), name, place, walls[0], walls[1], start, end, 100_000, taken, 0)


def webinar(number: int, sessions: Sequence[Session]) -> Webinar:
    return Webinar(
        id=WebinarId(10**14 + number),
        workspace=WorkspaceId(1),
        number=number,
        title="<&>" + "T" * 197,
        zone_name="America/North_Dakota/New_Salem",
        channel=ChannelId("C1"),
        organiser=MemberId(1),
        link="https://x.org/" + "&" * 1980,
        sessions=tuple(sessions),
        leads=LEADS,
    )


FULL = webinar(999_999_999, [session(place, taken=100_000) for place in range(10)])


@pytest.mark.parametrize("zone", [None, "America/Argentina/ComodRivadavia", "Pacific/Apia", FULL.zone_name])
@pytest.mark.parametrize("held", [frozenset(), frozenset({FULL.sessions[9].id})])
def test_the_form_of_a_sign_up(words: Words, zone: str | None, held: frozenset[SessionId]) -> None:
    reader = replace(MEMBER, zone=zone)
    many = (FULL, *(webinar(number, [session(0)]) for number in range(1, 150)))
    for offered in (SeatForm((FULL,), FULL, held), SeatForm(many, FULL, held), SeatForm(many, None, held)):
        accepted(signup_forms.form(words, reader, offered, DRAFT, NOW).content())


def test_a_time_that_does_not_fit_its_line_stands_in_full_above(words: Words) -> None:
    content = signup_forms.form(words, MEMBER, SeatForm((FULL,), FULL, frozenset()), DRAFT, NOW).content()
    assert "(New Salem)" in str(accepted(content)["blocks"][0]["text"])


def test_the_form_of_a_webinar_without_sessions_to_come_has_nothing_to_submit(words: Words) -> None:
    for gone in (FULL, cancelled(FULL)):
        late = NOW + timedelta(days=365)
        content = accepted(
            signup_forms.form(words, MEMBER, SeatForm((gone,), gone, frozenset()), DRAFT, late).content()
        )
        assert "submit" not in content


@pytest.mark.parametrize(
    "partial",
    [
        PartialPoll(),
        PartialPoll("Q" * 4000, tuple("x" * 3900 for _ in range(3)), votes=10**8, left_out=("`" * 3000,)),
        PartialPoll(
            "Q", tuple(f"{place:02}{'&' * 198}" for place in range(40)), anonymous=True, progress=True, votes=0
        ),
        PartialPoll("Q\nQ", ("a\nb", " "), votes=20),
        PartialPoll("Q", hidden=True, add_choice=True, objection=True, on=NOW, end=NOW),
    ],
)
def test_the_form_of_a_poll(words: Words, partial: PartialPoll) -> None:
    accepted(poll_forms.form(words, partial, DRAFT, ZoneInfo("America/Argentina/ComodRivadavia")).content())


@pytest.mark.parametrize(
    "new",
    [
        NewPoll("Q" * 1000, tuple(f"{place:02}{'é' * 198}" for place in range(20)), votes=0),
        NewPoll("&" * 500, tuple(f"{place:02}{'&' * 70}" for place in range(20)), anonymous=True),
        NewPoll("Q"),
        NewPoll("Q", objection=True, on=NOW, end=NOW),
    ],
)
def test_the_draft_of_a_poll(words: Words, new: NewPoll) -> None:
    content = accepted(poll_forms.preview(words, MEMBER, new, DRAFT, NOW).content())
    assert "'vote:" not in str(content), "nobody votes in a draft"


@pytest.mark.parametrize(
    "partial",
    [
        PartialWebinar(),
        PartialWebinar(
            "T" * 4000,
            date(2199, 12, 31),
            ZoneInfo("America/Argentina/ComodRivadavia"),
            tuple(PartialSession("l" * 40, time(23, 59), time(0)) for _ in range(12)),
            100_000,
            "https://x.org/" + "a" * 1986,
            LEADS,
            "C1",
            ("x" * 3000, "y" * 3000),
        ),
    ],
)
@pytest.mark.parametrize("rows", [0, 3, 99])
@pytest.mark.parametrize("channel", ["C1", "D1", ""])
def test_the_form_of_a_new_webinar(words: Words, partial: PartialWebinar, rows: int, channel: str) -> None:
    accepted(webinar_forms.form(words, partial, None, ChannelId(channel), DRAFT, rows).content())


def test_the_form_that_edits_a_webinar(words: Words) -> None:
    accepted(webinar_forms.edit(words, MEMBER, FULL, DRAFT, ("x" * 3000,)).content())
    accepted(webinar_forms.edit(words, MEMBER, replace(FULL, link=None), DRAFT).content())


def test_the_form_that_moves_a_webinar(words: Words) -> None:
    times = {each.id: FilledTime(date(2199, 12, 31), time(23, 59), time(0)) for each in FULL.sessions}
    meanwhile = words.md("form-move-meanwhile")
    for filled in (FilledMove(), FilledMove(times), FilledMove(left_out=("x" * 3000,))):
        content = accepted(webinar_forms.move(words, FULL, filled, DRAFT, NOW, meanwhile).content())
        assert sum(each["type"] == "input" for each in content["blocks"]) == 30
    one = webinar(1, [session(0, label="only")])
    assert "only" not in str(accepted(webinar_forms.move(words, one, FilledMove(), DRAFT, NOW).content()))


def test_what_came_of_a_form(words: Words) -> None:
    accepted(forms.told(words, signups.outcome(words, MEMBER, SignedUp(FULL, FULL.sessions[0]), NOW)))
    accepted(forms.told(words, refusals.refused(words, Refusal("title-empty")), clear_on_close=False))


def test_beside_an_input_no_mark_of_slacks_is_left_and_nothing_of_the_facts_is_lost(words: Words) -> None:
    said = refusals.beside(words, Refusal("link-unreadable", typed="a*b`c"))
    assert "“a*b`c”" in said
    assert "*" not in refusals.beside(words, Refusal("webinar-cancelled", title="T"))
