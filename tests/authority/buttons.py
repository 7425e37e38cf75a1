"""The buttons and menus, in messages and in forms."""

from __future__ import annotations

from collections.abc import Sequence

from bot.view import drafts, poll_forms, polls, signup_forms, signups, troubles, webinar_forms, webinars
from tests.authority.rows import BY_ORGANISERS, BY_WHO_MADE_IT, BY_WHO_RUNS_IT, NEVER, Pressed, Who

BUTTONS: Sequence[Pressed] = (
    Pressed(people="Sign up", action=signups.TAKE, carries="session", on="webinar", says="You have a seat in"),
    Pressed(people="Move to", action=signups.MOVE, carries="other", on="seat", says="You have moved from"),
    Pressed(
        people="Give back my seat", action=signups.GIVE_BACK, carries="session", on="seat", says="You have given back"
    ),
    Pressed(
        people="Give back my seat, under the webinar",
        action=signups.LEAVE,
        carries="webinar",
        on="seat",
        says="You have given back",
    ),
    Pressed(
        people="Calendar file", action=signups.CALENDAR, carries="session", on="seat", says="to your direct messages"
    ),
    Pressed(people="No more reminders", action=signups.REMINDERS_OFF, says="You will get no more reminders"),
    Pressed(people="Turn reminders on", action=signups.REMINDERS_ON, says="You will be reminded"),
    Pressed(
        people="Edit, beside a webinar",
        action=webinars.EDIT,
        carries="w",
        on="webinar",
        opens=webinar_forms.EDIT,
        refused=BY_ORGANISERS,
    ),
    Pressed(
        people="Send again",
        action=troubles.SEND_AGAIN,
        carries="delivery",
        on="trouble",
        says="being sent again",
        refused=BY_ORGANISERS,
    ),
    Pressed(
        people="Let it be",
        action=troubles.LET_BE,
        carries="delivery",
        on="trouble",
        says="left as it is",
        refused=BY_ORGANISERS,
    ),
    Pressed(people="Vote", action=polls.VOTE, carries="option", on="poll", says="Your vote in"),
    Pressed(people="My vote", action=polls.MENU, entry=polls.MINE, carries="poll", on="poll", says="You have no vote"),
    Pressed(
        people="Take back my vote",
        action=polls.MENU,
        entry=polls.TAKE_BACK,
        carries="poll",
        on="poll",
        says="You have no vote",
    ),
    Pressed(
        people="Who chose what, of a named poll",
        action=polls.MENU,
        entry=polls.WHO,
        carries="poll",
        on="named poll",
        says="Nobody has voted",
    ),
    Pressed(
        people="Close the poll, of one’s own",
        action=polls.MENU,
        entry=polls.CLOSE,
        carries="poll",
        on="own poll",
        says="is closed",
        refused=BY_WHO_MADE_IT,
    ),
    Pressed(
        people="Close the poll, of somebody else’s",
        action=polls.MENU,
        entry=polls.CLOSE,
        carries="poll",
        on="poll",
        says="is closed",
        refused=BY_WHO_RUNS_IT,
    ),
    Pressed(
        people="Take the poll back, within a minute",
        action=polls.TAKE_POLL_BACK,
        carries="poll",
        on="own poll",
        says="is taken back",
        refused=BY_WHO_MADE_IT,
        of_another="poll-not-yours",
    ),
    Pressed(
        people="Use 1, under an answer of one’s own",
        action=drafts.USE,
        carries="draft",
        on="draft",
        says="*W{w}: ",
        refused={Who.OUTSIDER: NEVER},
        of_another="draft-gone",
    ),
    Pressed(
        people="Open the form, under an answer of one’s own",
        action=drafts.FILL_IN,
        carries="draft",
        on="draft",
        opens=signup_forms.SIGN_UP,
        refused={Who.OUTSIDER: NEVER},
        of_another="draft-gone",
    ),
    Pressed(
        people="Webinar, in the form of `/signup`",
        action=signup_forms.WEBINAR,
        carries="webinar",
        inside=("signup", ""),
        on="webinar",
        says="*W{w}: ",
    ),
    Pressed(
        people="Another session, in the form of `/webinar`",
        action=webinar_forms.ADD_SESSION,
        carries="rows",
        inside=("webinar", "new"),
        on="three rows",
        says="Session 4",
        refused=BY_ORGANISERS,
    ),
    Pressed(
        people="Discard, in the form of `/poll`",
        action=poll_forms.DISCARD,
        carries="draft",
        inside=("poll", ""),
        on="draft",
        says="The draft is discarded",
    ),
    Pressed(people="A vote in the draft of a poll, which does nothing", action=poll_forms.SHOWN, inside=("poll", "")),
)
