from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold, fold_case


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
