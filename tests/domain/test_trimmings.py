from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold
from bot.domain.trimmings import trim


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("Cancel.", "cancel"),
        ("Help!", "help"),
        ("Afternoon 👍", "afternoon"),
        ("Afternoon 👍🏽", "afternoon"),
        ("✅ afternoon", "afternoon"),
        ("✅afternoon", "afternoon"),
        ("afternoon :pray::skin-tone-3: :+1:", "afternoon"),
        ("‘afternoon’", "afternoon"),
        ("*afternoon*", "afternoon"),
        ("« après-midi »", "apres-midi"),
        ("1)", "1"),
        ("1️⃣", "1"),
        ("(#2)", "#2"),
        ("afternoon, please…", "afternoon please"),
        ("9 a.m.", "9 a.m"),
        ("can’t!", "can't"),
        ("लिमा की।", "लिमा की"),
        ("👍", ""),
        ("...", ""),
        ("• afternoon", "afternoon"),
    ],
)
def test_end_punctuation_and_emoji_are_trimmed(typed: str, bare: str) -> None:
    assert trim(fold(typed)) == bare


@pytest.mark.parametrize(
    "typed", ["❌ afternoon", "👎", ":-1: afternoon", ":x:", "-1", "+2", "9:00-11:00", "q&a", "@ana"]
)
def test_what_says_something_is_kept(typed: str) -> None:
    assert trim(fold(typed)) == typed


@given(st.text())
def test_no_letter_and_no_number_is_trimmed(text: str) -> None:
    folded = fold(text)
    kept = trim(folded)
    if ":" not in folded:
        assert [char for char in kept if char.isalnum()] == [char for char in folded if char.isalnum()]
