from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold, fold_case, match, matches
from tests.domain.refused import refusal

SESSIONS = {1: ("Morning", "AM"), 2: ("Afternoon", "PM"), 3: ("Après-midi à Paris",)}


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
    ("typed", "found"), [("MORNING", 1), ("pm", 2), ("aft", 2), ("apres midi", None), ("apres-m", 3)]
)
def test_a_name_an_alias_or_a_unique_beginning_finds_one(typed: str, found: int | None) -> None:
    assert matches(typed, SESSIONS) == ((found,) if found else ())


def test_an_exact_name_goes_before_a_longer_one() -> None:
    assert match("group", {1: ("Group",), 2: ("Group B",)}) == 1


def test_no_match_says_what_is_known() -> None:
    refused = refusal(lambda: match("evening", SESSIONS))
    assert refused.key == "label-unknown"
    assert refused.facts == {"typed": "evening", "known": ("Morning", "Afternoon", "Après-midi à Paris")}


def test_several_matches_are_named() -> None:
    refused = refusal(lambda: match("a", SESSIONS))
    assert refused.key == "label-ambiguous"
    assert refused.facts["matches"] == ("Morning", "Afternoon", "Après-midi à Paris")


def test_nothing_typed_matches_nothing() -> None:
    assert matches("  ", SESSIONS) == ()
