import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.page.readers import reader
from workspace.page import traffic
from workspace.traffic import KEPT, Traffic


@dataclass
class Answer:
    body: bytes = b'{"ok": true}'
    status: int | None = 200
    error: str | None = None
    elapsed_s: float = 0.012


@pytest.fixture
def passed() -> Traffic:
    return Traffic(lambda: datetime(2020, 9, 24, 7, tzinfo=UTC), lambda: None)


def call(passed: Traffic, name: str, answer: Answer | None = None, **sent: Any) -> None:
    passed.note(answer or Answer(), json.dumps(sent).encode(), is_to_bot=False, name=name)


def shown(passed: Traffic, sieve: str = "") -> list[str]:
    return [item.html for item in traffic.items(passed, reader(), sieve)]


def test_the_newest_stands_first_in_the_readers_time(passed: Traffic) -> None:
    call(passed, "auth.test")
    call(passed, "chat.postMessage", text="hello")
    html = shown(passed)
    assert "chat.postMessage" in html[0]
    assert ">09:00:00</time>" in html[0]
    assert "12 ms" in html[0]


def test_an_error_of_slacks_is_said(passed: Traffic) -> None:
    call(passed, "chat.update", Answer(b'{"ok": false, "error": "not_in_channel"}'))
    assert "error: not_in_channel" in shown(passed)[0]


def test_silence_is_an_error(passed: Traffic) -> None:
    call(passed, "chat.update", Answer(b"", None, "no answer"))
    assert "error: no answer" in shown(passed)[0]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"command": "/signup", "text": "afternoon"}, "/signup"),
        ({"type": "block_actions", "actions": [{"action_id": "vote"}]}, "block_actions vote"),
        ({"type": "view_submission", "view": {"callback_id": "poll"}}, "view_submission poll"),
        ({"type": "event_callback", "event": {"type": "app_home_opened"}}, "app_home_opened"),
    ],
)
def test_a_request_to_the_bot_bears_a_name(passed: Traffic, sent: Any, name: str) -> None:
    passed.note(Answer(b""), json.dumps(sent).encode(), is_to_bot=True)
    assert f"<strong>{name}</strong>" in shown(passed)[0]


def test_tokens_and_the_keys_of_response_urls_are_masked(passed: Traffic) -> None:
    form = {"token": "secret1", "text": "xoxb-2-secret2", "response_url": "http://x/response/secret3"}
    passed.note(Answer(b"xapp-secret4"), urlencode(form).encode(), is_to_bot=False, name="chat.postMessage")
    assert "secret" not in shown(passed)[0]
    assert "•••" in shown(passed)[0]


def test_what_is_sifted_for_may_stand_anywhere_in_it(passed: Traffic) -> None:
    call(passed, "chat.update", text="Tally")
    call(passed, "users.info", user="U1")
    assert len(shown(passed, "tally")) == len(shown(passed, "u1")) == len(shown(passed, "chat.")) == 1


def test_only_the_latest_are_kept(passed: Traffic) -> None:
    for _ in range(KEPT + 1):
        call(passed, "api.test")
    assert len(list(passed)) == KEPT
    assert next(iter(passed)).number == 2
