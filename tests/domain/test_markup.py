from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.markup import decode, plain_words


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("a &amp; b", "a & b"),
        ("&lt;b&gt;", "<b>"),
        ("&amp;lt;", "&lt;"),
        ("&quot; stays", "&quot; stays"),
        ("plain", "plain"),
    ],
)
def test_entities_are_decoded_once(sent: str, meant: str) -> None:
    assert decode(sent) == meant


@given(st.text())
def test_what_slack_escapes_is_decoded_to_what_was_typed(typed: str) -> None:
    sent = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert decode(sent) == typed


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("<@U1|ana>", "@ana"),
        ("<@U1>", "@U1"),
        ("<#C1|general>", "#general"),
        ("<#C1>", "#C1"),
        ("<!channel>", "@channel"),
        ("<!here>", "@here"),
        ("<!everyone>", "@everyone"),
        ("<!here|here>", "@here"),
        ("<!subteam^S1|@chairs>", "@chairs"),
        ("<!subteam^S1>", "@S1"),
        ("<!date^1392734382^{date}|18 February>", "18 February"),
        ("<https://x.org/a?b=c|label>", "https://x.org/a?b=c"),
        ("<https://x.org>", "https://x.org"),
        ("<mailto:a@b.org|a@b.org>", "a@b.org"),
        ("<mailto:a@b.org>", "a@b.org"),
        ("ask <@U1|ana> and <@U2|ben>", "ask @ana and @ben"),
        ("a < b > c", "a < b > c"),
        ("<b>", "<b>"),
        ("\u202eYes\u202c", "Yes"),
    ],
)
def test_tokens_become_words_that_ping_nobody(token: str, shown: str) -> None:
    assert plain_words(token) == shown


@given(st.text())
def test_any_text_can_be_shown(typed: str) -> None:
    assert isinstance(plain_words(typed), str)
