"""A closed poll's result as files: what is owed when, and what it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.domain.deliveries import Claimed, DeliveryState, Pointless, Sent
from bot.domain.gates import Pace
from bot.domain.ids import ChannelId, MemberId
from bot.domain.mechanisms import MechanismFacts
from bot.domain.poll_posting import file_name
from bot.domain.poll_results import AnonymousResult, NamedResult
from bot.domain.polls import Poll
from bot.slack import poll_files as documents
from bot.usecases import deliveries, members, poll_files, poll_running, polls
from bot.usecases.subjects import PollExport, PollFile
from bot.view.texts import load
from storage import mechanisms, poll_tables, tables
from tests.domain.refused import key
from tests.usecases.standing_polls import BEN, CHU, DEE, HERE, NOW, asks, clicks, owed, settle, stands

TERMS = deliveries.Terms(timedelta(seconds=30), timedelta(), Pace(timedelta(), timedelta()))


@pytest.fixture
def tx(blank: Connection) -> Connection:
    settle(blank)
    return blank


def posted(tx: Connection, poll: Poll) -> Poll:
    """Its message stands in the channel."""
    (claimed,) = claims(tx, poll, "poll")
    deliveries.finish(tx, claimed, Sent(HERE, "1.000001"), 0, real_now=NOW)
    return poll


def closed(tx: Connection, poll: Poll) -> Poll:
    polls.close(tx, BEN, number=poll.number, now=NOW)
    return stands(tx, poll)


def claims(tx: Connection, poll: Poll, *kinds: str) -> list[Claimed]:
    members.direct_opened(tx, members.meet(tx, BEN), ChannelId("D1"))
    found = deliveries.claim(tx, poll.workspace, TERMS, now=NOW, real_now=NOW, limit=20)
    return [each for each in found if each.poll == poll.id and each.kind in kinds]


def test_on_closing_the_thread_of_its_message_is_owed_a_picture_once_a_revision(tx: Connection) -> None:
    poll = posted(tx, asks(tx))
    closed(tx, poll)
    (picture,) = claims(tx, poll, "poll-picture")
    assert (picture.channel, picture.thread) == (HERE, "1.000001")
    deliveries.finish(tx, picture, Sent(HERE, None), 0, real_now=NOW)
    closed(tx, poll)
    assert [kind for kind, _, _ in owed(tx, poll, "poll-")] == ["poll-picture"]
    poll_running.reopen(tx, BEN, poll.number, None, now=NOW)
    closed(tx, poll)
    assert [state for _, _, state in owed(tx, poll, "poll-picture")] == ["sent", "pending"]


def test_a_poll_that_is_closed_before_its_message_stands_is_owed_its_picture_with_that(tx: Connection) -> None:
    poll = closed(tx, asks(tx))
    assert owed(tx, poll, "poll-") == []
    posted(tx, poll)
    assert [kind for kind, _, _ in owed(tx, poll, "poll-")] == ["poll-picture"]


def test_by_mechanism_the_table_of_answers_follows_in_the_thread(tx: Connection) -> None:
    poll = posted(tx, asks(tx, by_mechanism=True))
    mechanisms.add(tx, poll.workspace, [(MechanismFacts(each, each.upper()), "UTC") for each in ("arcp", "bali")])
    arcp = next(each for each in mechanisms.every(tx, poll.workspace) if each.facts.code == "arcp")
    belongs = {"workspace_id": poll.workspace, "poll_id": poll.id, "voice": str(arcp.id)}
    chu = members.meet(tx, CHU).id
    voice = {"clicked": "1.1", "member_id": chu, "mechanism_id": arcp.id, "how": "letter", "changed_at": NOW}
    tx.execute(poll_tables.voices.insert().values(belongs | voice))
    tx.execute(poll_tables.ballots.insert().values(belongs | {"slot": 0, "option_id": poll.options[0].id}))
    closed(tx, poll)
    assert [kind for kind, _, _ in owed(tx, poll, "poll-")] == ["poll-picture", "poll-sheet"]
    result = poll_files.result(tx, stands(tx, poll))
    assert isinstance(result, NamedResult)
    told = [(each.name, each.code, each.given and (each.given.chosen, each.given.how)) for each in result.table]
    assert told == [("ARCP", "arcp", (("A",), "letter")), ("BALI", "bali", None)]
    assert (result.could, result.voted) == (2, 1)


def test_a_file_of_a_poll_that_was_opened_again_is_not_sent(tx: Connection) -> None:
    poll = posted(tx, asks(tx))
    closed(tx, poll)
    (picture,) = claims(tx, poll, "poll-picture")
    poll_running.reopen(tx, BEN, poll.number, None, now=NOW)
    found = deliveries.to_send(tx, picture, now=NOW, real_now=NOW)
    assert found == Pointless(DeliveryState.SUPERSEDED, "poll-reopened")


def test_of_a_poll_whose_message_is_gone_nothing_is_owed_to_its_thread(tx: Connection) -> None:
    poll = posted(tx, asks(tx))
    tx.execute(tables.messages.update().where(tables.messages.c.poll_id == poll.id).values(lost="message_not_found"))
    closed(tx, poll)
    assert owed(tx, poll, "poll-") == []


def test_an_export_is_a_direct_message_and_two_files_in_its_thread_and_can_be_asked_for_again(tx: Connection) -> None:
    poll = asks(tx)
    clicks(tx, CHU, poll)
    poll_files.export(tx, BEN, poll.number, now=NOW)
    (message,) = claims(tx, poll, "poll-export")
    assert isinstance(deliveries.to_send(tx, message, now=NOW, real_now=NOW), PollExport)
    deliveries.finish(tx, message, Sent(ChannelId("D1"), "3.1"), 0, real_now=NOW)
    files = claims(tx, poll, "poll-workbook", "poll-table")
    assert {(each.kind, each.channel, each.thread) for each in files} == {
        ("poll-workbook", "D1", "3.1"),
        ("poll-table", "D1", "3.1"),
    }
    (table,) = [each for each in files if each.kind == "poll-table"]
    subject = deliveries.to_send(tx, table, now=NOW, real_now=NOW)
    assert isinstance(subject, PollFile)
    document = documents.document(load(), subject, table, NOW)
    assert document.name == file_name(poll, table.key, "poll-table")
    assert "U3,A,U3,by button" in document.content.decode("utf-8-sig")
    poll_files.export(tx, BEN, poll.number, now=NOW)
    assert len(owed(tx, poll, "poll-export")) == 2


def test_an_export_is_for_who_runs_it_and_waits_for_counts_that_are_hidden(tx: Connection) -> None:
    poll, hidden = asks(tx), asks(tx, anonymous=True)
    assert key(lambda: poll_files.export(tx, CHU, poll.number, now=NOW)) == "poll-not-yours"
    assert key(lambda: poll_files.export(tx, BEN, hidden.number, now=NOW)) == "poll-results-later"


def test_an_anonymous_result_has_counts_alone(tx: Connection) -> None:
    poll = asks(tx, anonymous=True)
    for each in (CHU, DEE):
        clicks(tx, each, poll)
    result = poll_files.result(tx, closed(tx, poll))
    assert isinstance(result, AnonymousResult)
    assert [each.votes for each in result.tallies] == [2, 0]
    assert result.voted == 2


def test_whoever_took_their_vote_back_stands_in_no_table(tx: Connection) -> None:
    poll = asks(tx)
    clicks(tx, CHU, poll)
    clicks(tx, DEE, poll, 1)
    chu = poll_tables.ballots.c.voice == str(MemberId(members.meet(tx, CHU).id))
    tx.execute(poll_tables.ballots.delete().where(chu))
    result = poll_files.result(tx, stands(tx, poll))
    assert isinstance(result, NamedResult)
    assert [each.name for each in result.answers] == [DEE.user]


def test_a_files_name_is_of_plain_letters_whatever_the_question_is_written_in(tx: Connection) -> None:
    poll = asks(tx)
    name = file_name(poll, "k", "poll-picture")
    assert name.isascii()
    assert name.endswith(".png")


def test_an_export_under_way_is_not_drawn_once_its_poll_hides_its_counts_again(tx: Connection) -> None:
    poll = closed(tx, asks(tx, progress=False))
    poll_files.export(tx, BEN, poll.number, now=NOW)
    poll_files.export(tx, BEN, poll.number, now=NOW)
    first, second = claims(tx, poll, "poll-export")
    deliveries.finish(tx, first, Sent(ChannelId("D1"), "3.1"), 0, real_now=NOW)
    files = claims(tx, poll, "poll-workbook", "poll-table")
    poll_running.reopen(tx, BEN, poll.number, None, now=NOW)
    hidden = Pointless(DeliveryState.SUPERSEDED, "counts-hidden")
    assert [deliveries.to_send(tx, each, now=NOW, real_now=NOW) for each in (second, *files)] == [hidden] * 3


def test_no_file_is_drawn_of_a_poll_that_was_deleted(tx: Connection) -> None:
    poll = closed(tx, asks(tx))
    poll_files.export(tx, BEN, poll.number, now=NOW)
    (message,) = claims(tx, poll, "poll-export")
    deliveries.finish(tx, message, Sent(ChannelId("D1"), "3.1"), 0, real_now=NOW)
    files = claims(tx, poll, "poll-workbook", "poll-table")
    poll_running.delete(tx, BEN, poll.id, now=NOW)
    gone = Pointless(DeliveryState.CANCELLED, "poll-deleted")
    assert [deliveries.to_send(tx, each, now=NOW, real_now=NOW) for each in files] == [gone] * 2
