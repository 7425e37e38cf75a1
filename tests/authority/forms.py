"""The forms, as they are sent in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.view import invitation_forms, mechanism_forms, poll_forms, represent_forms, signup_forms, webinar_forms
from tests.authority.rows import BY_FULL_MEMBERS, BY_ORGANISERS, BY_WHO_IS_INVITED, Sent

FORMS: Sequence[Sent] = (
    Sent(
        people="Sign up",
        form=signup_forms.SIGN_UP,
        typed=("signup", ""),
        filled={"session:{webinar}": "{session}"},
        on="webinar",
        says="You have a seat in",
    ),
    Sent(
        people="Make a webinar",
        form=webinar_forms.MAKE,
        typed=("webinar", "new"),
        filled={
            "title": "Of {n}",
            "zone": "Europe/Zurich",
            "date": "2026-12-10",
            "label-1": "morning",
            "start-1": "09:00",
            "end-1": "11:00",
            "leads": "1d",
            "channel": "{channel}",
        },
        says="is made",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Edit a webinar",
        form=webinar_forms.EDIT,
        typed=("webinar", "edit W{w}"),
        filled={"title": "Of {n}", "leads": "1d"},
        on="webinar",
        says="is changed",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Move a webinar",
        form=webinar_forms.MOVE,
        typed=("webinar", "move W{w}"),
        filled={"date-{session}-0": "2026-12-11", "start-{session}-0": "09:00", "end-{session}-0": "11:00"},
        on="webinar",
        says="Moved in",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Ask a poll, which shows its draft",
        form=poll_forms.ASK,
        typed=("poll", ""),
        filled={"question": "Of {n}?", "options": "A\nB", "choices": "one"},
        says="Only you see this draft",
        refused=BY_FULL_MEMBERS,
    ),
    Sent(
        people="Post the draft of a poll",
        form=poll_forms.POST,
        typed=("poll", '"Of {n}?" "A" "B"'),
        filled={},
        says="is being posted",
        refused=BY_FULL_MEMBERS,
    ),
    Sent(
        people="Add a mechanism",
        form=mechanism_forms.ADD,
        typed=("consult", "mechanisms add"),
        filled={"name": "Of {n}", "status": "active"},
        says="is in the register now",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Edit a mechanism",
        form=mechanism_forms.EDIT,
        typed=("consult", 'mechanisms edit "{mechanism}"'),
        filled={"name-{revision}": "Of {n}", "status-{revision}": "active"},
        on="mechanism",
        says="is changed",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Name representatives",
        form=represent_forms.REPRESENT,
        typed=("consult", "represent"),
        filled={"name": "Ms {n} Perera", "how": "letter", "mechanism": "{mechanism_id}", "role": "chair"},
        on="mechanism",
        says="speaks for",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Invite to a webinar, which shows the letter",
        form=invitation_forms.INVITE,
        typed=("webinar", "invite W{w}"),
        filled={"audience": "Colombo Process", "letter": "Dear {{name}}", "nudges": "2d"},
        on="invited",
        says="No letter will be sent now",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Send the letters",
        form=invitation_forms.SEND,
        typed=("webinar", "invite W{w} Colombo Process"),
        filled={},
        on="invited",
        says="nothing new to send",
        refused=BY_ORGANISERS,
    ),
    Sent(
        people="Someone else will",
        form=invitation_forms.INSTEAD,
        typed=("webinar", "instead W{w}"),
        filled={"name": "Ms Perera {n}"},
        on="invited",
        says="no account here",
        refused=BY_WHO_IS_INVITED,
    ),
)
