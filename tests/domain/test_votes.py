"""In a multiple choice what counts is when it was clicked, not when it arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import votes
from bot.domain.ids import OptionId
from bot.domain.polls import Poll
from bot.domain.refusals import Refusal
from bot.domain.votes import Voice
from tests.domain.open_polls import NOW, asked

BY_PERSON = replace(asked("A", "B", "C"), choices=0)
BY_MECHANISM = replace(BY_PERSON, by_mechanism=True)
OPTIONS = tuple(each.id for each in BY_PERSON.options)
SILENT = Voice()
AT_ONCE = {"take back": votes.take_back, "abstain": votes.abstain}
OF_OPTION = {"vote": votes.vote, "remove": votes.remove}


@dataclass(frozen=True, slots=True)
class Click:
    what: str
    option: OptionId | None = None


Timed = tuple[str, Click]

OF_ALL = st.sampled_from(sorted(AT_ONCE)).map(Click)
VOTES = st.builds(Click, st.just("vote"), st.sampled_from(OPTIONS))
OF_ONE = VOTES | st.builds(Click, st.just("remove"), st.sampled_from(OPTIONS)) | VOTES


def timed(clicks: Sequence[Click], apart_s: float = 3) -> list[Timed]:
    """In the order in which they were made, at times of which each is another."""
    return [(f"{100 + place * apart_s:.6f}", each) for place, each in enumerate(clicks)]


def arrived(poll: Poll, clicks: Iterable[Timed], voice: Voice = SILENT) -> Voice:
    """What the voice says after them; what is refused changes nothing."""
    for at, each in clicks:
        try:
            voice = _after(poll, voice, each, at)
        except Refusal as refusal:
            assert refusal.key in {"too-many-choices", "too-many-of-mechanism"}  # noqa: PT017 - any other is a fault
    return voice


def _after(poll: Poll, voice: Voice, click: Click, at: str) -> Voice:
    if click.option is None:
        return AT_ONCE[click.what](poll, voice, at, now=NOW)
    return OF_OPTION[click.what](poll, voice, click.option, at, now=NOW)


def once_voted(clicks: list[Click]) -> bool:
    """By person a second vote for an option means the contrary of the first."""
    voted = [each.option for each in clicks if each.what == "vote"]
    return len(voted) == len(set(voted))


@st.composite
def in_two_orders(
    draw: st.DrawFn, such: Callable[[list[Click]], bool] = lambda _: True
) -> tuple[list[Timed], list[Timed]]:
    """As they were made, and as they arrive."""
    clicks = timed(draw(st.lists(OF_ONE | OF_ALL, max_size=8).filter(such)), draw(st.sampled_from((0.5, 3))))
    return clicks, draw(st.permutations(clicks))


@given(in_two_orders())
def test_by_mechanism_clicks_come_to_the_same_in_whatever_order_they_arrive(
    clicks: tuple[list[Timed], list[Timed]],
) -> None:
    made, arrive = clicks
    assert arrived(BY_MECHANISM, arrive).says_as(arrived(BY_MECHANISM, made))


@given(in_two_orders(once_voted))
def test_by_person_one_vote_an_option_comes_to_the_same_in_whatever_order_all_arrives(
    clicks: tuple[list[Timed], list[Timed]],
) -> None:
    made, arrive = clicks
    assert arrived(BY_PERSON, arrive).says_as(arrived(BY_PERSON, made))


@given(in_two_orders(), st.sampled_from((BY_PERSON, BY_MECHANISM)))
def test_no_order_passes_the_limit_or_leaves_a_voice_that_abstains_and_chooses(
    clicks: tuple[list[Timed], list[Timed]], poll: Poll
) -> None:
    voice = SILENT
    for each in clicks[1]:
        voice = arrived(replace(poll, choices=2), [each], voice)
        assert len(voice.chosen) <= 2
        assert not (voice.abstained and voice.chosen)


@given(in_two_orders(), in_two_orders(), st.sets(st.sampled_from(OPTIONS)))
def test_no_click_older_than_the_newest_before_a_letter_changes_what_it_says(
    before: tuple[list[Timed], list[Timed]], late: tuple[list[Timed], list[Timed]], chosen: set[OptionId]
) -> None:
    newest = max((float(at) for at, _ in before[0]), default=0)
    entered = votes.enter(BY_MECHANISM, arrived(BY_MECHANISM, before[1]), frozenset(chosen), now=NOW)
    stale = [(at, each) for at, each in late[1] if float(at) <= newest]
    assert arrived(BY_MECHANISM, stale, entered).says_as(entered)
    later = (f"{newest + 0.1:.6f}", Click("vote", OPTIONS[0]))
    assert arrived(BY_MECHANISM, [later], entered).chosen == chosen | {OPTIONS[0]}


def test_a_take_back_that_comes_after_a_newer_click_takes_nothing_that_came_by_letter() -> None:
    """It may have been clicked before the letter was entered."""
    entered = votes.enter(BY_MECHANISM, SILENT, frozenset({OPTIONS[0]}), now=NOW)
    clicked = [("12.0", Click("vote", OPTIONS[1])), ("11.0", Click("take back"))]
    assert arrived(BY_MECHANISM, clicked, entered).chosen == {OPTIONS[0], OPTIONS[1]}
    assert arrived(BY_MECHANISM, [("11.0", Click("take back"))], entered).chosen == frozenset()


def test_the_same_click_a_moment_later_changes_nothing_unless_something_else_was_said_between() -> None:
    vote = Click("vote", OPTIONS[0])
    again = arrived(BY_PERSON, timed([vote, vote, vote], 1.5))
    assert again.chosen == {OPTIONS[0]}
    for between in (Click("remove", OPTIONS[0]), Click("take back")):
        assert arrived(BY_PERSON, timed([vote, between, vote], 0.5)).chosen == {OPTIONS[0]}
    assert not arrived(BY_PERSON, timed([vote, vote], 2)).chosen
