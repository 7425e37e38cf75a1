"""A webinar of which nothing takes place."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.webinars import SessionState, Webinar


def cancelled(webinar: Webinar) -> Webinar:
    sessions = tuple(replace(each, state=SessionState.CANCELLED) for each in webinar.sessions)
    return replace(webinar, sessions=sessions)
