"""Everything that a person can do at a tab."""

from dataclasses import dataclass

from workspace.page.forms import Forms
from workspace.page.hands import Hands
from workspace.page.presses import Presses
from workspace.page.seat import Seat
from workspace.page.watching import Watching
from workspace.page.winding import Winding


@dataclass(frozen=True, slots=True)
class Deeds:
    hands: Hands
    presses: Presses
    forms: Forms
    winding: Winding
    watching: Watching

    @classmethod
    def of(cls, seat: Seat) -> "Deeds":
        return cls(Hands(seat), Presses(seat), Forms(seat), Winding(seat), Watching(seat))
