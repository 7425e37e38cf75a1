"""Convene's own forms, filled in by people in a browser, mistakes included. They share the newcomer's demo."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.page.test_newcomer import said, type_in


def open_form(page: Page, member: str, typed: str, channel: str = "general") -> Locator:
    """Type a command in a channel; its form."""
    page.goto(f"/?as={member}")
    page.get_by_test_id(f"channel-{channel}").click()
    type_in(page, typed)
    modal = page.get_by_test_id("modal")
    expect(modal).to_be_visible()
    return modal


def submit(page: Page) -> None:
    page.get_by_test_id("modal-submit").click()


def afternoon(left: int) -> re.Pattern[str]:
    """The announcement with so many seats left in its afternoon, however many others have taken."""
    return re.compile(rf"afternoon \(2 hours\)(?:(?!morning).)*?(?<!\d){left} of 40 seats left", re.DOTALL)


def test_a_seat_is_taken_and_given_back_in_the_form(page: Page) -> None:
    modal = open_form(page, "luz", "/signup W1", "iscm-consultation")
    shown = re.search(r"afternoon · (\d+) of 40 seats left", modal.inner_text())
    assert shown
    left = int(shown[1])
    submit(page)
    expect(page.get_by_test_id("modal-error")).to_be_visible()
    modal.get_by_role("radio", name=re.compile("afternoon")).check()
    submit(page)
    expect(modal).to_contain_text("You have a seat in the afternoon session")
    expect(said(page, afternoon(left - 1))).to_have_count(1)
    modal.get_by_role("button", name="Give the seat back").click()
    expect(modal).to_contain_text("given back your seat in the afternoon session")
    expect(said(page, afternoon(left))).to_have_count(1)


def test_a_poll_is_looked_at_before_it_is_posted_and_mistakes_stand_beside_their_inputs(page: Page) -> None:
    modal = open_form(page, "maya", "/poll")
    page.get_by_test_id("input-question").fill("Which format do you plan?")
    page.get_by_test_id("input-options").fill("Event")
    submit(page)
    expect(page.get_by_test_id("modal-error")).to_contain_text("One option")
    page.get_by_test_id("input-options").fill("Event\nSubmission <R&D>")
    modal.get_by_role("checkbox", name=re.compile("Anonymous")).check()
    submit(page)
    expect(modal).to_contain_text("Submission <R&D>")
    expect(said(page, "Which format do you plan?")).to_have_count(0)
    submit(page)
    poll = said(page, "Which format do you plan?")
    expect(poll).to_have_count(1)
    expect(poll).to_contain_text("anonymous")


def test_what_was_typed_wrong_is_filled_into_the_form(page: Page) -> None:
    page.goto("/?as=juma")
    page.get_by_test_id("channel-general").click()
    type_in(page, '/poll on whenever "Who will speak?" "The Chair" "The Secretariat"')
    page.get_by_test_id("ephemeral").last.get_by_role("button", name="Open the form").click()
    expect(page.get_by_test_id("input-question")).to_have_value("Who will speak?")
    expect(page.get_by_test_id("input-options")).to_have_value("The Chair\nThe Secretariat")
    expect(page.get_by_test_id("modal")).to_contain_text("Not taken over from what you typed: on whenever")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_be_hidden()


def test_an_organiser_makes_a_webinar_and_edits_it(page: Page) -> None:
    modal = open_form(page, "ana", "/webinar new")
    page.get_by_test_id("input-title").fill("A consultation by form")
    page.get_by_test_id("input-zone").fill("Atlantis")
    page.get_by_test_id("input-date").fill("2020-12-15")
    submit(page)
    expect(page.get_by_test_id("modal-error")).to_contain_text("Atlantis")
    page.get_by_test_id("input-zone").fill("Geneva")
    modal.get_by_role("button", name="Add a session").click()
    expect(page.get_by_test_id("input-label-3")).to_be_visible()
    expect(page.get_by_test_id("input-title")).to_have_value("A consultation by form")
    submit(page)
    expect(modal).to_contain_text("A consultation by form is made")
    page.get_by_test_id("modal-close").click()
    expect(modal).to_be_hidden()
    announced = said(page, "A consultation by form").get_by_role("button", name="Sign up: afternoon")
    expect(announced).to_be_visible()

    number = re.search(r"W\d+", said(page, "or type /signup").last.inner_text())
    assert number
    type_in(page, f"/webinar edit {number[0]}")
    page.get_by_test_id("input-title").fill("A better title")
    page.get_by_test_id("input-seats").fill("12")
    submit(page)
    expect(modal).to_contain_text("A better title")
    expect(said(page, "12 of 12 seats left").last).to_contain_text("A better title")
