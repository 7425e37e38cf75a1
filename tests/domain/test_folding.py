from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold, fold_case, is_blank, without_hiding


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Two   WORDS\t", "two words"),
        ("Après–Midi", "apres-midi"),
        ("can’t", "can't"),
        ("«Lima»", '"lima"'),
        ("“Lima„", '"lima"'),
        ("hard\u00a0space", "hard space"),
        ("in\u200bvisible", "invisible"),
        ("UTC−05:30", "utc-05:30"),
        ("Straße", "strasse"),
        ("صَباح", "صباح"),
        ("１６：００", "16:00"),
    ],
)
def test_case_accents_quotes_dashes_and_spaces_do_not_matter(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_is_folding_once(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


def test_accents_tell_options_apart_where_only_case_is_folded() -> None:
    assert fold_case("Résumé  A") == fold_case("rÉsumÉ a")
    assert fold_case("Résumé") != fold_case("resume")


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u200b", "\u200e", "\u2800", "\u2060", "\ufeff", "\u3164", "\u202e \u00ad", "\u200d\ufe0f", "\x07"],
)
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)


def test_what_shows_nothing_tells_no_answers_apart() -> None:
    assert fold_case("Yes\u200e") == fold_case("\u2060ye\u200ds\u2800") == "yes"
    assert fold_case("two\u3164words") == "two words"
    assert fold_case("❤\ufe0f") == fold_case("❤")


def test_flags_of_countries_within_one_stay_apart() -> None:
    scotland, wales = (f"🏴{''.join(chr(0xE0000 + ord(c)) for c in name)}\U000e007f" for name in ("gbsct", "gbwls"))
    assert fold_case(scotland) != fold_case(wales)
    assert fold_case("Yes\U000e0041") == "yes"


def test_what_joins_letters_is_shown_and_what_turns_text_around_is_not() -> None:
    assert without_hiding("می\u200cخواهم 👨\u200d👩\u200d👧") == "می\u200cخواهم 👨\u200d👩\u200d👧"
    assert without_hiding("\u202eYes\u202c \u2066No\u2069\u200b") == "Yes No"


@given(st.text())
def test_what_is_blank_is_not_seen_in_any_case(text: str) -> None:
    assert is_blank(text) == is_blank(text.upper()) == is_blank(without_hiding(text))
