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

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
FILLED = PollEntry("Which format?", "Event\nSubmission\n", "one", "", anonymous=False, progress=False)


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
    ],
)
def test_a_form_is_read_into_what_a_typed_poll_is_read_into(entry: PollEntry, poll: NewPoll) -> None:
    assert read(entry) == poll


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
    ],
)
def test_each_refusal_names_its_input(entry: PollEntry, refused: dict[str, str]) -> None:
    found = read(entry)
    assert not isinstance(found, NewPoll)
    assert {name: refusal.key for name, refusal in found.items()} == refused


@given(
    st.builds(
        PollEntry,
        question=st.text() | st.text(alphabet='"\\<!@here|>«» a', max_size=20),
        options=st.text(alphabet='"\\<!@here|>«» ab\n', max_size=30),
        choices=st.sampled_from(("one", "any", "limit")),
        limit=st.sampled_from(("", "1", "2")),
        anonymous=st.booleans(),
        progress=st.booleans(),
    )
)
def test_a_draft_is_posted_as_it_was_looked_at(entry: PollEntry) -> None:
    new = read(entry)
    if isinstance(new, NewPoll):
        assert parse(as_typed(new), NOW, ZoneInfo("UTC")) == new
