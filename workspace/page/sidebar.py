"""The side of the page: who one is, and where one can go."""

from babel import Locale, UnknownLocaleError

from workspace.members import Channel, Member
from workspace.page import dates
from workspace.page.markup import Html, join, tag
from workspace.page.reader import Reader, is_outsider, name_of, role_of
from workspace.page.scene import Scene

DIRECT = "direct"
"""Stands for the direct messages with the bot, which may not have been opened yet."""
HOME = "home"
"""Stands for the app's Home tab."""

OUTSIDER = "From another workspace"
GUEST = "Guest: sees only the channels they were invited to"


def switcher(scene: Scene, viewer: Member) -> Html:
    options = join(_option(member, viewer) for member in scene.people())
    label = tag("label", "You are", for_="member-switcher")
    return join((label, tag("select", options, id="member-switcher", data_testid="member-switcher")))


def card(scene: Scene, viewer: Member, reader: Reader) -> Html:
    """The viewer's role, standing, time and language."""
    now = reader.local(reader.now)
    lines = [tag("span", role_of(viewer), class_="role", dir="auto")]
    standing = _standing(scene, viewer)
    if standing:
        lines.append(tag("span", standing, class_="standing", data_testid="standing"))
    lines.append(tag("span", f"{dates.clock(now)}, {dates.day(now)}", class_="time"))
    lines.append(tag("span", viewer.zone.replace("_", " "), class_="zone"))
    lines.append(tag("span", _language(viewer.locale), class_="zone", data_testid="language"))
    return join(lines)


def rooms(scene: Scene, viewer: Member, here: Channel | str) -> Html:
    """`here` is the room that is open, or `HOME`."""
    workspace = scene.workspace
    channels = [
        _entry(
            title(scene, room),
            room.id,
            f"channel-{room.name}",
            is_here=room is here,
            unread=scene.unread(viewer, room),
        )
        for room in scene.rooms(viewer)
    ]
    direct = workspace.direct(viewer.id)
    outside = is_outsider(workspace, viewer)
    unread = 0 if direct is None else scene.unread(viewer, direct)
    dm = _entry(_bot(scene), DIRECT, f"dm-{workspace.bot_name}", is_here=direct is here, unread=unread)
    home = _entry(home_title(scene), HOME, "app-home", is_here=here == HOME, unread=0)
    parts = [tag("h2", "Channels"), tag("ul", *channels)]
    if not outside or direct is not None:
        parts += [tag("h2", "Direct messages"), tag("ul", dm)]
    if not outside:
        parts += [tag("h2", "Apps"), tag("ul", home)]
    return join(parts)


def title(scene: Scene, room: Channel) -> str:
    if room.is_im:
        return _bot(scene)
    return f"{'🔒 ' if room.is_private else '#'}{room.name}"


def home_title(scene: Scene) -> str:
    return f"{_bot(scene)} – Home"


def _bot(scene: Scene) -> str:
    return name_of(scene.workspace.members[scene.workspace.bot_user_id])


def _standing(scene: Scene, viewer: Member) -> str:
    if is_outsider(scene.workspace, viewer):
        return OUTSIDER
    return GUEST if viewer.is_restricted or viewer.is_ultra_restricted else ""


def _language(locale: str) -> str:
    try:
        named = Locale.parse(locale, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        named = None
    return f"{named or 'Unknown language'}, {locale}"


def _option(member: Member, viewer: Member) -> Html:
    label = " – ".join(filter(None, (name_of(member), role_of(member))))
    return tag("option", label, value=member.id, selected=member.id == viewer.id, dir="auto")


def _entry(label: str, room_id: str, testid: str, *, is_here: bool, unread: int) -> Html:
    badge = Html()
    if unread and not is_here:
        badge = tag("span", str(unread), tag("span", " unread", class_="spoken"), class_="badge", data_testid="unread")
    return tag(
        "li",
        tag(
            "button",
            tag("bdi", label),
            badge,
            type="button",
            id=f"room/{room_id}",
            class_="unread" if badge else None,
            data_room=room_id,
            data_testid=testid,
            aria_current="page" if is_here else None,
        ),
    )
