"""Forms as they are sent in: one answer each, in the form's place or beside its inputs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from slack_bolt.async_app import AsyncAck

from bot.domain.refusals import Refusal
from bot.view import forms, refusals
from bot.view.forms import Errors, Form, Halted, Pushed
from bot.view.message import Message
from handlers import faults
from handlers.desk import Desk
from handlers.incoming import SubmissionPayload, Submitted

Answer: TypeAlias = Message | Form | Pushed | Errors
OnSubmit: TypeAlias = Callable[[Submitted], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Submission:
    """The listener of one form."""

    desk: Desk
    handle: OnSubmit

    async def listen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        payload = SubmissionPayload.model_validate(body)
        await ack(**self._response(await self._settled(payload)))

    async def _settled(self, payload: SubmissionPayload) -> Answer | Halted:
        """A refusal that its handler has found no place for stands beside the first input, so that nothing is lost."""
        words, place = self.desk.words(), payload.view.first_input
        try:
            return await self.handle(payload.submitted(self.desk.team))
        except Refusal as refusal:
            if place is None:
                return Halted(refusals.refused(words, refusal))
            return Errors({place: refusals.beside(words, refusal)})
        except Exception as error:  # noqa: BLE001 - logged with its trace under the reference
            reference = faults.reference(error)
            if place is None:
                return Halted(refusals.fault(words, reference))
            return Errors({place: words.bare("fault", reference=reference)})

    def _response(self, settled: Answer | Halted) -> Mapping[str, Any]:
        """As Slack takes it (docs.slack.dev, modals, response actions)."""
        match settled:
            case Message():
                return {"response_action": "update", "view": forms.told(self.desk.words(), settled)}
            case Halted(message):
                view = forms.told(self.desk.words(), message, clear_on_close=False)
                return {"response_action": "update", "view": view}
            case Form():
                return {"response_action": "update", "view": settled.content()}
            case Pushed(form):
                return {"response_action": "push", "view": form.content()}
            case Errors(texts):
                return {"response_action": "errors", "errors": dict(texts)}
            case _ as never:
                assert_never(never)
