"""What a member sees in a room or a thread, oldest first: what was said, to all or to them alone, by days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workspace.inputs import Place
from workspace.members import Channel, Member
from workspace.messages import Ephemeral, Message, to_micros
from workspace.page import dates
from workspace.page.articles import Shown, article, said_at
from workspace.page.markup import Html, tag
from workspace.page.reader import Reader, reader_of
from workspace.page.sheet import Sheet
from workspace.state import Workspace

LATEST = 200
"""How many messages of a room are shown."""

IN_THREAD = "thread:"
"""Begins the ids of what stands in the thread, and maybe in the room as well."""

Pressed = frozenset[tuple[str, Place]]
"""The elements being pressed just now, each with the `ts` of its message."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the room. Its key stays when its HTML changes."""

    key: str
    html: Html


def items(workspace: Workspace, viewer: Member, room: Channel, pressed: Pressed = frozenset()) -> Iterator[Item]:
    """The room. Replies stand in their threads, under the message that began it, unless they were sent here too."""
    messages = workspace.messages(room.id)
    own = [each for each in messages if not each.is_reply or each.is_broadcast]
    shown: list[Shown] = [*own[-LATEST:], *workspace.ephemerals(viewer.id, room.id)]
    reader = reader_of(workspace, viewer)
    for one, line in _with_days(sorted(shown, key=lambda one: to_micros(one.ts)), reader):
        yield from line
        sheet = _sheet(workspace, viewer, one, reader, pressed)
        yield Item(one.ts, article(workspace, one, sheet, _replies(messages, one)))


def thread(workspace: Workspace, viewer: Member, start: Message, pressed: Pressed = frozenset()) -> Iterator[Item]:
    """The message that began the thread, and the replies."""
    replies = [each for each in workspace.messages(start.channel) if each.is_reply and each.thread_ts == start.ts]
    reader = reader_of(workspace, viewer)
    for one in (start, *replies):
        sheet = _sheet(workspace, viewer, one, reader, pressed, copy=IN_THREAD)
        yield Item(one.ts, article(workspace, one, sheet, None))


def _replies(messages: list[Message], shown: Shown) -> list[Message] | None:
    """What was answered in its thread; nothing where no thread can begin."""
    if isinstance(shown, Ephemeral) or shown.is_reply:
        return None
    return [each for each in messages if each.is_reply and each.thread_ts == shown.ts]


def _with_days(shown: Iterable[Shown], reader: Reader) -> Iterator[tuple[Shown, list[Item]]]:
    last: date | None = None
    for one in shown:
        local = reader.local(said_at(one))
        yield one, [] if local.date() == last else [Item(local.date().isoformat(), _line(local))]
        last = local.date()


def _line(local: datetime) -> Html:
    return tag("div", tag("span", dates.full_day(local)), class_="day", role="separator")


def _sheet(
    workspace: Workspace, viewer: Member, shown: Shown, reader: Reader, pressed: Pressed, *, copy: str = ""
) -> Sheet:
    return Sheet(
        source=shown.ts,
        reader=reader,
        copy=copy,
        pressed=frozenset(place for ts, place in pressed if ts == shown.ts),
        chosen=workspace.entered.get((shown.channel, shown.ts, viewer.id), {}),
    )
