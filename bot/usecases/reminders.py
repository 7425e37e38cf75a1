"""Whether somebody wants reminders at all."""

from __future__ import annotations

from bot.domain.members import Answer, Sender, may_take_part
from bot.domain.reminders import RemindersSwitched
from bot.ports import Tx
from storage import members


def switch(tx: Tx, sender: Sender, *, on: bool) -> Answer[RemindersSwitched]:
    """Have the sender's reminders sent from now on, or none. They stay planned: the wish is seen when one is due."""
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    members.set_reminded(tx, member, reminded=on)
    return Answer(member, RemindersSwitched(on))
