"""What every part of the stand-in says on the wire, and how it says no."""

from typing import Any

Json = dict[str, Any]
"""A JSON object from or for the bot."""


class SlackError(Exception):
    """A refusal in Slack's words: the answer is `{"ok": false, "error": code, **facts}`."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def body(self) -> Json:
        return {"ok": False, "error": self.code, **self.facts}


class Impossible(Exception):  # noqa: N818 - it names what a person tried, not a fault
    """Slack's own client would let nobody do this: there is no such button, channel or command."""


def decode_entities(text: str) -> str:
    """Undo Slack's escape of `&`, `<` and `>`, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def encode_entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
