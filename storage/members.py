"""The people of a workspace whom the bot has met."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Row, Text, Update, bindparam, func, insert, or_, select, update

from bot.domain.deliveries import DeliveryState
from bot.domain.folding import fold
from bot.domain.ids import ChannelId, MemberId, UserId, WorkspaceId
from bot.domain.members import Member, Profile, Sender, Standing, Workspace
from bot.ports import Tx
from storage.consultation_tables import representatives
from storage.tables import deliveries, members, workspaces

NAMED = "named:"
"""What the keys of people without an account begin with, in the place of an id of Slack's; the folded name follows."""

REPRESENTS = select(representatives.c.id).where(representatives.c.member_id == members.c.id).correlate(members).exists()
COLUMNS = (
    members.c.id,
    members.c.user,
    members.c.zone,
    members.c.locale,
    members.c.standing,
    members.c.direct,
    members.c.reminded,
    members.c.name,
    members.c.organises,
    REPRESENTS.label("represents"),
    workspaces.c.id.label("workspace_id"),
    workspaces.c.team,
    workspaces.c.zone.label("workspace_zone"),
    workspaces.c.language,
)
JOINED = members.join(workspaces, members.c.workspace_id == workspaces.c.id)
BY_USER = (
    select(*COLUMNS)
    .select_from(JOINED)
    .where(workspaces.c.team == bindparam("team"), members.c.user == bindparam("user"))
)
"""Built once: every command begins with it."""

BY_ID = (
    select(*COLUMNS)
    .select_from(JOINED)
    .where(members.c.workspace_id == bindparam("workspace"), members.c.id == bindparam("member"))
)

ADD = insert(members).from_select(
    ["workspace_id", "user", "standing"],
    select(workspaces.c.id, bindparam("new_user", type_=Text), bindparam("new_standing", type_=Text)).where(
        workspaces.c.team == bindparam("of_team")
    ),
)


def get_or_add(tx: Tx, sender: Sender) -> Member:
    """The member who sent something, added at the first sight. The workspace is known already.

    Raises:
        LookupError: no such workspace is installed.
    """
    found = _find(tx, sender)
    if found is None:
        standing = Standing.UNKNOWN if sender.home == sender.team else Standing.OUTSIDER
        tx.execute(ADD, {"of_team": sender.team, "new_user": sender.user, "new_standing": standing})
        found = _find(tx, sender)
    if found is None:
        raise LookupError(sender.team)
    return found


def get(tx: Tx, workspace: WorkspaceId, member: MemberId) -> Member:
    return of_row(tx.execute(BY_ID, {"workspace": workspace, "member": member}).one())


def among(tx: Tx, workspace: WorkspaceId, these: Collection[MemberId]) -> dict[MemberId, Member]:
    """These members by their ids."""
    statement = select(*COLUMNS).select_from(JOINED).where(members.c.workspace_id == workspace, members.c.id.in_(these))
    return {each.id: each for each in map(of_row, tx.execute(statement))}


def key_of(name: str) -> UserId:
    """By which a person without an account is kept, whatever the case and accents of the name."""
    return UserId(NAMED + fold(name))


def get_or_add_each(
    tx: Tx, workspace: WorkspaceId, users: Iterable[UserId], names: Iterable[str] = ()
) -> dict[UserId, Member]:
    """People by their ids, of this workspace until Slack says otherwise; and those without an account, by `key_of`."""
    wanted: dict[UserId, dict[str, object]] = {}
    for user in users:
        wanted.setdefault(user, {"user": user, "standing": Standing.UNKNOWN, "name": None})
    for name in names:
        wanted.setdefault(key_of(name), {"user": key_of(name), "standing": Standing.NAMED, "name": name})
    found = _by_user(tx, workspace, wanted)
    fresh = [row | {"workspace_id": workspace} for user, row in wanted.items() if user not in found]
    if fresh:
        tx.execute(insert(members), fresh)
        found |= _by_user(tx, workspace, wanted.keys() - found.keys())
    return found


def find_named(tx: Tx, workspace: Workspace, name: str) -> Member | None:
    """The person without an account of that name, whatever its case and accents, if one was ever entered."""
    return _find(tx, _named(workspace, name))


def get_or_add_named(tx: Tx, workspace: Workspace, name: str) -> Member:
    """The same, entered at the first sight."""
    found = find_named(tx, workspace, name)
    if found is None:
        row = {"workspace_id": workspace.id, "user": key_of(name), "standing": Standing.NAMED, "name": name}
        tx.execute(insert(members).values(**row))
        found = get_or_add(tx, _named(workspace, name))
    return found


def unread(tx: Tx, workspace: WorkspaceId, before: datetime, limit: int) -> list[UserId]:
    """Members whose Slack profile was never read, or last read before `before`."""
    stale = or_(members.c.read_at.is_(None), members.c.read_at < before)
    mine = (members.c.workspace_id == workspace) & (members.c.standing != Standing.NAMED)
    statement = select(members.c.user).where(mine, stale).order_by(members.c.read_at.nulls_first()).limit(limit)
    return [UserId(user) for user in tx.execute(statement).scalars()]


def standings(tx: Tx, workspace: WorkspaceId, users: Collection[UserId]) -> dict[UserId, Standing]:
    """Of those among `users` whom the bot has met."""
    statement = select(members.c.user, members.c.standing).where(members.c.workspace_id == workspace)
    return {UserId(row.user): Standing(row.standing) for row in tx.execute(statement.where(members.c.user.in_(users)))}


def remember(tx: Tx, team: str, profiles: Iterable[Profile], read_at: datetime) -> None:
    """Keep what Slack says of people whom the bot has met; of others nothing."""
    for profile in profiles:
        tx.execute(
            _known(team, profile.user).values(
                zone=profile.zone,
                locale=profile.locale,
                standing=profile.standing,
                name=profile.name,
                read_at=read_at,
            )
        )


def forget_profile(tx: Tx, team: str, user: UserId) -> None:
    """Have the profile read anew; what is known of it stands until then."""
    tx.execute(_known(team, user).values(read_at=None))


def without_direct(tx: Tx, workspace: WorkspaceId, limit: int) -> list[Member]:
    """Those who are owed something, the most pressing first, and whose direct messages were never opened."""
    pressing = (
        select(func.min(deliveries.c.priority))
        .where(deliveries.c.member_id == members.c.id, deliveries.c.state == DeliveryState.PENDING)
        .scalar_subquery()
    )
    statement = (
        select(*COLUMNS)
        .select_from(JOINED)
        .where(members.c.workspace_id == workspace, members.c.direct.is_(None), pressing.is_not(None))
        .order_by(pressing, members.c.id)
        .limit(limit)
    )
    return [of_row(row) for row in tx.execute(statement)]


def organisers(tx: Tx, workspace: WorkspaceId) -> list[Member]:
    """Those whom the bot has met: by their place in Slack, or named."""
    mine = (members.c.workspace_id == workspace) & members.c.standing.not_in(
        (Standing.BOT, Standing.NAMED, Standing.LEFT)
    )
    may = or_(members.c.standing == Standing.ORGANISER, members.c.organises)
    statement = select(*COLUMNS).select_from(JOINED).where(mine, may).order_by(members.c.id)
    return [of_row(row) for row in tx.execute(statement)]


def set_organises(tx: Tx, member: Member, *, organises: bool) -> None:
    mine = members.c.workspace_id == member.workspace.id
    tx.execute(update(members).where(mine, members.c.id == member.id).values(organises=organises))


def set_direct(tx: Tx, member: Member, direct: ChannelId) -> None:
    mine = members.c.workspace_id == member.workspace.id
    tx.execute(update(members).where(mine, members.c.id == member.id).values(direct=direct))


def set_reminded(tx: Tx, member: Member, *, reminded: bool) -> None:
    mine = members.c.workspace_id == member.workspace.id
    tx.execute(update(members).where(mine, members.c.id == member.id).values(reminded=reminded))


def _known(team: str, user: UserId) -> Update:
    workspace = select(workspaces.c.id).where(workspaces.c.team == team).scalar_subquery()
    return update(members).where(members.c.workspace_id == workspace, members.c.user == user)


def _named(workspace: Workspace, name: str) -> Sender:
    return Sender(workspace.team, workspace.team, key_of(name), ChannelId(""))


def _find(tx: Tx, sender: Sender) -> Member | None:
    row = tx.execute(BY_USER, {"team": sender.team, "user": sender.user}).one_or_none()
    return None if row is None else of_row(row)


def _by_user(tx: Tx, workspace: WorkspaceId, users: Collection[UserId]) -> dict[UserId, Member]:
    statement = (
        select(*COLUMNS).select_from(JOINED).where(members.c.workspace_id == workspace, members.c.user.in_(users))
    )
    return {each.user: each for each in map(of_row, tx.execute(statement))}


def of_row(row: Row[*tuple[object, ...]]) -> Member:
    return Member(
        id=MemberId(row.id),
        workspace=Workspace(WorkspaceId(row.workspace_id), row.team, row.workspace_zone, row.language),
        user=UserId(row.user),
        zone=row.zone,
        locale=row.locale,
        standing=Standing(row.standing),
        direct=None if row.direct is None else ChannelId(row.direct),
        reminded=row.reminded,
        name=row.name,
        organises=row.organises,
        represents=bool(row.represents),
    )
