from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.labels import check_distinct, check_label
from tests.domain.refused import answer, key


@pytest.mark.parametrize(
    "label", ["morning", "Après-midi", "Group 2", "Heads and Chairs", "2nd session", "x" * 40, "صباح"]
)
def test_a_label_may_be_any_words(label: str) -> None:
    assert check_label(label) == label


@pytest.mark.parametrize(
    "label",
    [
        "cancel", "Status", "HELP", "move", "can't", "on", "seats", "session", "me",
        "2", "2nd", "#1", "16:00", "9am", "9-11", "2-4", "W1", "P7", "room w2",
        "Chairs as observers", "session for Chairs", "+2 morning", "...", "12 / 7",
    ],
)  # fmt: skip
def test_a_label_that_reads_as_something_else_is_reserved(label: str) -> None:
    assert key(lambda: check_label(label)) == "label-reserved"


def test_a_label_has_one_to_forty_characters() -> None:
    assert key(lambda: check_label(" ")) == "label-missing"
    assert key(lambda: check_label("x" * 41)) == "label-too-long"


def test_labels_differ_when_folded() -> None:
    check_distinct(("Morning", "Afternoon"))
    assert key(lambda: check_distinct(("Après-midi", "apres—midi"))) == "label-twice"


@given(st.text())
def test_anything_is_a_label_or_refused(label: str) -> None:
    assert answer(lambda: check_label(label), "label-") in {label, None}
