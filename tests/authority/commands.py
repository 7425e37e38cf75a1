"""The commands and what follows them, as they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.view import mechanism_forms, poll_forms, signup_forms, webinar_forms
from tests.authority.rows import BY_FULL_MEMBERS, BY_ORGANISERS, BY_WHO_MADE_IT, BY_WHO_RUNS_IT, HELP_FOR_OTHERS, Typed

COMMANDS: Sequence[Typed] = (
    Typed(text="/signup help", says="Sign up for a session"),
    Typed(text="/signup W{w} morning", on="webinar", says="You have a seat in the *morning*"),
    Typed(text="/signup W{w}", on="webinar", opens=signup_forms.SIGN_UP),
    Typed(text="/signup status W{w}", on="seat", says="Your seats:"),
    Typed(text="/signup cancel W{w}", on="seat", says="You have given back your seat"),
    Typed(text="/signup reminders off", says="You will get no more reminders"),
    Typed(text="/signup reminders on", says="You will be reminded"),
    Typed(text="/webinar help", says="*Webinars*"),
    Typed(text="/webinar list", on="webinar", says="Webinars still to come"),
    Typed(text="/webinar show W{w}", on="webinar", says="*W{w}: "),
    Typed(text="/webinar calendar W{w}", on="seat", says="is on its way to your direct messages"),
    Typed(text="/webinar", opens=webinar_forms.MAKE, refused=HELP_FOR_OTHERS),
    Typed(
        people='/webinar new "TITLE" …',
        text='/webinar new "Of {n}" on 2026-12-10 in Europe/Zurich morning 09:00-11:00',
        says="is made",
        refused=BY_ORGANISERS,
    ),
    Typed(text="/webinar edit W{w}", on="webinar", opens=webinar_forms.EDIT, refused=BY_ORGANISERS),
    Typed(text="/webinar move W{w}", on="webinar", opens=webinar_forms.MOVE, refused=BY_ORGANISERS),
    Typed(text="/webinar move W{w} morning to 10:00", on="webinar", says="Moved in *W{w}", refused=BY_ORGANISERS),
    Typed(text="/webinar cancel W{w}", on="webinar", says="Cancelled in *W{w}", refused=BY_ORGANISERS),
    Typed(text="/webinar reopen W{w}", on="cancelled webinar", says="Taking place after all", refused=BY_ORGANISERS),
    Typed(text="/webinar reminders W{w}", on="webinar", says="Reminders and notices of *W{w}", refused=BY_ORGANISERS),
    Typed(text="/poll help", says="*Polls*"),
    Typed(text="/poll list", on="poll", says="Open polls:"),
    Typed(text="/poll", opens=poll_forms.ASK, refused=BY_FULL_MEMBERS),
    Typed(people='/poll "QUESTION" …', text='/poll "Of {n}?" "A" "B"', says="is being posted", refused=BY_FULL_MEMBERS),
    Typed(
        people="/poll close P1, of one’s own",
        text="/poll close P{p}",
        on="own poll",
        says="is closed",
        refused=BY_WHO_MADE_IT,
    ),
    Typed(
        people="/poll close P1, of somebody else’s",
        text="/poll close P{p}",
        on="poll",
        says="is closed",
        refused=BY_WHO_RUNS_IT,
    ),
    Typed(text="/consult help", says="*How Convene runs here*"),
    Typed(text="/consult organisers", says="Organisers run webinars"),
    Typed(
        people="/consult organisers add @name",
        text="/consult organisers add <@{somebody}>",
        on="somebody",
        says="May organise from now on",
        refused=BY_ORGANISERS,
    ),
    Typed(
        people="/consult organisers remove @name",
        text="/consult organisers remove <@{somebody}>",
        on="named somebody",
        says="No organiser any longer",
        refused=BY_ORGANISERS,
    ),
    Typed(text="/consult deliveries", says="*Messages to people and channels*", refused=BY_ORGANISERS),
    Typed(text="/consult audit", on="webinar", says="*Who did what*", refused=BY_ORGANISERS),
    Typed(text="/consult mechanisms help", says="*The register of mechanisms*"),
    Typed(text="/consult mechanisms", on="mechanism", says="{mechanism}"),
    Typed(
        people="/consult mechanisms PIDC", text="/consult mechanisms {mechanism}", on="mechanism", says="{mechanism}"
    ),
    Typed(text="/consult mechanisms load", says="from the register", refused=BY_ORGANISERS),
    Typed(
        people='/consult mechanisms add "NAME"',
        text='/consult mechanisms add "Of {n}"',
        opens=mechanism_forms.ADD,
        refused=BY_ORGANISERS,
    ),
    Typed(
        people="/consult mechanisms edit PIDC",
        text="/consult mechanisms edit {mechanism}",
        on="mechanism",
        opens=mechanism_forms.EDIT,
        refused=BY_ORGANISERS,
    ),
    Typed(
        people="/consult mechanisms retire PIDC",
        text="/consult mechanisms retire {mechanism}",
        on="mechanism",
        says="is retired",
        refused=BY_ORGANISERS,
    ),
    Typed(
        people="/consult mechanisms restore PIDC",
        text="/consult mechanisms restore {mechanism}",
        on="retired mechanism",
        says="is in use again",
        refused=BY_ORGANISERS,
    ),
    Typed(
        people='/consult mechanisms alias PIDC "NAME"',
        text='/consult mechanisms alias {mechanism} "Alias {n}"',
        on="mechanism",
        says="is changed",
        refused=BY_ORGANISERS,
    ),
    Typed(
        people="/consult mechanisms zone PIDC Apia",
        text="/consult mechanisms zone {mechanism} Apia",
        on="mechanism",
        says="is changed",
        refused=BY_ORGANISERS,
    ),
)
