"""What a member sees in a room, oldest first: its messages, what was said to them alone, and a line for each day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from workspace.inputs import Place
from workspace.members import Channel, Member
from workspace.messages import Ephemeral, Message, to_micros
from workspace.page import blocks, dates, mrkdwn
from workspace.page.markup import Html, tag
from workspace.page.reader import Reader, name_of, reader_of, role_of
from workspace.page.sheet import Sheet
from workspace.state import Workspace

LATEST = 200
"""How many messages of a room are shown."""

TONES = 6
Shown = Message | Ephemeral
Pressed = frozenset[tuple[str, Place]]
"""The elements being pressed just now, each with the `ts` of its message."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the room. Its key stays when its HTML changes."""

    key: str
    html: Html


def items(workspace: Workspace, viewer: Member, room: Channel, pressed: Pressed = frozenset()) -> Iterator[Item]:
    shown: list[Shown] = [*workspace.messages(room.id)[-LATEST:], *workspace.ephemerals(viewer.id, room.id)]
    reader = reader_of(workspace, viewer)
    last: date | None = None
    for one in sorted(shown, key=lambda one: to_micros(one.ts)):
        at = said_at(one)
        today = reader.local(at).date()
        if today != last:
            line = tag("div", tag("span", dates.full_day(reader.local(at))), class_="day", role="separator")
            yield Item(today.isoformat(), line)
        last = today
        yield Item(one.ts, _item(workspace, one, _sheet(workspace, viewer, one, reader, pressed)))


def said_at(shown: Shown) -> datetime:
    return datetime.fromtimestamp(to_micros(shown.ts) / 1_000_000, UTC)


def _sheet(workspace: Workspace, viewer: Member, shown: Shown, reader: Reader, pressed: Pressed) -> Sheet:
    return Sheet(
        ts=shown.ts,
        reader=reader,
        pressed=frozenset(place for ts, place in pressed if ts == shown.ts),
        chosen=workspace.entered.get((shown.channel, shown.ts, viewer.id), {}),
    )


def _item(workspace: Workspace, shown: Shown, sheet: Sheet) -> Html:
    author = _author(workspace, shown)
    name, is_private = author[0], isinstance(shown, Ephemeral)
    private = tag("p", "Only visible to you", class_="private") if is_private else Html()
    kind = "ephemeral" if is_private else "message"
    body = tag("div", private, _heading(author, shown, sheet.reader), _content(shown, sheet), class_="body")
    avatar = tag("div", _initials(name), class_=f"avatar tone-{sum(name.encode()) % TONES}", aria_hidden="true")
    return tag("article", avatar, body, class_=kind, data_testid=kind, data_kind=kind, data_ts=shown.ts)


def _author(workspace: Workspace, shown: Shown) -> tuple[str, str]:
    """A name and what to write small behind it. What Slack itself says to one person comes from Slackbot."""
    if isinstance(shown, Ephemeral):
        return (name_of(workspace.members[workspace.bot_user_id]), "App") if shown.is_bot else ("Slackbot", "")
    member = workspace.members[shown.user]
    return name_of(member), "App" if shown.is_bot else role_of(member)


def _heading(author: tuple[str, str], shown: Shown, reader: Reader) -> Html:
    name, what = author
    local = reader.local(said_at(shown))
    time = tag("time", dates.clock(local), datetime=local.isoformat(), title=dates.moment(local, reader))
    label = tag("span", what, class_="app" if what == "App" else "role") if what else Html()
    notes = tag("span", _notes(shown), class_="notes") if _notes(shown) else Html()
    return tag("header", tag("strong", name), label, time, notes)


def _notes(shown: Shown) -> str:
    if isinstance(shown, Ephemeral):
        return ""
    in_thread = "in a thread" if shown.is_reply else ""
    return " ".join(filter(None, (in_thread, "(edited)" if shown.edited else "")))


def _content(shown: Shown, sheet: Sheet) -> Html:
    said = blocks.render(shown.blocks, sheet) if shown.blocks else mrkdwn.render(shown.text, sheet.reader)
    return tag("div", said, class_="content")


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()
