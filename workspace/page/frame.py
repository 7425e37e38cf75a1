"""What stands on the page, whoever looks and whatever is said: built once for a tab, with slots that change."""

from dataclasses import dataclass

from nicegui import ui

from workspace.page import dialogs, panels
from workspace.page.deeds import Deeds
from workspace.page.dialogs import EMIT, Dialogs
from workspace.page.markup import Html, join, tag
from workspace.page.notes import note
from workspace.page.panels import KEYED, SUBMITTED, ThreadPanel, TrafficPanel
from workspace.page.rows import Rows, button, element, piece
from workspace.page.winding import Winding

ENTERED = "(event) => standIn.entered(event, emit)"
OPENED = "(event) => standIn.openedThread(event, emit)"

THEMES = {"system": "As the system has it", "light": "Light", "dark": "Dark"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The slots."""

    now: ui.html
    told: ui.html
    chosen_time: ui.html
    switcher: ui.html
    card: ui.html
    rooms: ui.html
    place: ui.element
    title: ui.html
    timeline: ui.element
    rows: Rows
    home: ui.element
    home_rows: Rows
    composer: ui.element
    complaint: ui.html
    hint: ui.html
    thread: ThreadPanel
    traffic: TrafficPanel
    dialogs: Dialogs


def build(deeds: Deeds, name: str) -> Frame:
    with element("div", id="shell").on("reloaded", deeds.hands.reload, js_handler="() => emit()"):
        piece("Skip to the messages", "a", class_="skip", href="#timeline")
        now, chosen_time = _clock(deeds.winding)
        told = piece(id="told", role="status", data_testid="told")
        switcher, card, rooms = _side(deeds, name)
        with element("section", id="place", aria_label="Where you are") as place:
            title = _title(deeds)
            timeline, home = _room(deeds)
            composer, complaint, hint = _composer(deeds)
        thread = panels.thread(deeds)
        traffic = panels.traffic(deeds)
        shown = dialogs.build(deeds.hands, deeds.presses, deeds.forms)
    return Frame(
        now=now,
        told=told,
        chosen_time=chosen_time,
        switcher=switcher,
        card=card,
        rooms=rooms,
        place=place,
        title=title,
        timeline=timeline,
        rows=Rows(timeline),
        home=home,
        home_rows=Rows(home),
        composer=composer,
        complaint=complaint,
        hint=hint,
        thread=thread,
        traffic=traffic,
        dialogs=shown,
    )


def _clock(winding: Winding) -> tuple[ui.html, ui.html]:
    with element("section", id="clock", aria_label="Simulated time"):
        now = piece(id="now", data_testid="clock-now", role="timer")
        with element("div", id="winding"):
            button("To the next reminder", "clock-next").on("click", winding.to_next)
            button("+1 hour", "clock-hour").on("click", winding.an_hour)
            button("+1 day", "clock-day").on("click", winding.a_day)
            with element("form").on("submit", winding.to, js_handler=SUBMITTED):
                chosen_time = piece()
                button("Go", "clock-go", kind="submit", spoken="Go to the chosen time")
    return now, chosen_time


def _side(deeds: Deeds, name: str) -> tuple[ui.html, ui.html, ui.html]:
    with element("nav", id="sidebar", aria_label="You, and where you can go"):
        piece(name, "h1")
        switcher = piece(class_="switcher").on(
            "change", deeds.hands.become, js_handler="(event) => emit(event.target.value)"
        )
        card = piece(id="card")
        rooms = piece(id="rooms").on("click", deeds.hands.enter, js_handler=ENTERED)
        with element("div", class_="stand-in"):
            piece(_theme(), class_="switcher").on("change", js_handler="(event) => standIn.dress(event.target.value)")
            piece(note())
    return switcher, card, rooms


def _theme() -> Html:
    options = join(tag("option", label, value=value) for value, label in THEMES.items())
    return join((tag("label", "Colours", for_="theme"), tag("select", options, id="theme", data_testid="theme")))


def _title(deeds: Deeds) -> ui.html:
    with element("div", id="heading"):
        menu = piece(
            "☰", "button", id="menu", type="button", aria_label="People and channels", aria_controls="sidebar"
        )
        menu.on("click", js_handler="() => standIn.toggle()")
        title = piece(tag="h2")
        button("Traffic", "traffic-open", spoken="Traffic between Slack and the bot").on("click", deeds.watching.toggle)
    return title


def _room(deeds: Deeds) -> tuple[ui.element, ui.element]:
    timeline = element("div", id="timeline", role="log", aria_label="Messages", tabindex="0")
    timeline.on("act", deeds.presses.press, js_handler=EMIT)
    timeline.on("click", deeds.hands.open_thread, js_handler=OPENED)
    home = element("section", id="home", class_="content", aria_label="Home of the app", data_testid="home")
    home.on("act", deeds.presses.press, js_handler=EMIT).on("draft", deeds.forms.enter, js_handler=EMIT)
    return timeline, home


def _composer(deeds: Deeds) -> tuple[ui.element, ui.html, ui.html]:
    with element("form", id="sending").on("submit", deeds.hands.send, js_handler=SUBMITTED):
        complaint = piece(id="complaint", role="alert")
        with element("div", class_="typing"):
            named = {"id": "composer", "data_testid": "composer", "autofocus": ""}
            composer = element("textarea", name="text", rows="1", dir="auto", **named)
            composer.on("keydown", js_handler=KEYED)
            button("Send", "send", kind="submit")
        hint = piece(id="hint").on("click", js_handler="(event) => standIn.insert(event)")
    return composer, complaint, hint
