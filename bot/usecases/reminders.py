"""Whether somebody wants reminders at all."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import Act, Action, Authority
from bot.domain.members import Answer, Sender, may_take_part
from bot.domain.reminders import RemindersSwitched
from bot.ports import Tx
from bot.usecases import audit
from storage import deliveries, members


def switch(tx: Tx, sender: Sender, *, on: bool, now: datetime) -> Answer[RemindersSwitched]:
    """Have the sender's reminders sent from now on, or none.

    They stay planned: the wish is seen when one is due. What fell due while they were off is not made up for.
    """
    member = members.get_or_add(tx, sender)
    may_take_part(member)
    if on and not member.reminded:
        deliveries.give_up_overdue(tx, member, now, "reminders-off")
    if on != member.reminded:
        members.set_reminded(tx, member, reminded=on)
        audit.record(tx, member, Act(Action.REMINDERS_ON if on else Action.REMINDERS_OFF, Authority.SELF), now)
    return Answer(member, RemindersSwitched(on))
