from __future__ import annotations

import pytest

from bot.domain.ids import UserId
from bot.domain.organiser_grammar import ChangeOrganisers, ListOrganisers, parse
from tests.domain import refused

ANA, BEN = UserId("U1"), UserId("W2")


@pytest.mark.parametrize("typed", ["", "list", "Show."])
def test_without_more_words_organisers_are_listed(typed: str) -> None:
    assert parse(typed) == ListOrganisers()


@pytest.mark.parametrize("typed", ["add <@U1|ana> <@W2>", "Add: <@U1>, <@W2> and <@U1>.", "appoint <@U1>; <@W2>"])
def test_people_are_named_by_slacks_own_mention(typed: str) -> None:
    assert parse(typed) == ChangeOrganisers((ANA, BEN), organise=True)


def test_removing_is_said_by_its_word() -> None:
    assert parse("remove <@U1>") == ChangeOrganisers((ANA,), organise=False)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("add @ana", "mention-bare"),
        ("add", "mention-missing"),
        ("add ana", "mention-unreadable"),
        ("<@U1>", "organisers-unreadable"),
        ("list <@U1>", "organisers-unreadable"),
    ],
)
def test_a_name_that_slack_did_not_take_for_anybody_names_nobody(typed: str, key: str) -> None:
    assert refused.key(lambda: parse(typed)) == key
