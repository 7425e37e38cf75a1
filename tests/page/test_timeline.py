from datetime import UTC, datetime, timedelta

import pytest

from workspace.clock import SimulatedClock
from workspace.files import SharedFile
from workspace.members import Channel, Member
from workspace.messages import Ephemeral, Message
from workspace.page import timeline
from workspace.state import Workspace


@pytest.fixture
def slack() -> Workspace:
    return Workspace(clock=SimulatedClock(start=datetime(2020, 9, 24, 7, tzinfo=UTC)))


@pytest.fixture
def maya(slack: Workspace) -> Member:
    return slack.admit("maya", real_name="Maya Solan (chair)", zone="Asia/Kathmandu")


@pytest.fixture
def ben(slack: Workspace) -> Member:
    return slack.admit("ben", zone="America/Lima")


@pytest.fixture
def room(slack: Workspace, maya: Member, ben: Member) -> Channel:
    return slack.open_channel("general", [maya.id, ben.id])


def say(slack: Workspace, room: Channel, author: str, text: str) -> Message:
    is_bot = author == slack.bot_user_id
    return slack.put_message(Message(channel=room.id, ts=slack.next_ts(), user=author, is_bot=is_bot, text=text))


def shown(slack: Workspace, viewer: Member, room: Channel) -> list[str]:
    return [item.html for item in timeline.items(slack, viewer, room)]


def test_a_message_bears_its_author_and_the_time_in_the_viewers_zone(
    slack: Workspace, maya: Member, ben: Member, room: Channel
) -> None:
    said = say(slack, room, maya.id, "hello")
    assert f'data-testid="message" data-kind="message" data-ts="{said.ts}"' in shown(slack, maya, room)[1]
    assert ">12:45</time>" in shown(slack, maya, room)[1]
    assert ">02:00</time>" in shown(slack, ben, room)[1]
    assert (
        '<strong dir="auto">Maya Solan</strong><span class="role" dir="auto">chair</span>' in shown(slack, ben, room)[1]
    )


def test_a_message_of_the_bot_says_so(slack: Workspace, maya: Member, room: Channel) -> None:
    say(slack, room, slack.bot_user_id, "hello")
    assert '<strong dir="auto">Convene</strong><span class="app" dir="auto">App</span>' in shown(slack, maya, room)[1]


def test_an_ephemeral_message_is_shown_to_its_person_alone(
    slack: Workspace, maya: Member, ben: Member, room: Channel
) -> None:
    slack.put_ephemeral(Ephemeral(channel=room.id, user=maya.id, ts=slack.next_ts(), text="a seat"))
    assert "Only visible to you" in shown(slack, maya, room)[1]
    assert shown(slack, ben, room) == []


def test_replies_stand_in_their_thread_and_are_counted_under_what_began_it(
    slack: Workspace, maya: Member, ben: Member, room: Channel
) -> None:
    start = say(slack, room, maya.id, "first")
    reply = slack.put_message(
        Message(channel=room.id, ts=slack.next_ts(), user=ben.id, is_bot=False, text="in a thread", thread_ts=start.ts)
    )
    assert "<strong>1 reply</strong>" in shown(slack, maya, room)[-1]
    assert [item.key for item in timeline.items(slack, maya, room)][1:] == [start.ts]
    assert [item.key for item in timeline.thread(slack, maya, start)] == [start.ts, reply.ts]


def test_a_reply_sent_to_the_channel_too_stands_in_both(slack: Workspace, maya: Member, room: Channel) -> None:
    start = say(slack, room, maya.id, "first")
    slack.put_message(
        Message(
            channel=room.id,
            ts=slack.next_ts(),
            user=maya.id,
            is_bot=False,
            text="for all",
            thread_ts=start.ts,
            is_broadcast=True,
        )
    )
    assert "replied in a thread" in shown(slack, maya, room)[-1]


def test_a_picture_is_shown_with_its_words_and_another_file_by_its_name(
    slack: Workspace, maya: Member, room: Channel
) -> None:
    files = [
        SharedFile(id="F1", name="chart.png", size=12_345, title="The chart", alt_text="Bars, rising"),
        SharedFile(id="F2", name="list.csv", size=7),
    ]
    slack.put_message(Message(channel=room.id, ts=slack.next_ts(), user=maya.id, is_bot=False, files=files))
    html = shown(slack, maya, room)[1]
    assert '<img src="/files/F1" alt="Bars, rising"' in html
    assert 'download="list.csv" data-testid="file">list.csv</a>' in html
    assert "chart.png, 12 kB" in html
    assert html.count("<img") == 1


def test_each_day_of_the_viewer_begins_with_its_date(slack: Workspace, maya: Member, room: Channel) -> None:
    say(slack, room, maya.id, "today")
    slack.clock.advance(timedelta(hours=12))
    say(slack, room, maya.id, "after midnight in Kathmandu")
    keys = [item.key for item in timeline.items(slack, maya, room)]
    assert [keys[0], keys[2]] == ["2020-09-24", "2020-09-25"]


def test_a_changed_message_keeps_its_key(slack: Workspace, maya: Member, room: Channel) -> None:
    said = say(slack, room, maya.id, "first")
    before = [item.key for item in timeline.items(slack, maya, room)]
    slack.put_message(
        Message(channel=room.id, ts=said.ts, user=maya.id, is_bot=False, text="then", edited=slack.next_ts())
    )
    after = list(timeline.items(slack, maya, room))
    assert [item.key for item in after] == before
    assert "(edited)" in after[1].html
