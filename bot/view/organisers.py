"""Who may run webinars here."""

from __future__ import annotations

from bot.domain.organisers import OrganisersChanged, OrganisersListed
from bot.view import people
from bot.view.message import Message, lines, note
from bot.view.texts import Words


def listed(words: Words, outcome: OrganisersListed) -> Message:
    rows = [words.md("organisers-listed")]
    if outcome.by_slack:
        rows.append(words.md("organisers-by-slack", people=people.listed(outcome.by_slack)))
    if outcome.named:
        rows.append(words.md("organisers-named", people=people.listed(outcome.named)))
    return note(lines(*rows))


def changed(words: Words, outcome: OrganisersChanged) -> Message:
    changed, same = people.listed(outcome.changed), people.listed(outcome.same)
    rows = []
    if changed:
        rows.append(words.md("organisers-added" if outcome.organise else "organisers-removed", people=changed))
    if same:
        rows.append(words.md("organisers-already" if outcome.organise else "organisers-never", people=same))
    return note(lines(*rows))
