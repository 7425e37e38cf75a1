"""Every combination of settings: what is typed is what the poll says, and nothing else ever is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import without_hiding
from bot.domain.new_polls import NewPoll
from bot.domain.poll_entries import as_typed
from bot.domain.poll_grammar import PollCommand, parse
from bot.domain.poll_quotes import QUOTES, quote
from bot.domain.poll_settings import FLAG_FORMS, WORD_FORMS
from tests.domain.refused import answer, utc

KATHMANDU = ZoneInfo("Asia/Kathmandu")  # which never changes its clocks
NOW = utc("2026-12-01 08:00")
IGNORED = ("votes-too-many", "end-", "when-past", "objection-")
"""Why a combination may be refused."""

instants = st.integers(-60, 60 * 24 * 400).map(lambda minutes: NOW + timedelta(minutes=minutes))
asked = st.builds(
    NewPoll,
    question=st.just("Q"),
    options=st.sampled_from([(), ("A", "B"), ("A", "B", "C")]),
    objection=st.booleans(),
    anonymous=st.booleans(),
    progress=st.sampled_from(("default", "hidden", "shown")),
    votes=st.integers(0, 5),
    add_choice=st.booleans(),
    by_mechanism=st.booleans(),
    on=st.none() | instants,
    end=st.none() | instants,
    lang=st.none() | st.sampled_from(("en", "fr")),
)


def read(typed: str) -> PollCommand:
    return parse(typed, NOW, KATHMANDU)


def shown(at: datetime) -> str:
    """As somebody in Kathmandu says it."""
    return f"{at.astimezone(KATHMANDU):%Y-%m-%d %H:%M}"


def flags(new: NewPoll) -> list[str]:
    """The settings of `new` as flags."""
    said = {
        "--anonymous": new.anonymous,
        "--hidden": new.progress == "hidden",
        "--progress": new.progress == "shown",
        f"--votes={new.votes}": new.votes != 1,
        "--public-add-option": new.add_choice,
        "--by=mechanism": new.by_mechanism,
        f"--on={shown(new.on)}" if new.on else "": new.on is not None,
        f"--end={shown(new.end)}" if new.end else "": new.end is not None,
        f"--lang={new.lang}": new.lang is not None,
        "--objection": new.objection,
    }
    return [flag for flag, is_said in said.items() if is_said]


@given(asked)
def test_a_combination_that_is_accepted_is_read_back_the_same_from_words(new: NewPoll) -> None:
    assert answer(lambda: read(as_typed(new)), *IGNORED) in (new, None)


@given(asked, st.randoms(), st.integers(0, 10))
def test_a_combination_that_is_accepted_is_read_back_the_same_from_flags_in_any_order(
    new: NewPoll, random: Random, before: int
) -> None:
    said = flags(new)
    random.shuffle(said)
    typed = " ".join([*said[:before], *map(quote, (new.question, *new.options)), *said[before:]])
    assert answer(lambda: read(typed), *IGNORED) in (new, None)


@given(asked)
def test_the_settings_of_a_combination_are_refused_together_only_for_a_reason_of_theirs(new: NewPoll) -> None:
    """Each reason by itself: without it nothing is refused."""
    plain = replace(new, objection=False, on=None, end=None, votes=min(new.votes, 2))
    assert read(as_typed(plain)) == plain


WORDS = [
    *WORD_FORMS, *(f"--{flag}" for flag in FLAG_FORMS), "2", "any", "17:00", "tomorrow", "mechanism", "en", "in 2 days",
    '"Q"', '"A"', "“B”", "«C»", '"', "?", ",", "the", "year",
]  # fmt: skip
PLAIN = NewPoll("Q")
TYPED_AS = {
    "anonymous": ("anonymous",),
    "progress": ("hidden", "progress"),
    "votes": ("limit", "votes"),
    "add_choice": ("add-choice", "public-add-option"),
    "by_mechanism": ("by",),
    "on": ("on",),
    "end": ("end",),
    "lang": ("lang",),
    "objection": ("objection",),
}
"""A poll's settings, and the words of which one has to be typed for it."""

anything = st.text() | st.text(f"ab -—=\\{QUOTES}") | st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)


@given(anything)
def test_nothing_becomes_a_poll_with_a_setting_that_was_not_typed(typed: str) -> None:
    poll = answer(lambda: read(typed), "")
    if isinstance(poll, NewPoll):
        for field, words in TYPED_AS.items():
            if getattr(poll, field) != getattr(PLAIN, field):
                assert any(each in without_hiding(typed).casefold() for each in words), field
