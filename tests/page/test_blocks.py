from typing import Any

import pytest

from tests.page.readers import reader
from workspace.blocks import accept
from workspace.page import blocks
from workspace.page.sheet import Sheet

BUTTON = {"type": "button", "action_id": "go", "value": "7", "text": {"type": "plain_text", "text": "Go <now>"}}
OPTION = {"value": "a", "text": {"type": "plain_text", "text": "A"}}


def draw(block: dict[str, Any], **sheet: Any) -> str:
    """Draw a block that Slack would take."""
    return str(blocks.render(accept([{"block_id": "b", **block}]), Sheet(ts="1.000001", reader=reader(), **sheet)))


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def test_a_header_shows_a_title_as_it_was_typed() -> None:
    block = {"type": "header", "text": {"type": "plain_text", "text": "<script>alert(1)</script>"}}
    assert draw(block) == "<h3>&lt;script&gt;alert(1)&lt;/script&gt;</h3>"


def test_a_button_says_which_element_it_is() -> None:
    html = draw(actions(BUTTON))
    assert 'data-block="b" data-action="go" data-value="7"' in html
    assert "Go &lt;now&gt;</button>" in html


def test_a_button_reads_aloud_what_the_bot_wants_read() -> None:
    assert 'aria-label="Vote for A"' in draw(actions({**BUTTON, "accessibility_label": "Vote for A"}))


def test_an_element_being_pressed_is_disabled() -> None:
    assert 'aria-disabled="true"' in draw(actions(BUTTON), pressed=frozenset({("b", "go")}))
    assert "aria-disabled" not in draw(actions(BUTTON), pressed=frozenset({("b", "other")}))


def test_an_overflow_menu_offers_each_of_its_options() -> None:
    html = draw(actions({"type": "overflow", "action_id": "more", "options": [OPTION, {**OPTION, "value": "b"}]}))
    assert 'data-value="a"' in html
    assert 'data-value="b"' in html


def test_a_select_shows_what_was_chosen() -> None:
    select = {"type": "static_select", "action_id": "pick", "options": [OPTION, {**OPTION, "value": "b"}]}
    assert '<option value="a" selected>' in draw(actions(select), chosen={("b", "pick"): OPTION})


def test_a_section_has_its_fields_and_its_accessory() -> None:
    fields = [{"type": "mrkdwn", "text": "*left*"}, {"type": "plain_text", "text": "*right*"}]
    html = draw({"type": "section", "fields": fields, "accessory": BUTTON})
    assert "<strong>left</strong>" in html
    assert "<div>*right*</div>" in html
    assert 'data-action="go"' in html


def test_a_picture_has_its_description() -> None:
    picture = {"type": "image", "image_url": "https://example.org/chart.png", "alt_text": 'A "chart"'}
    assert 'alt="A &quot;chart&quot;"' in draw(picture)
    assert "<img" in draw({"type": "context", "elements": [picture, {"type": "mrkdwn", "text": "x"}]})


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (actions({"type": "datepicker", "action_id": "day"}), "datepicker"),
        (
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "several"},
                "accessory": {"type": "multi_static_select", "action_id": "m", "options": [OPTION]},
            },
            "multi_static_select",
        ),
        (
            {
                "type": "input",
                "label": {"type": "plain_text", "text": "Title"},
                "element": {"type": "plain_text_input", "action_id": "t"},
            },
            "input",
        ),
    ],
)
def test_what_is_not_drawn_is_said(block: dict[str, Any], kind: str) -> None:
    assert f"{kind}: not shown here" in draw(block)
