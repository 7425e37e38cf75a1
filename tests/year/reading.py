"""The messages that stand in the workspace, in the model's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from tests.year.making import LINK
from tests.year.model import CHANNEL, Part, Told
from workspace.messages import Message
from workspace.shown import plain
from workspace.state import Workspace

SAID = re.compile(
    r"^(?:The \*(?P<label>\w+)\* session(?: of \*(?P<title>[\w ]+)\*)?|\*(?P<alone>[\w ]+)\*) "
    r"(?P<what>has been moved to another time|has been cancelled|takes place after all|starts in [\w ]+)\.",
    re.MULTILINE,
)
SEVERAL = re.compile(r"^Changes in \*W\d+: (?P<title>[\w ]+)\*:")
KINDS = {
    "has been moved to another time": "moved",
    "has been cancelled": "cancelled",
    "takes place after all": "reopened",
}
START = re.compile(r"^Your time: \*<!date\^(\d+)\^", re.MULTILINE)
BEFORE = re.compile(r"^(?:Before:|It was planned for) \w+ (\d+ \w+ \d+), (\d\d:\d\d)–", re.MULTILINE)
REPORT = "Some messages could not be sent, or may not have arrived."
ANNOUNCED = re.compile(r"Topic \d+")


def told(workspace: Workspace, channel: str, people: Mapping[str, str]) -> list[Told]:
    """What stands in the channel and in the direct messages of `people`, whose names are given by their ids.

    Not the reports of what came too late while the bot was down: tests/wire/test_troubles.py holds those.
    """
    found = [_told(message, CHANNEL) for message in workspace.messages(channel)]
    return found + [
        _told(message, name)
        for user, name in people.items()
        for message in workspace.direct_messages(user)
        if not message.text.startswith(REPORT)
    ]


def _told(message: Message, recipient: str) -> Told:
    return Told(datetime.fromtimestamp(int(message.ts.partition(".")[0]), UTC), recipient, tuple(_parts(message)))


def _parts(message: Message) -> Iterator[Part]:
    text = plain(message)
    said, several = list(SAID.finditer(text)), SEVERAL.match(text)
    if not said:
        announced = ANNOUNCED.search(text)
        yield Part("announced" if announced else f"unknown: {text}", announced[0] if announced else "")
    for place, each in enumerate(said):
        end = said[place + 1].start() if place + 1 < len(said) else len(text)
        title = each["title"] or each["alone"] or (several["title"] if several else "")
        yield _part(each, title, text[each.end() : end])


def _part(said: re.Match[str], title: str, rest: str) -> Part:
    kind = KINDS.get(said["what"]) or ("last reminder" if LINK in rest else "reminder")
    start, before = START.search(rest), BEFORE.search(rest)
    return Part(
        kind,
        title,
        said["label"] or "",
        start and datetime.fromtimestamp(int(start[1]), UTC),
        before and datetime.strptime(f"{before[1]} {before[2]}", "%d %b %Y %H:%M"),  # noqa: DTZ007 - a wall time
    )
