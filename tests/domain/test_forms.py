from __future__ import annotations

import pytest

from bot.domain.forms import form_of, mending
from bot.domain.refusals import Refusal


@pytest.mark.parametrize(
    ("command", "text", "form"),
    [
        ("signup", "evening", "signup"),
        ("signup", "", "signup"),
        ("webinar", "", "webinar-new"),
        ("webinar", "new Reviews", "webinar-new"),
        ("webinar", '"Reviews" on Friday', "webinar-new"),
        ("webinar", "Edit W1", "webinar-edit"),
        ("webinar", "Move W1 afternoon to 16:30", "webinar-move"),
        ("webinar", "move: W1", "webinar-move"),
        ("webinar", "show W1", None),
        ("webinar", "frobnicate", None),
        ("poll", "", "poll"),
        ("poll", "lunch?", "poll"),
        ("poll", '"Q" "A"', "poll"),
        ("poll", 'planned "open', "poll"),
        ("poll", "close P7", None),
        ("poll", "list", None),
        ("consult", "", None),
    ],
)
def test_a_command_text_has_the_form_that_says_the_same(command: str, text: str, form: str | None) -> None:
    assert form_of(command, text) == form


@pytest.mark.parametrize(
    ("command", "text", "key", "form"),
    [
        ("webinar", "new Reviews", "title-unquoted", "webinar-new"),
        ("webinar", "new Reviews", "organisers-only", None),
        ("webinar", "edit W9", "webinar-unknown", None),
        ("webinar", "move W1 to 16:30", "move-which", "webinar-move"),
        ("webinar", "move W9 to 16:30", "webinar-unknown", None),
        ("webinar", "move W1 pm to 16:30", "session-started", None),
        ("signup", "W9", "webinar-unknown", "signup"),
        ("poll", "Q?", "full-members-only", None),
    ],
)
def test_a_form_is_offered_only_where_it_can_mend_what_was_refused(
    command: str, text: str, key: str, form: str | None
) -> None:
    assert mending(command, text, Refusal(key)) == form
