from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import partial_polls
from bot.domain.partial_polls import PartialPoll
from bot.domain.poll_meanings import Sender
from tests.domain.refused import utc

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def read(typed: str) -> PartialPoll:
    return partial_polls.read(Sender(typed, NOW, ZoneInfo("Europe/Zurich")))


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", PartialPoll()),
        ("lunch?", PartialPoll("lunch?")),
        ('"Only one" "A"', PartialPoll("Only one", ("A",))),
        ('"Pick" "A" "B" --votes=3', PartialPoll("Pick", ("A", "B"), votes=3)),
        ('"Pick" "A" "B" --votes=-1', PartialPoll("Pick", ("A", "B"), left_out=("--votes -1",))),
        ('limit any "Pick" "A" "A"', PartialPoll("Pick", ("A", "A"), votes=0)),
        ('"Pick" "A" "B" --colour=red', PartialPoll("Pick", ("A", "B"), left_out=("--colour=red",))),
        ('"Q" "A" " "', PartialPoll("Q", ("A",))),
        ('"Q" "A" "B" --progress --anonymous', PartialPoll("Q", ("A", "B"), anonymous=True, progress=True)),
        ("Are we ready? --anonymous", PartialPoll("Are we ready?", anonymous=True)),
        ("anonymous Are we ready?", PartialPoll("Are we ready?", anonymous=True)),
        ('"Q" "A" "B" anonymous', PartialPoll("Q", ("A", "B"), anonymous=True)),
        ('"Q" anonymous "A" "B"', PartialPoll("Q", ("A", "B"), anonymous=True)),
        ('--anonymous=yes "Q" "A" "B"', PartialPoll("Q", ("A", "B"), anonymous=True, left_out=("--anonymous=yes",))),
        ('Which format? "Event" "Submission"', PartialPoll("Which format?", ("Event", "Submission"))),
        ('Adopt the "Lima Declaration"?', PartialPoll('Adopt the "Lima Declaration"?')),
        ('"Never closed', PartialPoll("Never closed")),
        ('"Q" "A" "never closed', PartialPoll("Q", ("A", "never closed"))),
        ('don"t "A" "B"', PartialPoll('don"t', ("A", "B"))),
        (
            'end 2026-12-02T10:00 by mechanism "Q" "A" "B"',
            PartialPoll("Q", ("A", "B"), by_mechanism=True, end=utc("2026-12-02 09:00")),
        ),
        ('on whenever "Q" "A" "B"', PartialPoll("Q", ("A", "B"), left_out=("on whenever",))),
        (
            'hidden add-choice on tomorrow 10:00 objection "Q" --progress',
            PartialPoll("Q", hidden=True, progress=True, add_choice=True, objection=True, on=utc("2026-12-02 09:00")),
        ),
        ('"Q" "A" extra "B"', PartialPoll("Q", ("A", "B"), left_out=("extra",))),
    ],
)
def test_what_could_be_read_is_kept_and_the_rest_is_named(typed: str, understood: PartialPoll) -> None:
    assert read(typed) == understood


@given(st.text() | st.text(alphabet='"“«»\\ -=aonymusvte1—,', max_size=60))
def test_nothing_is_ever_refused(typed: str) -> None:
    read(typed)


@given(st.text(alphabet='"ab ', max_size=20))
def test_anonymous_is_never_dropped(typed: str) -> None:
    assert read(f"anonymous {typed}").anonymous or not typed.strip()
