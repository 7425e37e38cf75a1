"""What stands under the composer: the commands there are, or why there are none for this person."""

from collections.abc import Sequence

from workspace.members import Member
from workspace.page.markup import Html, join, tag
from workspace.page.reader import name_of
from workspace.page.scene import Command

KEYS = "Enter sends, Shift+Enter begins a new line."


def commands(offered: Sequence[Command]) -> Html:
    buttons = [
        tag(
            "button",
            each.name,
            type="button",
            title=f"{each.description}\n{each.name} {each.usage}",
            data_insert=each.name,
        )
        for each in offered
    ]
    return join((tag("span", "Commands:"), *buttons, tag("span", KEYS)))


def outsider(viewer: Member) -> Html:
    said = (
        " comes from another workspace, into a channel that is shared with it. Slack lets people from outside write"
        " and press buttons here, but not use our commands."
    )
    return tag("p", tag("bdi", name_of(viewer)), said, data_testid="outsider")
