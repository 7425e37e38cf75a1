"""The form of `/webinar invite`: filled in, looked at as a letter, and only then sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.domain.folding import fold
from bot.domain.ids import UserId
from bot.domain.invitation_grammar import (
    Invite,
    as_typed,
    parse,
    read_audience,
    read_nudges,
    split_invite,
)
from bot.domain.letters import check_text
from bot.domain.members import may_organise
from bot.domain.refusal_places import Places
from bot.domain.refusals import Refusal
from bot.domain.webinar_grammar import WebinarVerb
from bot.domain.webinar_grammar import parse as parse_webinar
from bot.usecases import drafts
from bot.usecases import invitations as usecases
from bot.view import forms, invitations
from bot.view import invitation_forms as view
from bot.view.forms import Errors, Pushed
from bot.view.invitation_forms import AUDIENCE, LETTER, NUDGES, PEOPLE, Filled
from bot.view.message import Message
from handlers.desk import Desk
from handlers.incoming import Submitted, Typed


@dataclass(frozen=True, slots=True)
class InvitationForms:
    desk: Desk

    async def open(self, typed: Typed) -> None:
        """The form for `invite W1`, with what could be read of what else was typed."""
        may_organise(await self.desk.known(typed.sender))
        verb = self._verb(typed)
        answer = await self.desk.db.write(usecases.to_invite, typed.sender, verb.number, now=self.desk.clock())
        webinar, letter = answer.outcome
        draft = await self.desk.kept(typed)
        form = view.form(self.desk.words(answer.reader), webinar, letter, _filled(verb.rest), draft)
        await self.desk.forms.open(typed.trigger, form.content())

    async def look(self, submitted: Submitted) -> Pushed | Errors:
        """Show the letter to the organiser alone. Nothing is sent yet."""
        typed = await self.desk.filled_in(submitted, "webinar")
        may_organise(await self.desk.known(typed.sender))
        number, now = self._verb(typed).number, self.desk.clock()
        try:
            of_webinar = await self.desk.db.write(usecases.to_invite, typed.sender, number, now=now)
            words, (_, letter) = self.desk.words(of_webinar.reader), of_webinar.outcome
            text = _read(number, submitted, partial(view.edited, words, letter))
            if not isinstance(text, str):
                return forms.beside(words, text)
            asked = self._asked(text)
            await self.desk.known_to(typed.sender, asked.audience.users)
            answer = await self.desk.db.write(usecases.preview, typed.sender, asked, now=now)
        except Refusal as refusal:
            return forms.beside(self.desk.words(), {AUDIENCE: refusal})
        (draft,) = await self.desk.db.write(drafts.offer, typed.sender, "webinar", (text,), insisted=True, now=now)
        return Pushed(view.look(self.desk.words(answer.reader), answer.reader, answer.outcome, draft, now))

    async def send(self, submitted: Submitted) -> Message:
        """*Send* in the form that shows the letter."""
        return await self.sent(await self.desk.filled_in(submitted, "webinar"))

    async def sent(self, typed: Typed) -> Message:
        """Send the letters of a draft, counted anew: what was sent already is not sent again."""
        may_organise(await self.desk.known(typed.sender))
        asked, now = self._asked(typed.text), self.desk.clock()
        await self.desk.known_to(typed.sender, asked.audience.users)
        answer = await self.desk.db.write(usecases.send, typed.sender, asked, now=now)
        self.desk.changed(answer.reader.workspace.id)
        return invitations.sent(self.desk.words(answer.reader), answer.outcome, now)

    def _verb(self, typed: Typed) -> WebinarVerb:
        """`invite W1`; Refusal("draft-gone"): it is something else."""
        match parse_webinar(typed.text, self.desk.clock().date()):
            case WebinarVerb("invite") as verb:
                return verb
            case _:
                raise Refusal("draft-gone")

    def _asked(self, text: str) -> Invite:
        match parse_webinar(text, self.desk.clock().date()):
            case WebinarVerb("invite", number, rest):
                asked = parse("invite", number, rest)
            case _:
                raise Refusal("draft-gone")
        if not isinstance(asked, Invite):
            raise Refusal("draft-gone")
        return asked


def _read(number: int, submitted: Submitted, edited: Callable[[str], str | None]) -> str | Mapping[str, Refusal]:
    """The command that the form stands for, or what is refused of it, by input. A letter not `edited` isn't said."""
    places = Places()
    people = [f"<@{user}>" for user in submitted.filled.get(PEOPLE, ())]
    audience = " ".join((*people, submitted.text(AUDIENCE)))
    nudges, letter = submitted.text(NUDGES), submitted.text(LETTER)
    meant = places.read(AUDIENCE, partial(read_audience, audience))
    if meant is not None and meant.is_empty:
        places.refused[AUDIENCE] = Refusal("invite-nobody")
    places.read(NUDGES, partial(read_nudges, nudges or "never"))
    text = places.read(LETTER, partial(check_text, letter))
    said = None if text is None else edited(text)
    return places.refused or as_typed(number, audience, nudges or "never", said)


def _filled(rest: str) -> Filled:
    """What was typed behind `invite W1`, as far as it can be read: nothing here is refused."""
    try:
        whom, nudges, letter = split_invite(rest)
        audience = read_audience(whom)
    except Refusal:
        return Filled(audience=rest)
    return Filled(audience.users, _without_mentions(whom, audience.users), nudges, letter)


def _without_mentions(whom: str, users: tuple[UserId, ...]) -> str:
    kept = [each for each in whom.replace(",", " , ").split() if not any(f"<@{user}" in each for user in users)]
    text = " ".join(kept).replace(" ,", ",").strip(" ,")
    return "" if fold(text) in ("and", "&") else text
