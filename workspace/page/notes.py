"""What the page says of itself: that it stands in for Slack, and where it differs."""

from workspace.page.markup import Html, join, tag

STAND_IN = "This stands in for Slack. The people are invented, and nothing leaves this computer."
DIFFERS = (
    "Dates, times and moments are picked in the browser’s own fields, on its own clock of 12 or 24 hours.",
    "Rich text, video, tables and selects that load their options from the bot are not drawn; their place says so.",
    "Messages are plain mrkdwn: no reactions, no search, no editing by people, few emoji by name.",
    "Threads have no list of their own, and their replies no unread mark.",
    "Times in messages are on a 24-hour clock. Slack leaves that to each person.",
    "A file’s kind is told by its name alone, and documents have no preview.",
    "The app’s name and picture are plain; there is no About tab.",
    "A form stays open when the page is reloaded, without what was typed. Slack closes it.",
)


def note() -> Html:
    listed = tag("ul", join(tag("li", line) for line in DIFFERS))
    differs = tag("details", tag("summary", "What differs from Slack", id="differs"), listed, data_testid="differs")
    return join((tag("p", STAND_IN), differs))
