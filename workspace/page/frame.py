"""What stands on the page, whoever looks and whatever is said: built once for a tab, with slots that change."""

from collections.abc import Sequence
from dataclasses import dataclass

from nicegui import ui

from workspace.page.hands import Hands
from workspace.page.markup import Html, join, tag
from workspace.page.rows import Rows, element, piece
from workspace.page.scene import Command, Scene
from workspace.page.winding import Winding

CHOSEN = "(event) => standIn.chosen(event, emit)"
PRESSED = "(event) => standIn.pressed(event, emit)"
ENTERED = "(event) => standIn.entered(event, emit)"
CLOSED = "(event) => event.target.closest('button') && emit()"
SUBMITTED = "(event) => standIn.submitted(event, emit)"

STAND_IN = "This stands in for Slack. The people are invented, and nothing leaves this computer."


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The slots."""

    now: ui.html
    told: ui.html
    chosen_time: ui.html
    switcher: ui.html
    card: ui.html
    rooms: ui.html
    title: ui.html
    timeline: ui.element
    rows: Rows
    form: ui.html
    composer: ui.element
    complaint: ui.html


def build(hands: Hands, winding: Winding, scene: Scene) -> Frame:
    with element("div", id="shell"):
        now, chosen_time = _clock(winding)
        told = piece(id="told", role="status", data_testid="told")
        with element("nav", id="sidebar", aria_label="You, and where you can go"):
            piece(scene.name, "h1")
            switcher = piece(class_="switcher").on(
                "change", hands.become, js_handler="(event) => emit(event.target.value)"
            )
            card = piece(id="card")
            rooms = piece(id="rooms").on("click", hands.enter, js_handler=ENTERED)
            piece(STAND_IN, "p", class_="stand-in")
        with element("main"):
            title = _title()
            timeline = element("div", id="timeline", role="log", aria_label="Messages", tabindex="0")
            timeline.on("click", hands.press, js_handler=PRESSED).on("change", hands.press, js_handler=CHOSEN)
            form = piece(id="form").on("click", hands.close_form, js_handler=CLOSED)
            composer, complaint = _composer(hands, scene.commands)
    return Frame(
        now=now,
        told=told,
        chosen_time=chosen_time,
        switcher=switcher,
        card=card,
        rooms=rooms,
        title=title,
        timeline=timeline,
        rows=Rows(timeline),
        form=form,
        composer=composer,
        complaint=complaint,
    )


def _clock(winding: Winding) -> tuple[ui.html, ui.html]:
    with element("section", id="clock", aria_label="Simulated time"):
        now = piece(id="now", data_testid="clock-now", role="timer")
        with element("div", id="winding"):
            _button("To the next reminder", "clock-next").on("click", winding.to_next)
            _button("+1 hour", "clock-hour").on("click", winding.an_hour)
            _button("+1 day", "clock-day").on("click", winding.a_day)
            with element("form").on("submit", winding.to, js_handler=SUBMITTED):
                chosen_time = piece()
                _button("Go", "clock-go", kind="submit", spoken="Go to the chosen time")
    return now, chosen_time


def _button(label: str, testid: str, *, kind: str = "button", spoken: str | None = None) -> ui.html:
    return piece(label, "button", type=kind, data_testid=testid, aria_label=spoken or label)


def _title() -> ui.html:
    with element("div", id="heading"):
        menu = piece(
            "☰", "button", id="menu", type="button", aria_label="People and channels", aria_controls="sidebar"
        )
        menu.on("click", js_handler="() => standIn.toggle()")
        return piece(tag="h2")


def _composer(hands: Hands, commands: Sequence[Command]) -> tuple[ui.element, ui.html]:
    with element("form", id="sending").on("submit", hands.send, js_handler=SUBMITTED):
        complaint = piece(id="complaint", role="alert")
        with element("div", id="typing"):
            composer = element("textarea", id="composer", name="text", rows="1", data_testid="composer", autofocus="")
            composer.on("keydown", js_handler="(event) => standIn.typed(event)")
            _button("Send", "send", kind="submit")
        piece(_hint(commands), id="hint").on("click", js_handler="(event) => standIn.insert(event)")
    return composer, complaint


def _hint(commands: Sequence[Command]) -> Html:
    offered = [
        tag(
            "button",
            each.name,
            type="button",
            title=f"{each.description}\n{each.name} {each.usage}",
            data_insert=each.name,
        )
        for each in commands
    ]
    return join((tag("span", "Commands:"), *offered, tag("span", "Enter sends, Shift+Enter begins a new line.")))
