"""Reading the record of who did what."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.audit_grammar import says_nothing
from bot.domain.audit_pages import PAGE, AuditAsked, AuditPage, Chosen, query
from bot.domain.mechanism_names import read_mechanisms
from bot.domain.mechanisms import Mechanism, choose_mechanism
from bot.domain.members import Answer, Member, Sender, may_organise
from bot.domain.quoted_words import unquoted
from bot.domain.refusals import Refusal
from bot.ports import Tx
from storage import audit, mechanisms, members


def show(tx: Tx, sender: Sender, asked: AuditAsked) -> Answer[AuditPage]:
    """The newest acts that were asked for. The sender is known already.

    What is private to a channel is shown there alone, and to whoever made it.

    Raises:
        Refusal("organisers-only")
        Refusal("audit-filter-unknown"): a text that is no filter, and names no mechanism and nobody without an account.
        Refusal("mechanism-ambiguous")
    """
    reader = members.get_or_add(tx, sender)
    may_organise(reader)
    chosen = _named(tx, reader, asked) if asked.names else Chosen()
    acts, number = audit.page(tx, reader, sender.channel, query(asked, chosen, reader), PAGE)
    return Answer(reader, AuditPage(asked, chosen, tuple(acts), number - len(acts)))


def _named(tx: Tx, reader: Member, asked: AuditAsked) -> Chosen:
    """A mechanism goes before a person who is called so."""
    among = mechanisms.every(tx, reader.workspace.id)
    found: dict[Mechanism, None] = {}
    people: dict[Member, None] = {}
    for typed in asked.names:
        try:
            found |= dict.fromkeys(_mechanisms(typed, among))
        except Refusal:
            person = members.find_named(tx, reader.workspace, unquoted(typed))
            if person is None:
                raise
            people[person] = None
    return Chosen(tuple(found), tuple(people))


def _mechanisms(typed: str, among: Sequence[Mechanism]) -> tuple[Mechanism, ...]:
    read = read_mechanisms(typed, among)
    unread = [each for each in read.unread if not says_nothing(each)]
    if unread:
        raise _unknown(typed, unread[0], among)
    return read.mechanisms


def _unknown(typed: str, unread: str, among: Sequence[Mechanism]) -> Refusal:
    """By all that may be a name, where one is spelt like it; else by what is left of it."""
    for text in (typed, unread):
        if suggestions := _near(text, among):
            return Refusal("audit-filter-unknown", typed=text, suggestions=suggestions)
    return Refusal("audit-filter-unknown", typed=unread, suggestions=())


def _near(text: str, among: Sequence[Mechanism]) -> tuple[str, ...]:
    try:
        return (choose_mechanism(text, among).title,)
    except Refusal as refusal:
        suggestions = refusal.facts.get("suggestions", ())
        return suggestions if isinstance(suggestions, tuple) else ()
