"""The app's Home tab, as the bot published it for the person who looks."""

from collections.abc import Iterator

from workspace.page.markup import tag
from workspace.page.seat import Seat
from workspace.page.timeline import Item

NOTHING = "The bot has published no Home for you. In Slack you would see a short notice here."


def items(seat: Seat) -> Iterator[Item]:
    if not seat.is_at_home:
        return
    view = seat.home
    if view is None:
        yield Item("nothing", tag("p", NOTHING, class_="nothing"))
    else:
        yield from seat.form(view).items(view, seat.sheet(view.id))
