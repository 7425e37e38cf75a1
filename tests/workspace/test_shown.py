from typing import Any

from workspace.messages import Ephemeral, Message
from workspace.modals import View
from workspace.shown import plain


def text(said: str) -> dict[str, str]:
    return {"type": "plain_text", "text": said}


def test_a_bare_message_reads_as_its_text_with_entities_decoded() -> None:
    message = Message(channel="C1", ts="1.0", user="U1", is_bot=True, text="*Q&amp;A* &lt;1&gt; &amp;lt;")
    assert plain(message) == "*Q&A* <1> &lt;"


def test_blocks_read_in_their_order_and_hide_the_text() -> None:
    button = {"type": "button", "text": text("Sign up"), "confirm": {"title": text("Sure?")}}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": text("Webinar")},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*When*"}, "fields": [text("now")], "accessory": button},
        {"type": "context", "elements": [text("small print")]},
    ]
    shown = Ephemeral(channel="C1", user="U1", ts="1.0", text="fallback", blocks=blocks)
    assert plain(shown).split("\n") == ["Webinar", "*When*", "now", "Sign up", "small print"]


def test_a_form_reads_with_its_title_and_without_placeholders() -> None:
    entry = {
        "type": "input",
        "label": text("Why"),
        "element": {"type": "plain_text_input", "placeholder": text("because")},
    }
    content = {"type": "modal", "title": text("A form"), "submit": text("Send"), "blocks": [entry]}
    view = View(id="V1", user="U1", content=content, hash="1", root_id="V1")
    assert plain(view).split("\n") == ["A form", "Why", "Send"]
