"""The side of the page: who one is, and where one can go."""

from workspace.members import Channel, Member
from workspace.page import dates
from workspace.page.markup import Html, join, tag
from workspace.page.reader import Reader, name_of, role_of
from workspace.page.scene import Scene

DIRECT = "direct"
"""Stands for the direct messages with the bot, which may not have been opened yet."""


def switcher(scene: Scene, viewer: Member) -> Html:
    options = join(_option(member, viewer) for member in scene.people())
    label = tag("label", "You are", for_="member-switcher")
    return join((label, tag("select", options, id="member-switcher", data_testid="member-switcher")))


def card(viewer: Member, reader: Reader) -> Html:
    """The viewer's role and time."""
    now = reader.local(reader.now)
    time = tag("span", f"{dates.clock(now)}, {dates.day(now)}", class_="time")
    zone = tag("span", viewer.zone.replace("_", " "), class_="zone")
    return join((tag("span", role_of(viewer), class_="role"), time, zone))


def rooms(scene: Scene, viewer: Member, here: Channel) -> Html:
    direct = scene.workspace.direct(viewer.id)
    channels = [
        _entry(
            title(scene, room),
            room.id,
            f"channel-{room.name}",
            here=room is here,
            unread=scene.has_unread(viewer, room),
        )
        for room in scene.rooms(viewer)
    ]
    unread = direct is not None and scene.has_unread(viewer, direct)
    dm = _entry(_bot(scene), DIRECT, f"dm-{scene.workspace.bot_name}", here=direct is here, unread=unread)
    return join((tag("h2", "Channels"), tag("ul", *channels), tag("h2", "Direct messages"), tag("ul", dm)))


def title(scene: Scene, room: Channel) -> str:
    if room.is_im:
        return _bot(scene)
    return f"{'🔒 ' if room.is_private else '#'}{room.name}"


def _bot(scene: Scene) -> str:
    return name_of(scene.workspace.members[scene.workspace.bot_user_id])


def _option(member: Member, viewer: Member) -> Html:
    label = " – ".join(filter(None, (name_of(member), role_of(member))))
    return tag("option", label, value=member.id, selected=member.id == viewer.id)


def _entry(label: str, room_id: str, testid: str, *, here: bool, unread: bool) -> Html:
    dot = tag("span", tag("span", "unread", class_="spoken"), class_="dot") if unread and not here else Html()
    return tag(
        "li",
        tag(
            "button",
            label,
            dot,
            type="button",
            id=f"room/{room_id}",
            class_="unread" if dot else None,
            data_room=room_id,
            data_testid=testid,
            aria_current="page" if here else None,
        ),
    )
