from __future__ import annotations

import pytest

from bot.domain.letters import LONGEST, Placeholder, check_text, parts
from tests.domain.refused import refusal


def test_a_letter_is_text_and_what_is_filled_in_between() -> None:
    assert parts("Dear {name}, {{ {Title} }}") == ("Dear ", Placeholder.NAME, ", {", " ", Placeholder.TITLE, " }")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (" \n ", "letter-empty"),
        ("x" * (LONGEST + 1), "letter-too-long"),
        ("Dear {name", "letter-brace"),
        ("Dear name}", "letter-brace"),
        ("Dear {nmae}", "letter-placeholder"),
        ("Dear {}", "letter-placeholder"),
        ("Dear {name!r}", "letter-placeholder"),
        ("Dear {name:>20}", "letter-placeholder"),
        ("Dear {name.__class__}", "letter-placeholder"),
        ("{title}" * 3, "letter-placeholder-often"),
        ("{sessions}" * 2, "letter-placeholder-often"),
        ("&" * 900, "letter-too-long"),
    ],
)
def test_a_letter_that_could_not_be_filled_in_is_refused(text: str, key: str) -> None:
    assert refusal(lambda: check_text(text)).key == key


def test_a_refusal_names_the_placeholders_there_are() -> None:
    said = refusal(lambda: check_text("{nmae}"))
    assert said.facts["typed"] == "{nmae}"
    assert "{organiser}" in str(said.facts["known"])


def test_what_would_ping_or_link_is_words() -> None:
    typed = "<!channel> <@U1|ana> <https://x.org|click>\r\n{name}"
    assert check_text(typed) == "@channel @ana https://x.org\n{name}"
