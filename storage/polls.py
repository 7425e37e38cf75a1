"""Polls and their options, with the counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, insert, select, text, update

from bot.domain.ids import ChannelId, MemberId, OptionId, PollId, UserId, WorkspaceId
from bot.domain.members import Member
from bot.domain.polls import Option, Poll, PollState
from bot.ports import Tx
from storage.objections import with_objection
from storage.poll_tables import ballots, options, polls, voices
from storage.tables import members, workspaces

LOCKED = select(polls, members.c.user).join(members, polls.c.maker_id == members.c.id).with_for_update(of=polls)
OPTION = (options.c.id.label("option_id"), options.c.position, options.c.text, options.c.votes, options.c.earlier)
OPTIONS = select(*OPTION).where(options.c.poll_id == bindparam("poll")).order_by(options.c.position)
"""Read once the lock is held: a statement that waits for a lock sees other tables as they were before it waited
(PostgreSQL, 13.2.1), without an option that was added meanwhile.
"""

LOCKED_BY_ID = LOCKED.where(polls.c.workspace_id == bindparam("workspace"), polls.c.id == bindparam("poll"))
OF_TEAM = select(workspaces.c.id).where(workspaces.c.team == bindparam("team")).scalar_subquery()
OF_OPTION = select(options.c.poll_id).where(options.c.id == bindparam("option")).scalar_subquery()
VOTED = LOCKED.add_columns(*OPTION).join(options, options.c.poll_id == polls.c.id).order_by(options.c.position)
VOTED_BY_ID = VOTED.where(polls.c.workspace_id == OF_TEAM, polls.c.id == bindparam("poll"))
VOTED_BY_OPTION = VOTED.where(polls.c.workspace_id == OF_TEAM, polls.c.id == OF_OPTION)
"""For a vote, a row an option: a statement less, where the options are as they were made."""


def add(tx: Tx, workspace: WorkspaceId, values: dict[str, Any], texts: Iterable[str]) -> PollId:
    """Store a poll (`values`: its columns) with its options."""
    statement = insert(polls).values(workspace_id=workspace, state=PollState.OPEN, **values)
    poll = PollId(tx.execute(statement.returning(polls.c.id)).scalar_one())
    belongs = {"workspace_id": workspace, "poll_id": poll}
    tx.execute(insert(options), [belongs | {"position": place, "text": each} for place, each in enumerate(texts)])
    return poll


def add_option(tx: Tx, poll: Poll, option: str, added_by: MemberId | None) -> None:
    """One more behind the others; the poll is locked."""
    last = max((each.position for each in poll.options), default=-1)
    belongs = {"workspace_id": poll.workspace, "poll_id": poll.id, "added_by_id": added_by}
    tx.execute(insert(options).values(**belongs, position=last + 1, text=option))


def find(tx: Tx, workspace: WorkspaceId, number: int, here: ChannelId) -> Poll | None:
    """P`number`; one of a private channel in that channel alone."""
    return _one(tx, workspace, (polls.c.number == number) & _shown_in(here))


def get(tx: Tx, workspace: WorkspaceId, poll: PollId) -> Poll | None:
    return _one(tx, workspace, polls.c.id == poll)


def made_by(tx: Tx, workspace: WorkspaceId, cause: str) -> Poll | None:
    return _one(tx, workspace, polls.c.cause == cause)


def same_typed(tx: Tx, workspace: WorkspaceId, maker: MemberId, typed: str, since: datetime) -> Poll | None:
    """The newest poll that the same maker made with the same words since then, unless it is gone."""
    newest = (
        select(func.max(polls.c.id))
        .where(polls.c.workspace_id == workspace, polls.c.maker_id == maker, polls.c.typed == typed)
        .where(polls.c.created_at >= since, polls.c.state.not_in((PollState.TAKEN_BACK, PollState.DELETED)))
    )
    return _one(tx, workspace, polls.c.id == newest.scalar_subquery())


def still_open(tx: Tx, workspace: WorkspaceId, here: ChannelId) -> list[Poll]:
    """Those that may be seen in the channel `here`, by number."""
    statement = _chosen(workspace, (polls.c.state == PollState.OPEN) & _shown_in(here)).order_by(polls.c.number)
    return [_counted(tx, row) for row in tx.execute(statement)]


def due_to_close(tx: Tx, workspace: WorkspaceId, now: datetime) -> list[PollId]:
    """Those that are open though their time is over, the longest first."""
    over = (polls.c.workspace_id == workspace) & (polls.c.ends_at <= now)
    statement = select(polls.c.id).where(over, polls.c.state == text("'open'")).order_by(polls.c.ends_at)
    return [PollId(each) for each in tx.execute(statement).scalars()]


def lock(tx: Tx, workspace: WorkspaceId, poll: PollId) -> Poll | None:
    """The poll without its counts, as it stays until this transaction ends."""
    return _locked(tx, LOCKED_BY_ID, {"workspace": workspace, "poll": poll})


def lock_voted(tx: Tx, team: str, poll: PollId) -> Poll | None:
    """The same of the workspace `team`."""
    return _voted(tx, VOTED_BY_ID, {"team": team, "poll": poll})


def lock_of_option(tx: Tx, team: str, option: OptionId) -> Poll | None:
    """The poll of the workspace `team` that `option` belongs to, likewise."""
    return _voted(tx, VOTED_BY_OPTION, {"team": team, "option": option})


def closed_of(tx: Tx, maker: Member, since: datetime, here: ChannelId) -> list[Poll]:
    """Those of the maker's that were closed since then and may be seen in the channel `here`, by number."""
    theirs = (polls.c.maker_id == maker.id) & (polls.c.state == PollState.CLOSED) & (polls.c.closed_at >= since)
    statement = _chosen(maker.workspace.id, theirs & _shown_in(here)).order_by(polls.c.number)
    return [_counted(tx, row) for row in tx.execute(statement)]


def close(tx: Tx, poll: Poll, now: datetime) -> None:
    """Close a poll. Of an anonymous one only the counts remain: ballots, clicks and key are deleted."""
    closing: dict[str, Any] = {"state": PollState.CLOSED, "closed_at": now}
    if poll.anonymous:
        counted = select(func.count()).where(ballots.c.option_id == options.c.id).scalar_subquery()
        tx.execute(update(options).where(options.c.poll_id == poll.id).values(votes=counted))
        voters, abstained = _answered(tx, poll.id)
        closing |= {"key": None, "to_wipe": True, "voters": voters, "abstained": abstained}
        tx.execute(delete(ballots).where(ballots.c.poll_id == poll.id))
        tx.execute(delete(voices).where(voices.c.poll_id == poll.id))
    tx.execute(update(polls).where(polls.c.id == poll.id).values(closing))


def reopen(tx: Tx, poll: Poll, ends_at: datetime | None) -> None:
    """Open a closed poll, whose ballots are still there, until `ends_at`."""
    opened = {"state": PollState.OPEN, "closed_at": None, "ends_at": ends_at, "revision": polls.c.revision + 1}
    tx.execute(update(polls).where(polls.c.id == poll.id).values(opened))


def withdraw(tx: Tx, poll: Poll, state: PollState) -> None:
    """Take a poll back or delete it, as `state` says: its ballots go with it.

    Options of an anonymous one are written anew: on PostgreSQL a row keeps the transaction (`xmax`) that last chose it.
    """
    tx.execute(delete(ballots).where(ballots.c.poll_id == poll.id))
    tx.execute(delete(voices).where(voices.c.poll_id == poll.id))
    if poll.anonymous:
        tx.execute(update(options).where(options.c.poll_id == poll.id).values(votes=None))
    tx.execute(update(polls).where(polls.c.id == poll.id).values(state=state, key=None, to_wipe=poll.anonymous))


def to_wipe(tx: Tx, workspace: WorkspaceId) -> list[PollId]:
    """Polls whose ballots are deleted, and may still be found in the database's files."""
    statement = select(polls.c.id).where(polls.c.workspace_id == workspace, polls.c.to_wipe)
    return [PollId(each) for each in tx.execute(statement).scalars()]


def wiped(tx: Tx, workspace: WorkspaceId, these: Iterable[PollId]) -> None:
    tx.execute(update(polls).where(polls.c.workspace_id == workspace, polls.c.id.in_(these)).values(to_wipe=False))


def _shown_in(here: ChannelId) -> ColumnElement[bool]:
    return polls.c.private.is_(False) | (polls.c.channel == here)


def _chosen(workspace: WorkspaceId, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(polls, members.c.user)
        .join(members, polls.c.maker_id == members.c.id)
        .where(polls.c.workspace_id == workspace, condition)
    )


def _locked(tx: Tx, statement: Select[*tuple[Any, ...]], which: Mapping[str, int]) -> Poll | None:
    row = tx.execute(statement, which).one_or_none()
    return None if row is None else _with_options(row, tx.execute(OPTIONS, {"poll": row.id}).all())


def _voted(tx: Tx, statement: Select[*tuple[Any, ...]], which: Mapping[str, int | str]) -> Poll | None:
    rows = tx.execute(statement, which).all()
    if not rows:
        return None
    poll = rows[0]  # as it is once the lock is held, unlike the options
    may_have_changed = poll.adds_options or poll.edited_at is not None
    return _with_options(poll, tx.execute(OPTIONS, {"poll": poll.id}).all() if may_have_changed else rows)


def _with_options(row: Row[Any], found: Iterable[Row[*tuple[Any, ...]]]) -> Poll:
    its_options = tuple(_option(each, each.option_id, each.votes or 0) for each in found)
    return _poll(row, its_options, row.voters or 0, row.abstained or 0)


def _one(tx: Tx, workspace: WorkspaceId, condition: ColumnElement[bool]) -> Poll | None:
    row = tx.execute(_chosen(workspace, condition)).one_or_none()
    return None if row is None else _counted(tx, row)


def _counted(tx: Tx, row: Row[Any]) -> Poll:
    """The poll with its count: as stored if its ballots are gone, from the ballots otherwise."""
    if row.voters is not None:
        return with_objection(tx, _poll(row, _options(tx, row.id), row.voters, row.abstained or 0))
    return with_objection(tx, _poll(row, _options(tx, row.id, _votes(tx, row.id)), *_answered(tx, row.id)))


def _answered(tx: Tx, poll: PollId) -> tuple[int, int]:
    """How many voices have answered, and how many of them by abstaining."""
    chose = select(func.count(ballots.c.voice.distinct())).where(ballots.c.poll_id == poll).scalar_subquery()
    abstained = select(func.count()).where(voices.c.poll_id == poll, voices.c.abstained).scalar_subquery()
    row = tx.execute(select(chose.label("chose"), abstained.label("abstained"))).one()
    return row.chose + row.abstained, row.abstained


def _votes(tx: Tx, poll: PollId) -> dict[int, int]:
    """Votes by option; an option without any is left out."""
    statement = select(ballots.c.option_id, func.count().label("votes")).where(ballots.c.poll_id == poll)
    return {row.option_id: row.votes for row in tx.execute(statement.group_by(ballots.c.option_id))}


def _options(tx: Tx, poll: PollId, votes: Mapping[int, int] | None = None) -> tuple[Option, ...]:
    """With the `votes` given, or those stored when the poll closed."""
    rows = tx.execute(select(options).where(options.c.poll_id == poll).order_by(options.c.position)).all()
    counted = {row.id: row.votes or 0 for row in rows} if votes is None else votes
    return tuple(_option(row, row.id, counted.get(row.id, 0)) for row in rows)


def _option(row: Row[Any], option: int, votes: int) -> Option:
    return Option(OptionId(option), row.position, row.text, votes, tuple(row.earlier or ()))


def _poll(row: Row[Any], its_options: tuple[Option, ...], voters: int, abstained: int) -> Poll:
    return Poll(
        id=PollId(row.id),
        workspace=WorkspaceId(row.workspace_id),
        number=row.number,
        question=row.question,
        channel=ChannelId(row.channel),
        maker=MemberId(row.maker_id),
        maker_user=UserId(row.user),
        anonymous=row.anonymous,
        progress=row.progress,
        choices=row.choices,
        state=PollState(row.state),
        key=row.key,
        options=its_options,
        voters=voters,
        created_at=row.created_at,
        by_mechanism=row.by_mechanism,
        adds_options=row.adds_options,
        objection=row.objection,
        language=row.language,
        posts_at=row.posts_at,
        ends_at=row.ends_at,
        closed_at=row.closed_at,
        edited_at=row.edited_at,
        revision=row.revision,
        abstained=abstained,
        nudges=row.nudges,
        nudged_at=row.nudged_at,
    )
