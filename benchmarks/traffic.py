"""What people type and press, as Slack would send it: endless, signed, ready to be written to a connection."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from itertools import count
from urllib.parse import urlencode

from benchmarks.load import Request
from workspace import payloads
from workspace.blocks import elements_of
from workspace.members import Channel, Member
from workspace.messages import Message, to_ts
from workspace.outgoing import FORM, sign
from workspace.state import Workspace

WEBINAR = (
    '/webinar new "Regional reviews" on {day} in Europe/Zurich morning 09:00-11:00, afternoon 16:00-18:00 seats {seats}'
)
SEATS = 100_000
POLL = '/poll "Which format?" "Event" "Submission"'
VOTERS = 500
SETTLED = 100
"""So many sign-ups after a newcomer's own is the move: it was answered long before."""

ZONES = ("Europe/Zurich", "Africa/Nairobi", "Asia/Kathmandu", "Pacific/Apia", "America/Lima")


def nothing(here: Workspace, channel: Channel) -> Iterator[Request]:
    """Commands for the twin."""
    member = here.admit("nobody")
    while True:
        yield _command(here, member, channel, "/nothing", "afternoon")


def sign_ups(here: Workspace, channel: Channel) -> Iterator[Request]:
    """By turns a newcomer who takes a seat, and somebody who has one and moves."""
    newcomers = (here.admit(f"chair{place}", zone=ZONES[place % len(ZONES)]) for place in count())
    seated: list[Member] = []
    for place, member in enumerate(newcomers):
        seated.append(member)
        yield _command(here, member, channel, "/signup", "morning", b"You have a seat in the *morning*")
        if place >= SETTLED:
            yield _command(
                here, seated[place - SETTLED], channel, "/signup", "afternoon", b"You have moved from the morning"
            )


def votes(here: Workspace, poll: Message, number: int = VOTERS) -> Iterator[Request]:
    """Everybody votes, then everybody changes their mind, again and again."""
    voters = [here.admit(f"voter{place}") for place in range(number)]
    buttons = [
        (block, element)
        for block in poll.blocks
        for element in elements_of(block)
        if element["action_id"].startswith("vote:")
    ]
    for turn in count():
        block, button = buttons[turn % len(buttons)]
        for member in voters:
            action = {
                **{name: button[name] for name in ("type", "action_id", "text", "value")},
                "block_id": block["block_id"],
                "action_ts": to_ts(here.next_micros()),
            }
            payload = payloads.interaction(here, "block_actions", member)
            payload |= payloads.of_message(here, poll, {})
            payload |= {
                "actions": [action],
                "trigger_id": here.triggers.issue(member.id),
                "response_url": f"{here.base_url}/response/{member.id}",
            }
            yield _post(here, {"payload": json.dumps(payload)})


def _command(here: Workspace, member: Member, channel: Channel, word: str, text: str, expects: bytes = b"") -> Request:
    form = payloads.command(here, member, channel, word, text)
    return _post(here, form | {"response_url": f"{here.base_url}/response/{member.id}"}, expects)


def _post(here: Workspace, form: Mapping[str, str], expects: bytes = b"") -> Request:
    body = urlencode(form).encode()
    headers = {
        "Host": "127.0.0.1",
        "User-Agent": "Slackbot 1.0",
        "Content-Type": FORM,
        "Content-Length": str(len(body)),
        **sign(here.signing_secret, body, str(int(time.time()))),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return Request(f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + body, expects)
