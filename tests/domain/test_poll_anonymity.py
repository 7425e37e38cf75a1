from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.poll_anonymity import find_anonymity, is_anonymity, without_anonymity


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("Shall we adopt? anonymous", "Shall we adopt?"),
        ("Shall we adopt? Anonymous.", "Shall we adopt?"),
        ("Shall we adopt? Anonymous, please", "Shall we adopt?"),
        ("Shall we adopt? Please keep it anonymous.", "Shall we adopt?"),
        ("Shall we adopt? (anonymous)", "Shall we adopt?"),
        ("Shall we adopt (anonymous)?", "Shall we adopt?"),
        ("Shall we adopt? [anonymous poll]", "Shall we adopt?"),
        ("Shall we adopt? *anonymous*", "Shall we adopt?"),
        ("Shall we adopt? #anonymous", "Shall we adopt?"),
        ("Shall we adopt? (secret)", "Shall we adopt?"),
        ("Shall we adopt? secret", "Shall we adopt?"),
        ("Shall we adopt? - anonymous", "Shall we adopt?"),
        ("Shall we adopt? anonymous 🙏", "Shall we adopt?"),
        ("Shall we adopt? anonymous :pray:", "Shall we adopt?"),
        ("Shall we adopt? anonymous: yes", "Shall we adopt?"),
        ("Shall we adopt anonymously", "Shall we adopt"),
        ("Shall we adopt, as an anonymous poll", "Shall we adopt"),
        ("Shall we (anonymous) adopt?", "Shall we adopt?"),
        ("[anonymous] Shall we adopt?", "Shall we adopt?"),
        ("anonymous Shall we adopt?", "Shall we adopt?"),
        ("anonymously: Shall we adopt?", "Shall we adopt?"),
        ("anonymous poll Shall we adopt?", "Shall we adopt?"),
        ("an anonymous poll: Shall we adopt?", "Shall we adopt?"),
        ("Please make it anonymous: Shall we adopt?", "Shall we adopt?"),
        ("Poll: anonymous. Shall we adopt?", "Shall we adopt?"),
        ("new poll anonymous Shall we adopt?", "Shall we adopt?"),
        ("Create an anonymous poll Shall we adopt?", "Shall we adopt?"),
        ("I want this anonymous: Shall we adopt?", "Shall we adopt?"),
        ("Votes anonymous: Shall we adopt?", "Shall we adopt?"),
        ("secret Shall we adopt?", "Shall we adopt?"),
        ("secret ballot: Shall we adopt?", "Shall we adopt?"),
        ("By secret ballot: Shall we adopt?", "Shall we adopt?"),
        ("private ballot: Shall we adopt?", "Shall we adopt?"),
        ("Confidential: Shall we adopt?", "Shall we adopt?"),
        ("annonymous Shall we adopt?", "Shall we adopt?"),
        ("Sondage anonyme", ""),
        ("Is it anonymous?", "Is it anonymous?"),
        ("Should the survey be anonymous", "Should the survey be anonymous"),
        ("Shall we vote by secret ballot?", "Shall we vote by secret ballot?"),
        ("Dear all, an anonymous poll: Adopt?", "Dear all, an anonymous poll: Adopt?"),
        ("Adopt? (votes are anonymous)", "Adopt? (votes are anonymous)"),
        ("anonymous poll", ""),
        ("(anonymous)", ""),
        ("secret ballot?", ""),
    ],
)
def test_the_first_or_last_words_and_brackets_may_ask_for_an_anonymous_poll(typed: str, rest: str) -> None:
    aside = find_anonymity(typed)
    assert aside
    assert aside.rest == rest


@pytest.mark.parametrize(
    "typed",
    [
        "Is the anonymous hotline ready?",
        "The anonymous hotline is ready?",
        "Shall we adopt the secret annex?",
        "Private sector engagement next?",
        "Confidential annexes ready?",
        "Is the annex private?",
        "Is the annex a secret?",
        "Should we protect anonymity?",
        "Anonymity first?",
        "Anonymat garanti ?",
        "Shall we adopt (Lima)?",
    ],
)
def test_the_word_within_a_question_is_an_honest_question(typed: str) -> None:
    assert find_anonymity(typed) is None


@pytest.mark.parametrize("typed", ["anonymous", "– anonymous", "(anonymous)", "anonymously, please", "secret ballot:"])
def test_an_aside_may_be_all_there_is(typed: str) -> None:
    assert is_anonymity(typed)


def test_every_aside_is_left_out() -> None:
    assert without_anonymity("Anonymous poll: Adopt? (anonymous)") == "Adopt?"
    assert without_anonymity("Is it anonymous?") == "Is it anonymous?"


words = st.sampled_from(
    ["anonymous", "secret", "ballot", "(", ")", "?", "Is", "it", "the", "-", ":", "please", "hotline"]
)


@given(st.text() | st.lists(words).map(" ".join))
def test_an_aside_is_found_at_once_and_never_lengthens_the_text(typed: str) -> None:
    aside = find_anonymity(typed)
    assert aside is None or len(aside.rest) <= len(typed)
    assert len(without_anonymity(typed)) <= len(typed)
