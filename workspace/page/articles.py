"""One message as it is shown: who says it and when, what it says, its files, and how its thread goes on."""

from datetime import UTC, datetime

from workspace.messages import Ephemeral, Message, to_micros
from workspace.page import attachments, blocks, dates, mrkdwn
from workspace.page.markup import Html, join, tag
from workspace.page.reader import Reader, name_of, role_of
from workspace.page.sheet import Sheet
from workspace.state import Workspace

Shown = Message | Ephemeral

TONES = 6
APP = "App"
PRIVATE = "Only visible to you, and gone when the page is reloaded"


def article(workspace: Workspace, shown: Shown, sheet: Sheet, replies: list[Message] | None) -> Html:
    """`replies` is None where there can be none."""
    author = _author(workspace, shown)
    is_private = isinstance(shown, Ephemeral)
    private = tag("p", PRIVATE, class_="private") if is_private else Html()
    below = Html() if replies is None else _thread(shown, replies, sheet.reader)
    parts = (private, _heading(author, shown, sheet.reader), _content(shown, sheet), _files(shown), below)
    kind = "ephemeral" if is_private else "message"
    marks = {"class_": kind, "data_testid": kind, "data_kind": kind, "data_ts": shown.ts}
    return tag("article", _avatar(author[0]), tag("div", *parts, class_="body"), **marks)


def said_at(shown: Shown) -> datetime:
    return datetime.fromtimestamp(to_micros(shown.ts) / 1_000_000, UTC)


def _avatar(name: str) -> Html:
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    return tag("div", initials, class_=f"avatar tone-{sum(name.encode()) % TONES}", aria_hidden="true")


def _author(workspace: Workspace, shown: Shown) -> tuple[str, str]:
    """A name and what to write small behind it. What Slack itself says to one person comes from Slackbot."""
    if isinstance(shown, Ephemeral):
        return (name_of(workspace.members[workspace.bot_user_id]), APP) if shown.is_bot else ("Slackbot", "")
    member = workspace.members[shown.user]
    return name_of(member), APP if shown.is_bot else role_of(member)


def _heading(author: tuple[str, str], shown: Shown, reader: Reader) -> Html:
    name, what = author
    local = reader.local(said_at(shown))
    time = tag("time", dates.clock(local), datetime=local.isoformat(), title=dates.moment(local, reader))
    label = tag("span", what, class_="app" if what == APP else "role", dir="auto") if what else Html()
    notes = tag("span", _notes(shown), class_="notes") if _notes(shown) else Html()
    return tag("header", tag("strong", name, dir="auto"), label, time, notes)


def _notes(shown: Shown) -> str:
    if isinstance(shown, Ephemeral):
        return ""
    in_thread = "replied in a thread" if shown.is_reply and shown.is_broadcast else ""
    return " ".join(filter(None, (in_thread, "(edited)" if shown.edited else "")))


def _content(shown: Shown, sheet: Sheet) -> Html:
    if shown.blocks:
        return tag("div", blocks.render(shown.blocks, sheet), class_="content")
    return tag("div", mrkdwn.render(shown.text, sheet.reader), class_="content said", dir="auto")


def _files(shown: Shown) -> Html:
    files = shown.files if isinstance(shown, Message) else []
    return tag("div", join(map(attachments.draw, files)), class_="files") if files else Html()


def _thread(shown: Shown, replies: list[Message], reader: Reader) -> Html:
    """How many replies there are; the way into the thread, also before there is any."""
    marks = {"type": "button", "id": f"open/{shown.ts}", "data_thread": shown.ts, "data_testid": "thread-open"}
    if not replies:
        return tag("button", "Reply in thread", class_="thread-begin", **marks)
    counted = "1 reply" if len(replies) == 1 else f"{len(replies)} replies"
    last = dates.wall(reader.local(said_at(replies[-1])))
    return tag("button", tag("strong", counted), tag("span", f" last on {last}"), class_="thread-open", **marks)
