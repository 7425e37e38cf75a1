"""What is private to a channel, and who may know of it elsewhere."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from bot.domain.ids import ChannelId
from bot.domain.members import Member
from storage.poll_tables import polls
from storage.tables import webinars


def may_know(reader: Member, here: ChannelId) -> ColumnElement[bool]:
    """Of rows with the webinar or poll that they are about: the reader made it, or it isn't private elsewhere."""
    return or_(
        webinars.c.organiser_id.is_not_distinct_from(reader.id),
        polls.c.maker_id.is_not_distinct_from(reader.id),
        and_(webinars.c.id.is_not(None), or_(webinars.c.private.is_(False), webinars.c.channel == here)),
        and_(polls.c.id.is_not(None), or_(polls.c.private.is_(False), polls.c.channel == here)),
    )
