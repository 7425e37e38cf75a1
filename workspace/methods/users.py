"""`users.*`: who people are, and where on the clock."""

from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from workspace.members import Member
from workspace.methods.arguments import Arguments, page
from workspace.state import Workspace
from workspace.wire import Json, SlackError


def info(workspace: Workspace, arguments: Arguments) -> Json:
    member = workspace.members.get(arguments.text("user"))
    if member is None:
        raise SlackError("user_not_found")
    return {"user": wire(workspace, member, with_locale=arguments.flag("include_locale"))}


def list_(workspace: Workspace, arguments: Arguments) -> Json:
    part, metadata = page(list(workspace.members.values()), arguments)
    with_locale = arguments.flag("include_locale")
    shown = [wire(workspace, member, with_locale=with_locale) for member in part]
    return {"members": shown, "cache_ts": workspace.now_s(), "response_metadata": metadata}


def wire(workspace: Workspace, member: Member, *, with_locale: bool = False) -> Json:
    """A user as Slack sends it; of one who has been deactivated it says little."""
    shown: Json = {
        "id": member.id,
        "team_id": member.team_id,
        "name": member.name,
        "deleted": member.deleted,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": workspace.now_s(),
        "profile": {"real_name": member.real_name, "display_name": member.name, "team": member.team_id},
    }
    if member.deleted:
        return shown
    shown |= _zone(workspace, member) | _standing(member)
    if with_locale:
        shown["locale"] = member.locale
    return shown


def _zone(workspace: Workspace, member: Member) -> Json:
    """`tz_offset` is that of the simulated moment, in seconds."""
    zone = ZoneInfo(member.zone)
    offset = workspace.clock().astimezone(zone).utcoffset()
    return {
        "tz": member.zone,
        "tz_label": get_timezone_name(zone, width="long", locale="en"),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def _standing(member: Member) -> Json:
    return {
        "real_name": member.real_name,
        "is_admin": member.is_admin or member.is_owner,
        "is_owner": member.is_owner,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted or member.is_ultra_restricted,
        "is_ultra_restricted": member.is_ultra_restricted,
        **({"is_stranger": True} if member.is_stranger else {}),
    }
