"""What came of something that a person did."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from workspace.messages import Ephemeral, Message
from workspace.modals import View
from workspace.outgoing import Ack
from workspace.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The bot's HTTP status, or none; and what its acknowledgement showed.

    `error` is Slack's word for a failure that the sender alone sees; `errors` are texts beside the inputs of a form.
    """

    status: int | None
    elapsed_s: float
    error: str | None = None
    ephemeral: Ephemeral | None = None
    message: Message | None = None
    view: View | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def answer(ack: Ack, *, error: str | None = None, shown: Message | Ephemeral | View | None = None) -> Answer:
    return Answer(
        status=ack.status,
        elapsed_s=ack.elapsed_s,
        error=ack.error or error,
        ephemeral=shown if isinstance(shown, Ephemeral) else None,
        message=shown if isinstance(shown, Message) else None,
        view=shown if isinstance(shown, View) else None,
    )


def said(ack: Ack) -> Json:
    """The body of an acknowledgement: JSON as it is, plain text as a text, nothing as nothing.

    Raises:
        ValueError: it says that it is a JSON object and isn't.

    """
    text = ack.body.decode()
    if not text.strip():
        return {}
    if ack.content_type != "application/json":
        return {"text": text}
    body = json.loads(text)
    if not isinstance(body, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - like the decoder's own error
    return body
