"""What else people see and do at the page, with the rehearsal's bot."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.rehearsal import actions, button, option, plain
from tests.page.stage import Stage

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d4944415478da63fcffff3f030005fe02fea7"
    "9a5c180000000049454e44ae426082".replace(" ", "")
)
ARABIC = "مرحبا"


def sit(page: Page, name: str, room: str = "general") -> None:
    page.goto(f"/?as={name}")
    page.get_by_test_id(f"channel-{room}").click()
    expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", f"Message #{room}")


def said(page: Page, text: str) -> Locator:
    return page.get_by_role("log", name="Messages").get_by_test_id("message").filter(has_text=text)


def say(stage: Stage, text: str, room: str = "general", **more: object) -> str:
    """Have the bot say something; its `ts`."""
    return str(stage.call("chat.postMessage", channel=stage.id_of(room), text=text, **more)["ts"])


def test_home_is_published_at_each_visit_and_its_buttons_work(rehearsal: Page) -> None:
    sit(rehearsal, "ana")
    rehearsal.get_by_test_id("app-home").click()
    home = rehearsal.get_by_test_id("home")
    expect(home).to_contain_text("Visit 1")
    home.get_by_role("button", name="Look again").click()
    expect(home).to_contain_text("Visit 2")
    expect(rehearsal.get_by_test_id("composer")).to_be_hidden()
    rehearsal.get_by_test_id("channel-general").click()
    expect(home).to_be_hidden()
    rehearsal.get_by_test_id("app-home").click()
    expect(home).to_contain_text("Visit 3")


def test_a_reply_is_written_in_the_thread_and_counted_in_the_channel(rehearsal: Page, stage: Stage) -> None:
    say(stage, "Who will chair?")
    sit(rehearsal, "ana")
    start = said(rehearsal, "Who will chair?").last
    start.get_by_test_id("thread-open").press("Enter")
    thread = rehearsal.get_by_test_id("thread")
    expect(rehearsal.get_by_test_id("thread-composer")).to_be_focused()
    rehearsal.keyboard.type("/signup")
    rehearsal.keyboard.press("Enter")
    expect(rehearsal.get_by_test_id("told")).to_contain_text("no commands in threads")
    rehearsal.get_by_test_id("thread-composer").fill("I will")
    rehearsal.keyboard.press("Enter")
    expect(thread.get_by_test_id("message")).to_contain_text(["Who will chair?", "I will"])
    expect(start.get_by_test_id("thread-open")).to_contain_text("1 reply")
    expect(said(rehearsal, "I will")).to_have_count(0)
    rehearsal.keyboard.press("Escape")
    expect(thread).to_be_hidden()
    expect(start.get_by_test_id("thread-open")).to_be_focused()


def test_a_picture_is_shown_and_a_file_downloaded(rehearsal: Page, stage: Stage) -> None:
    general = stage.id_of("general")
    upload = stage.client.files_upload_v2
    stage.do(upload(channel=general, filename="tally.png", title="The tally", content=PICTURE, alt_txt="A dot"))
    stage.do(upload(channel=general, filename="seats.csv", title="The seats", content="a,b\n"))
    sit(rehearsal, "ana")
    picture = rehearsal.get_by_role("img", name="A dot").last
    expect(picture).to_have_js_property("naturalWidth", 1)
    with rehearsal.expect_download() as download:
        rehearsal.get_by_test_id("file").filter(has_text="The seats").last.click()
    assert download.value.suggested_filename == "seats.csv"
    assert download.value.path().read_text() == "a,b\n"


def test_what_others_said_is_counted_until_it_is_read(rehearsal: Page, stage: Stage) -> None:
    sit(rehearsal, "ana", "records")
    sit(rehearsal, "ana")
    for text in ("one", "two"):
        say(stage, text, "records")
    records = rehearsal.get_by_test_id("channel-records")
    expect(records.get_by_test_id("unread")).to_have_text("2 unread")
    records.click()
    expect(records.get_by_test_id("unread")).to_have_count(0)


def test_a_changed_message_says_so(rehearsal: Page, stage: Stage) -> None:
    ts = say(stage, "First words")
    sit(rehearsal, "ana")
    stage.call("chat.update", channel=stage.id_of("general"), ts=ts, text="Better words")
    expect(said(rehearsal, "Better words")).to_contain_text("(edited)")


def test_what_is_shown_to_one_alone_goes_when_they_reload(rehearsal: Page, stage: Stage) -> None:
    sit(rehearsal, "ana")
    stage.call("chat.postEphemeral", channel=stage.id_of("general"), user=stage.id_of("ana"), text="Yours alone")
    private = rehearsal.get_by_test_id("ephemeral")
    expect(private).to_contain_text("gone when the page is reloaded")
    other = rehearsal.context.new_page()
    sit(other, "ana")
    expect(other.get_by_test_id("ephemeral")).to_have_count(1)
    rehearsal.reload()
    expect(rehearsal.get_by_test_id("composer")).to_be_visible()
    expect(private).to_have_count(0)


def test_arabic_runs_from_right_to_left_with_names_and_numbers_apart(rehearsal: Page, stage: Stage) -> None:
    sit(rehearsal, "salma")
    say(stage, f"{ARABIC} <@{stage.id_of('ana')}>: <!date^1600930800^{{date}} {{time}}|x>\nIn English")
    text = said(rehearsal, ARABIC).last.locator(".content")
    expect(text).to_have_attribute("dir", "auto")
    assert text.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert text.locator(".mention").evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
    expect(text).to_contain_text("24 سبتمبر 2020 10:00")
    expect(rehearsal.get_by_test_id("language")).to_have_text("Arabic, ar")
    composer = rehearsal.get_by_test_id("composer")
    composer.fill(ARABIC)
    assert composer.evaluate("one => getComputedStyle(one).direction") == "rtl"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(rehearsal: Page, stage: Stage, theme: str) -> None:
    say(stage, "*Bold*, `code`, <https://example.org|a link> and <!here>")
    stage.call("chat.postEphemeral", channel=stage.id_of("general"), user=stage.id_of("ben"), text="Yours")
    sit(rehearsal, "ben")
    rehearsal.get_by_test_id("theme").select_option(theme)
    rehearsal.get_by_test_id("differs").locator("summary").click()
    rehearsal.get_by_test_id("traffic-open").click()
    rehearsal.get_by_test_id("exchange").first.locator("summary").click()
    expect(rehearsal.get_by_text("Request", exact=True).first).to_be_visible()
    rehearsal.get_by_test_id("composer").focus()
    assert rehearsal.evaluate(CONTRAST) == []
    rehearsal.get_by_test_id("composer").fill("/form")
    rehearsal.keyboard.press("Enter")
    rehearsal.get_by_test_id("modal-submit").click()
    expect(rehearsal.get_by_test_id("modal-error").first).to_be_visible()
    assert rehearsal.evaluate(CONTRAST) == []


def test_the_page_is_dark_where_the_system_is_and_keeps_what_is_chosen(rehearsal: Page) -> None:
    rehearsal.emulate_media(color_scheme="dark")
    sit(rehearsal, "ana")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = rehearsal.evaluate(ground)
    rehearsal.get_by_test_id("theme").select_option("light")
    assert rehearsal.evaluate(ground) == "rgb(255, 255, 255)" != dark
    rehearsal.reload()
    expect(rehearsal.get_by_test_id("theme")).to_have_value("light")
    assert rehearsal.evaluate(ground) == "rgb(255, 255, 255)"


def test_somebody_from_another_workspace_is_told_why_commands_fail_but_can_press(rehearsal: Page, stage: Stage) -> None:
    say(stage, "Press", blocks=[actions(button("again", "Shared button"))])
    rehearsal.goto("/?as=tove")
    expect(rehearsal.get_by_test_id("standing")).to_have_text("From another workspace")
    expect(rehearsal.get_by_test_id("outsider")).to_contain_text("not use our commands")
    expect(rehearsal.get_by_test_id("app-home")).to_have_count(0)
    expect(rehearsal.get_by_test_id("channel-records")).to_have_count(0)
    rehearsal.get_by_test_id("composer").fill("/form")
    rehearsal.keyboard.press("Enter")
    expect(rehearsal.get_by_role("alert").filter(has_text="another workspace")).to_be_visible()
    rehearsal.get_by_role("button", name="Shared button").click()
    stage.do(stage.workspace.until(lambda: stage.workspace.views.home(stage.id_of("tove"))))


def test_a_question_is_asked_before_a_press_that_wants_it(rehearsal: Page, stage: Stage) -> None:
    confirm = {"title": plain("Sure?"), "text": plain("All are told."), "confirm": plain("Yes"), "deny": plain("No")}
    say(stage, "Ask", blocks=[actions(button("again", "Risky", confirm=confirm))])
    sit(rehearsal, "ben")
    risky = rehearsal.get_by_role("button", name="Risky").last
    risky.press("Enter")
    question = rehearsal.get_by_test_id("confirm")
    expect(question).to_contain_text("All are told.")
    rehearsal.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(risky).to_be_focused()
    assert stage.workspace.views.home(stage.id_of("ben")) is None
    risky.press("Enter")
    question.get_by_role("button", name="Yes").press("Enter")
    expect(question).to_be_hidden()
    stage.do(stage.workspace.until(lambda: stage.workspace.views.home(stage.id_of("ben"))))


def test_a_select_in_a_message_tells_the_bot_what_is_chosen(rehearsal: Page, stage: Stage) -> None:
    select = {"type": "static_select", "action_id": "again", "options": [option("morning"), option("evening")]}
    say(stage, "Choose", blocks=[actions(select)])
    sit(rehearsal, "salma")
    chooser = rehearsal.get_by_test_id("input-again").last
    chooser.focus()
    rehearsal.keyboard.press("ArrowDown")
    rehearsal.keyboard.press("ArrowDown")
    rehearsal.keyboard.press("Enter")
    expect(chooser).to_have_value("Evening")
    stage.do(stage.workspace.until(lambda: stage.workspace.views.home(stage.id_of("salma"))))


def test_the_traffic_shows_calls_and_requests_without_tokens(rehearsal: Page, stage: Stage) -> None:
    sit(rehearsal, "ana")
    rehearsal.get_by_test_id("traffic-open").click()
    traffic = rehearsal.get_by_test_id("traffic")
    expect(rehearsal.get_by_test_id("traffic-filter")).to_be_focused()
    say(stage, "seen in the traffic")
    exchanges = traffic.get_by_test_id("exchange")
    expect(exchanges.first).to_contain_text("chat.postMessage")
    exchanges.first.locator("summary").press("Enter")
    expect(exchanges.first).to_contain_text("seen in the traffic")
    rehearsal.get_by_test_id("composer").fill("/form")
    rehearsal.keyboard.press("Enter")
    expect(rehearsal.get_by_test_id("modal")).to_be_visible()
    rehearsal.keyboard.press("Escape")
    expect(rehearsal.get_by_test_id("modal")).to_be_hidden()
    rehearsal.get_by_test_id("traffic-filter").fill("/form")
    expect(exchanges.first.locator("strong")).to_have_text("/form")
    assert not re.search("xoxb|stand-in-0000", traffic.inner_text())
    rehearsal.get_by_test_id("traffic-filter").press("Escape")
    expect(traffic).to_be_hidden()


def test_the_keyboard_skips_to_the_messages(rehearsal: Page) -> None:
    sit(rehearsal, "ana")
    rehearsal.evaluate("document.activeElement.blur()")
    rehearsal.get_by_role("link", name="Skip to the messages").press("Enter")
    expect(rehearsal.get_by_role("log", name="Messages")).to_be_focused()
