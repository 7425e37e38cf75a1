"""Forms as their people fill them in."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.page.rehearsal import TAKEN
from tests.page.stage import Stage

STOPS = 20


def type_in(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab as often as it takes; a field for a date alone takes several."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab does not lead to {wanted}")


@pytest.fixture
def modal(rehearsal: Page) -> Locator:
    rehearsal.goto("/?as=ana")
    type_in(rehearsal, "/form")
    opened = rehearsal.get_by_test_id("modal")
    expect(opened).to_be_visible()
    return opened


def test_a_form_is_filled_in_mended_and_sent_by_keyboard_alone(rehearsal: Page, modal: Locator, stage: Stage) -> None:
    keys = rehearsal.keyboard
    expect(rehearsal.get_by_test_id("input-title")).to_be_focused()
    expect(modal.locator("dialog, .head")).to_contain_text("New webinar")
    keys.type("Taken")
    keys.press("Tab")
    keys.type("in two\nlines")
    keys.press("Tab")
    keys.type("12")
    keys.press("Tab")
    keys.type("lim")
    keys.press("Enter")
    expect(rehearsal.get_by_test_id("input-zone")).to_have_value("Lima")
    keys.press("Tab")
    keys.type("okoro")
    keys.press("Enter")
    expect(rehearsal.get_by_test_id("input-chair")).to_have_value("Ben Okoro")
    keys.press("Tab")
    for room in ("general", "records"):
        keys.type(room)
        keys.press("Enter")
        expect(modal.get_by_role("button", name=f"Remove #{room}")).to_be_visible()
    tab_to(rehearsal, rehearsal.get_by_test_id("input-leads").get_by_role("checkbox", name="Hour", exact=True))
    keys.press("Space")
    tab_to(rehearsal, rehearsal.get_by_test_id("input-kind").get_by_role("radio", name="Open"))
    keys.press("ArrowDown")
    tab_to(rehearsal, rehearsal.get_by_test_id("modal-submit"))
    keys.press("Enter")
    expect(rehearsal.get_by_test_id("modal-error")).to_have_text(TAKEN)
    expect(rehearsal.get_by_test_id("input-title")).to_be_focused()
    expect(rehearsal.get_by_test_id("input-title")).to_have_attribute("aria-invalid", "true")
    expect(rehearsal.get_by_test_id("input-notes")).to_have_value("in two\nlines")
    keys.press("End")
    keys.type(" no more")
    keys.press("Enter")
    expect(modal).to_be_hidden()
    expect(rehearsal.get_by_test_id("composer")).to_be_focused()
    rooms = f"{stage.id_of('general')} {stage.id_of('records')}"
    wanted = f"Taken no more, in two\nlines, 12, lima, {stage.id_of('ben')}, {rooms}, 2020-09-24, 09:00, hour, closed"
    stage.said_to("ana", wanted)


def test_a_mistake_is_said_beside_its_field_before_the_bot_is_asked(rehearsal: Page, modal: Locator) -> None:
    rehearsal.get_by_test_id("input-title").fill("Oh")
    rehearsal.get_by_test_id("input-seats").fill("many")
    rehearsal.get_by_test_id("modal-submit").click()
    errors = modal.get_by_test_id("modal-error")
    expect(errors).to_have_text(["Write at least 5 characters. There are 2.", "Write a whole number from 1 up to 40."])
    rehearsal.get_by_test_id("input-title").fill("Long enough")
    rehearsal.get_by_test_id("input-seats").fill("4")
    rehearsal.get_by_test_id("modal-submit").click()
    expect(errors.first).to_have_text("Please complete this required field.")
    expect(rehearsal.get_by_test_id("input-zone")).to_be_focused()


def test_tab_stays_in_the_form_and_escape_closes_it(rehearsal: Page, modal: Locator, stage: Stage) -> None:
    rehearsal.get_by_test_id("modal-submit").focus()
    rehearsal.keyboard.press("Tab")
    expect(rehearsal.get_by_test_id("modal-dismiss")).to_be_focused()
    rehearsal.keyboard.press("Shift+Tab")
    expect(rehearsal.get_by_test_id("modal-submit")).to_be_focused()
    rehearsal.keyboard.press("Escape")
    expect(modal).to_be_hidden()
    expect(rehearsal.get_by_test_id("composer")).to_be_focused()
    stage.said_to("ana", "You closed the form")


def test_only_the_member_for_whom_it_was_opened_sees_a_form(rehearsal: Page, modal: Locator) -> None:
    other = rehearsal.context.new_page()
    other.goto("/?as=ben")
    expect(other.get_by_test_id("channel-cabinet")).to_be_visible()
    expect(other.get_by_test_id("modal")).to_be_hidden()
    expect(modal).to_be_visible()
    rehearsal.get_by_test_id("modal-close").click()
    expect(modal).to_be_hidden()


def test_what_is_typed_outlives_a_change_of_the_form_and_a_step_forth_and_back(rehearsal: Page) -> None:
    rehearsal.goto("/?as=ana")
    type_in(rehearsal, "/steps")
    first = rehearsal.get_by_test_id("input-first")
    first.fill("typed before")
    rehearsal.get_by_role("button", name="One more field").click()
    expect(rehearsal.get_by_test_id("input-more")).to_be_visible()
    expect(first).to_have_value("typed before")
    rehearsal.get_by_role("button", name="Next", exact=True).click()
    expect(rehearsal.get_by_test_id("modal")).to_contain_text("Step two")
    expect(rehearsal.get_by_test_id("input-second")).to_be_focused()
    rehearsal.get_by_test_id("modal-back").click()
    expect(first).to_have_value("typed before")
    rehearsal.get_by_test_id("modal-dismiss").click()
    expect(rehearsal.get_by_test_id("modal")).to_be_hidden()


def test_the_counter_says_how_much_is_typed(rehearsal: Page, modal: Locator) -> None:
    rehearsal.get_by_test_id("input-title").fill("Seven ✓")
    expect(modal).to_contain_text(re.compile(r"7 characters; 5 to 60"))
    rehearsal.get_by_test_id("modal-close").click()
    expect(modal).to_be_hidden()


def test_a_field_that_dispatches_tells_the_bot_at_once_with_all_that_was_entered(rehearsal: Page) -> None:
    rehearsal.goto("/?as=ana")
    type_in(rehearsal, "/steps")
    rehearsal.get_by_test_id("input-first").fill("Reading")
    rehearsal.get_by_test_id("input-pace").fill("fast")
    rehearsal.keyboard.press("Enter")
    expect(rehearsal.get_by_test_id("modal")).to_contain_text("Reading is fast")
    expect(rehearsal.get_by_test_id("input-first")).to_have_value("Reading")
    expect(rehearsal.get_by_test_id("input-pace")).to_have_value("Fast")


def test_a_bot_that_fails_leaves_the_form_open_with_what_was_typed(rehearsal: Page) -> None:
    rehearsal.goto("/?as=ana")
    type_in(rehearsal, "/steps")
    rehearsal.get_by_test_id("input-pace").fill("slow")
    rehearsal.keyboard.press("Enter")
    rehearsal.get_by_test_id("input-first").fill("No handler reads this form")
    rehearsal.keyboard.press("Enter")
    expect(rehearsal.get_by_test_id("modal-trouble")).to_contain_text("trouble connecting")
    expect(rehearsal.get_by_test_id("input-first")).to_have_value("No handler reads this form")
