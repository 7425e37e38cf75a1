from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gates import (
    MOST_UNKNOWNS,
    SLOW_FOR,
    SLOWEST,
    Admission,
    Gate,
    Pace,
    admit,
    answered,
    fresh,
    limited,
    resumed,
    unanswered,
    untried,
)

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PACE = Pace(recipient=SECOND, workspace=SECOND * 0.3, trial=SECOND * 20)
AHEAD = SECOND * 2


def admitted(
    waiting: str, gate: Gate | None = None, *, closed: Mapping[str, datetime] | None = None, now: datetime = NOW
) -> Admission:
    """Each letter of `waiting` is a message to the recipient of that name."""
    return admit(waiting, gate or fresh(PACE, NOW), closed or {}, PACE, now, now + AHEAD)


def seconds(admission: Admission) -> dict[int, float]:
    return {place: round((slot - NOW).total_seconds(), 3) for place, slot in admission.slots.items()}


def in_doubt(times: int, gate: Gate | None = None) -> Gate:
    gate = gate or fresh(PACE, NOW)
    for _ in range(times):
        gate = unanswered(gate)
    return gate


# Pace


def test_the_first_message_leaves_at_once_and_the_others_at_the_workspaces_pace() -> None:
    assert seconds(admitted("abcd")) == {0: 0, 1: 0.3, 2: 0.6, 3: 0.9}


def test_two_messages_to_one_recipient_keep_its_pace_and_hold_up_nobody_else() -> None:
    assert seconds(admitted("aabc")) == {0: 0, 2: 0.3, 3: 0.6, 1: 1}


def test_a_recipient_who_was_written_to_lately_waits_for_their_own_gate() -> None:
    assert seconds(admitted("ab", closed={"a": NOW + SECOND * 0.5})) == {1: 0, 0: 0.5}


def test_messages_that_wait_for_their_recipients_leave_at_the_workspaces_pace_as_well() -> None:
    closed = dict.fromkeys("abcd", NOW + SECOND)
    assert seconds(admitted("abcd", closed=closed)) == {0: 1, 1: 1.3, 2: 1.6, 3: 1.9}


def test_nothing_is_admitted_past_the_time_until_which_it_may_be_claimed() -> None:
    found = admitted("abcdefghij")
    assert list(seconds(found).values()) == [0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8]
    assert not admitted("k", found.gate).slots
    assert seconds(admitted("k", found.gate, now=NOW + SECOND)) == {0: 2.1}


def test_a_recipient_who_waits_too_long_takes_no_turn_from_the_others() -> None:
    found = admitted("ab", closed={"a": NOW + SECOND * 2.5})
    assert seconds(found) == {1: 0}
    assert found.gate.opens_at == NOW + PACE.workspace
    assert set(found.recipients) == {"b"}


def test_a_gate_that_was_not_used_for_an_hour_lets_one_message_through_and_no_burst() -> None:
    later = NOW + timedelta(hours=1)
    slots = sorted(admitted("abc", now=later).slots.values())
    assert [slot - later for slot in slots] == [timedelta(), PACE.workspace, PACE.workspace * 2]


RECIPIENTS = st.text("abcdef", max_size=30)
MOMENTS = st.floats(0, 5).map(lambda number: SECOND * round(number, 3))


@given(rounds=st.lists(st.tuples(MOMENTS, RECIPIENTS, st.booleans()), max_size=12))
def test_however_messages_come_no_recipient_and_no_workspace_gets_them_faster_than_its_pace(
    rounds: list[tuple[timedelta, str, bool]],
) -> None:
    """In each round time passes, messages come on top of those left over, and Slack perhaps answers 429."""
    now, gate, closed = NOW, fresh(PACE, NOW), dict[str, datetime]()
    left, sent = "", list[tuple[datetime, str]]()
    for passed, come, too_much in rounds:
        now, left = now + passed, left + come
        found = admit(left, gate, closed, PACE, now, now + AHEAD)
        sent += [(slot, left[place]) for place, slot in found.slots.items()]
        left = "".join(each for place, each in enumerate(left) if place not in found.slots)
        gate, closed = found.gate, {**closed, **found.recipients}
        if too_much:
            gate = limited(gate, now, SECOND)
        assert all(now <= slot <= now + AHEAD for slot in found.slots.values())
    assert _closest([slot for slot, _ in sent]) >= PACE.workspace
    for recipient in "abcdef":
        assert _closest([slot for slot, each in sent if each == recipient]) >= PACE.recipient


@given(waiting=RECIPIENTS, closed=st.dictionaries(st.sampled_from("abcdef"), MOMENTS.map(lambda each: NOW + each)))
def test_whoever_is_more_pressing_leaves_before_all_whose_own_gate_was_open_no_earlier(
    waiting: str, closed: dict[str, datetime]
) -> None:
    slots = admitted(waiting, closed=closed).slots
    for place, slot in slots.items():
        for earlier in range(place):
            overtaken = earlier not in slots or slots[earlier] > slot
            assert not overtaken or _is_closed(waiting, earlier, slots, closed, slot), "it could have left here"


@given(waiting=RECIPIENTS)
def test_nobody_waits_while_a_turn_is_free(waiting: str) -> None:
    slots = admitted(waiting).slots
    left = [each for place, each in enumerate(waiting) if place not in slots]
    assert not left or max(slots.values()) + PACE.recipient > NOW + AHEAD


def _closest(slots: list[datetime]) -> timedelta:
    ordered = sorted(slots)
    return min((after - before for before, after in pairwise(ordered)), default=timedelta.max)


def _is_closed(
    waiting: str, place: int, slots: Mapping[int, datetime], closed: Mapping[str, datetime], at: datetime
) -> bool:
    """Whether the recipient's gate was closed at that instant, by what came before or by what was sent just now."""
    sent = [slot for other, slot in slots.items() if waiting[other] == waiting[place] and slot <= at]
    opens = [closed.get(waiting[place], NOW), *(slot + PACE.recipient for slot in sent)]
    return max(opens) > at


# 429


def test_a_429_closes_the_gate_for_as_long_as_slack_says_and_halves_the_pace() -> None:
    gate = limited(fresh(PACE, NOW), NOW, SECOND * 30)
    assert gate.is_shut(NOW + SECOND * 29, on_trial=True)
    assert not gate.is_shut(NOW + SECOND * 30, on_trial=False)
    assert not admitted("a", gate).slots
    assert seconds(admitted("ab", gate, now=NOW + SECOND * 30)) == {0: 30, 1: 30.6}


def test_what_was_under_way_together_slows_the_gate_down_once() -> None:
    gate = fresh(PACE, NOW)
    for place in range(10):
        gate = limited(gate, NOW + SECOND * 0.1 * place, SECOND * 5)
    assert gate.interval == PACE.workspace * 2
    assert gate.slowed_at == NOW + SECOND * 5.9, "closed as long as the last of them says"


def test_a_shorter_wait_does_not_open_what_a_longer_one_has_closed() -> None:
    gate = limited(limited(fresh(PACE, NOW), NOW, SECOND * 30), NOW, SECOND)
    assert gate.is_shut(NOW + SECOND * 29, on_trial=False)


def test_it_slows_down_to_one_in_ten_seconds_at_most() -> None:
    gate, now = fresh(PACE, NOW), NOW
    for _ in range(20):
        gate, now = limited(gate, now, SECOND), now + SECOND
    assert gate.interval == SLOWEST


def test_a_pace_that_is_slower_still_is_kept() -> None:
    slow = Pace(recipient=SECOND, workspace=timedelta(minutes=1))
    assert limited(fresh(slow, NOW), NOW, SECOND).interval == slow.workspace


def test_each_minute_without_a_429_makes_it_twice_as_fast_up_to_its_pace() -> None:
    gate = limited(limited(fresh(PACE, NOW), NOW, SECOND), NOW + SECOND, SECOND)
    open_again = gate.slowed_at
    paces = [
        admitted("a", gate, now=open_again + passed).gate.interval / PACE.workspace
        for passed in (SLOW_FOR - SECOND, SLOW_FOR, SLOW_FOR * 2 - SECOND, SLOW_FOR * 2, SLOW_FOR * 60)
    ]
    assert paces == [4, 2, 2, 1, 1]


def test_a_pace_that_was_set_slower_or_faster_meanwhile_holds_from_the_next_message() -> None:
    gate = fresh(PACE, NOW)
    slower = Pace(recipient=SECOND, workspace=SECOND * 3)
    assert admit("a", gate, {}, slower, NOW, NOW).gate.interval == SECOND * 3
    faster = Pace(recipient=SECOND, workspace=SECOND * 0.1)
    assert admit("a", gate, {}, faster, NOW + SLOW_FOR * 2, NOW + SLOW_FOR * 2).gate.interval == faster.workspace


# Doubt


def test_five_unknowns_in_a_row_pause_a_workspace() -> None:
    gate = in_doubt(MOST_UNKNOWNS)
    assert gate.is_paused
    assert gate.is_shut(NOW + timedelta(days=1), on_trial=True), "what was admitted before waits as well"
    assert not admitted("a", gate, now=NOW + timedelta(days=1)).slots


def test_an_answer_between_ends_the_row() -> None:
    assert not in_doubt(MOST_UNKNOWNS - 1, answered(in_doubt(MOST_UNKNOWNS - 1), NOW)).is_paused


def test_four_unknowns_let_one_message_through_at_a_time() -> None:
    found = admitted("abc", in_doubt(MOST_UNKNOWNS - 1))
    assert seconds(found) == {0: 0}
    assert found.gate.is_shut(NOW, on_trial=False), "what was admitted before waits as well"
    assert not found.gate.is_shut(NOW, on_trial=True)
    assert not admitted("bc", found.gate, now=NOW + PACE.trial - AHEAD - SECOND).slots


def test_after_a_pause_one_message_is_tried_and_the_next_when_it_can_not_be_under_way_any_more() -> None:
    gate = resumed(in_doubt(MOST_UNKNOWNS + 3))
    first = admitted("abc", gate)
    assert seconds(first) == {0: 0}
    assert seconds(admitted("bc", first.gate, now=NOW + PACE.trial)) == {0: 20}


def test_once_the_one_on_trial_is_answered_all_leave_at_the_full_pace() -> None:
    tried = admitted("abc", resumed(in_doubt(MOST_UNKNOWNS))).gate
    over = answered(tried, NOW + SECOND)
    assert seconds(admitted("bc", over, now=NOW + SECOND)) == {0: 1.3, 1: 1.6}


def test_where_the_one_on_trial_is_unknown_the_pause_goes_on() -> None:
    tried = admitted("abc", resumed(in_doubt(MOST_UNKNOWNS))).gate
    assert unanswered(tried).is_paused


def test_where_the_one_on_trial_came_to_nothing_another_one_is_tried() -> None:
    tried = admitted("abc", resumed(in_doubt(MOST_UNKNOWNS))).gate
    again = admitted("bc", untried(tried, NOW + SECOND), now=NOW + SECOND)
    assert seconds(again) == {0: 1.3}, "and one alone"


def test_neither_an_answer_nor_another_trial_opens_what_a_429_has_closed() -> None:
    closed = limited(admitted("a", resumed(in_doubt(MOST_UNKNOWNS))).gate, NOW, SECOND * 15)
    for gate in (answered(closed, NOW + SECOND), untried(closed, NOW + SECOND)):
        assert gate.opens_at == NOW + SECOND * 15 + PACE.workspace * 2


def test_a_workspace_that_is_not_paused_has_nothing_to_resume() -> None:
    gate = in_doubt(1)
    assert resumed(gate) == untried(gate, NOW) == gate
