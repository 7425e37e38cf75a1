from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.new_polls import NewPoll
from bot.domain.poll_entries import PollEntry, as_typed, read
from bot.domain.poll_grammar import parse
from bot.domain.poll_time_entries import AT_NO_TIME, FilledIn, TimeEntry
from tests.domain.refused import utc, wall

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
KATHMANDU = ZoneInfo("Asia/Kathmandu")
HERE = FilledIn(NOW, KATHMANDU)
FILLED = PollEntry("Which format?", "Event\nSubmission\n", "one", "", anonymous=False, progress=False)

SILENCE = replace(FILLED, options="", objection=True, end=TimeEntry("2026-12-02", "10:00"))


@pytest.mark.parametrize(
    ("entry", "poll"),
    [
        (FILLED, NewPoll("Which format?", ("Event", "Submission"))),
        (replace(FILLED, options=""), NewPoll("Which format?")),
        (replace(FILLED, options=" \n Event \n\nSubmission"), NewPoll("Which format?", ("Event", "Submission"))),
        (replace(FILLED, choices="any"), NewPoll("Which format?", ("Event", "Submission"), votes=0)),
        (replace(FILLED, choices="limit", limit="2"), NewPoll("Which format?", ("Event", "Submission"), votes=2)),
        (
            replace(FILLED, anonymous=True, progress=True),
            NewPoll("Which format?", ("Event", "Submission"), anonymous=True, progress="shown"),
        ),
        (replace(FILLED, question="<!here> ready?", options=""), NewPoll("@here ready?")),
        (replace(FILLED, hidden=True, options=""), NewPoll("Which format?", progress="hidden")),
        (
            replace(FILLED, add_choice=True, choices="limit", limit="5"),
            NewPoll("Which format?", ("Event", "Submission"), add_choice=True, votes=5),
        ),
        (
            replace(FILLED, options="", objection=True, end=TimeEntry("2026-12-02", "10:00")),
            NewPoll("Which format?", objection=True, end=utc("2026-12-02 04:15")),
        ),
        (
            replace(FILLED, options="", on=TimeEntry("2026-12-02", "10:00"), end=TimeEntry("2026-12-03", "17:30")),
            NewPoll("Which format?", on=utc("2026-12-02 04:15"), end=utc("2026-12-03 11:45")),
        ),
    ],
)
def test_a_form_is_read_into_what_a_typed_poll_is_read_into(entry: PollEntry, poll: NewPoll) -> None:
    assert read(entry, HERE) == poll


@pytest.mark.parametrize(
    ("entry", "refused"),
    [
        (replace(FILLED, question="\u200b"), {"question": "question-empty"}),
        (replace(FILLED, question="Q" * 1001), {"question": "question-too-long"}),
        (replace(FILLED, options="One"), {"options": "option-alone"}),
        (replace(FILLED, options="One\none"), {"options": "options-alike"}),
        (replace(FILLED, options="\n".join(map(str, range(21)))), {"options": "options-many"}),
        (replace(FILLED, options="A\n" + "B" * 201), {"options": "option-too-long"}),
        (replace(FILLED, options="A\n" + "&" * 200 * 1, question="&" * 1000), {"options": "poll-too-long"}),
        (replace(FILLED, options="", question="&" * 1000), {"question": "poll-too-long"}),
        (replace(FILLED, choices="limit"), {"limit": "limit-missing"}),
        (replace(FILLED, choices="limit", limit="0"), {"limit": "limit-unreadable"}),
        (replace(FILLED, choices="limit", limit="3"), {"limit": "votes-too-many"}),
        (replace(FILLED, limit="2"), {"limit": "limit-unasked"}),
        (
            replace(FILLED, question=" ", options="A", limit="2"),
            {"question": "question-empty", "options": "option-alone", "limit": "limit-unasked"},
        ),
        (replace(FILLED, options="", objection=True), {"end-date": "objection-needs-end"}),
        (replace(SILENCE, options="A\nB"), {"options": "objection-has-options"}),
        (replace(SILENCE, add_choice=True), {"settings": "objection-conflict"}),
        (replace(SILENCE, choices="any"), {"choices": "objection-conflict"}),
        (replace(FILLED, hidden=True, progress=True), {"settings": "progress-unclear"}),
        (replace(FILLED, on=TimeEntry("2026-12-02", "")), {"on-time": "time-missing"}),
        (replace(FILLED, end=TimeEntry("", "10:00")), {"end-date": "date-unreadable"}),
        (replace(FILLED, end=TimeEntry("2026-12-01", "13:45")), {"end-date": "when-past"}),
        (
            replace(FILLED, on=TimeEntry("2026-11-30", "10:00"), end=TimeEntry("2026-11-30", "x")),
            {"on-date": "when-past", "end-time": "time-missing"},
        ),
        (
            replace(FILLED, on=TimeEntry("2026-12-02", "10:00"), end=TimeEntry("2026-12-02", "10:00")),
            {"end-date": "end-before-start"},
        ),
    ],
)
def test_each_refusal_names_its_input(entry: PollEntry, refused: dict[str, str]) -> None:
    found = read(entry, HERE)
    assert not isinstance(found, NewPoll)
    assert {name: refusal.key for name, refusal in found.items()} == refused


def test_a_time_that_clocks_skip_or_repeat_stands_beside_its_input() -> None:
    in_zurich = FilledIn(NOW, ZoneInfo("Europe/Zurich"))
    for day, reason in (("2027-03-28", "time-skipped"), ("2027-10-31", "time-repeated")):
        found = read(replace(FILLED, end=TimeEntry(day, "02:30")), in_zurich)
        assert not isinstance(found, NewPoll)
        assert {name: refusal.key for name, refusal in found.items()} == {"end-time": reason}


TIMES = st.just(AT_NO_TIME) | st.builds(
    lambda at: TimeEntry(f"{at:%Y-%m-%d}", f"{at:%H:%M}"),
    st.datetimes(wall("2026-11-01 00:00"), wall("2028-01-01 00:00")),
)


@given(
    st.builds(
        PollEntry,
        question=st.text() | st.text(alphabet='"\\<!@here|>«» a', max_size=20),
        options=st.text(alphabet='"\\<!@here|>«» ab\n', max_size=30),
        choices=st.sampled_from(("one", "any", "limit")),
        limit=st.sampled_from(("", "1", "2")),
        anonymous=st.booleans(),
        progress=st.booleans(),
        hidden=st.booleans(),
        add_choice=st.booleans(),
        objection=st.booleans(),
        on=TIMES,
        end=TIMES,
    )
)
def test_a_draft_is_posted_as_it_was_looked_at(entry: PollEntry) -> None:
    new = read(entry, HERE)
    if isinstance(new, NewPoll):
        assert parse(as_typed(new), NOW, ZoneInfo("UTC")) == new
