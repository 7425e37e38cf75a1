from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit import Action
from bot.domain.audit_grammar import next_page, parse
from bot.domain.audit_pages import GROUPS, AuditAsked, Group
from bot.domain.ids import AuditId, UserId
from bot.domain.refusals import Refusal
from tests.domain import refused

TODAY = date(2026, 12, 10)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


def asked(typed: str) -> AuditAsked:
    return parse(typed, TODAY)


def test_without_filters_everything_is_asked_for() -> None:
    assert asked("  ") == AuditAsked()


@pytest.mark.parametrize(
    "typed",
    [
        "<@U1|ana> W1 P7 since 1 December 2026 until 31 December 2026 sign-ups Colombo Process",
        "Colombo Process, until 31 December 2026 P7 sign ups by <@U1> since 1 December 2026, W1",
        "SINCE 2026-12-01 w1 for Colombo Process by <@U1>; UNTIL December 31, 2026 p7 Seats",
        "sign-ups of <@U1> and <@U1> about W1 P7 since Tuesday 1 December 2026 Colombo Process till 2026-12-31",
    ],
)
def test_filters_stand_in_any_order(typed: str) -> None:
    found = asked(typed)
    assert (found.users, found.webinars, found.polls, found.groups) == ((UserId("U1"),), (1,), (7,), (Group.SIGN_UPS,))
    assert (found.since, found.until) == (FIRST, LAST)
    assert [each.rstrip(",") for each in found.names] == ["Colombo Process"]


def test_what_stands_in_quotes_is_a_name_of_its_own_whatever_it_says() -> None:
    found = asked('PIDC "Ms R. Today", W1 “Colombo Process”')
    assert (found.names, found.webinars) == (("PIDC", '"Ms R. Today"', "“Colombo Process”"), (1,))
    assert (found.since, found.until) == (None, None)


def test_several_of_a_kind_are_asked_for_together() -> None:
    found = asked("<@U1> <@U2> W1 W2 polls webinars")
    assert (found.users, found.webinars) == ((UserId("U1"), UserId("U2")), (1, 2))
    assert found.groups == (Group.POLLS, Group.WEBINARS)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("today", TODAY), ("Yesterday!", date(2026, 12, 9)), ("since yesterday until yesterday", date(2026, 12, 9))],
)
def test_a_day_alone_is_that_day(typed: str, day: date) -> None:
    assert (asked(typed).since, asked(typed).until) == (day, day)


@pytest.mark.parametrize("group", Group)
def test_every_group_is_asked_for_by_its_own_word(group: Group) -> None:
    assert asked(group.upper()).groups == (group,)


@pytest.mark.parametrize("action", Action)
def test_every_act_belongs_to_a_group(action: Action) -> None:
    assert action in asked(GROUPS[action]).actions


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("@ana", "mention-bare"),
        ("since", "audit-day-missing"),
        ("W1 until", "audit-day-missing"),
        ("since PIDC", "date-unreadable"),
        ("since 10 December PIDC", "date-year-missing"),
        ("until 10/12/2026 W1", "date-ambiguous"),
        ("since 1 December 2026 since 2 December 2026", "audit-days-twice"),
        ("today until 31 December 2026", "audit-days-twice"),
        ("since 2 December 2026 until 1 December 2026", "audit-days-crossed"),
    ],
)
def test_what_is_no_filter_is_refused_by_name(typed: str, key: str) -> None:
    assert refused.key(lambda: asked(typed)) == key


def test_a_date_with_two_readings_is_asked_back_as_whole_commands() -> None:
    with pytest.raises(Refusal) as caught:
        asked("PIDC since 10/12/2026 W1")
    assert caught.value.facts["readings"] == ("audit PIDC since 2026-12-10 W1", "audit PIDC since 2026-10-12 W1")


def test_the_next_page_is_asked_for_by_the_same_filters() -> None:
    typed = "<@U1|ana> Colombo Process since 1 December 2026"
    following = next_page(asked(typed), AuditId(42))
    assert following == f"audit {typed} #42"
    again = asked(following.removeprefix("audit "))
    assert again.before == 42
    assert again.users == asked(typed).users
    assert again.names == asked(typed).names
    assert next_page(again, AuditId(2)) == f"audit {typed} #2"


@given(st.text())
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        parse(typed, TODAY)
    except Refusal:
        return
