"""What a newcomer does with `make demo`, in a browser. The tests share one demo, and each brings its own people."""

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

MAYA, SINA, LUZ, JUMA = "Maya Solan", "Sina Folau", "Luz Marena", "Juma Arden"
ANA = "Ana Oriel"


def sit_down(page: Page, name: str) -> None:
    """Pick a member, and wait until the page is theirs."""
    switcher = page.get_by_test_id("member-switcher")
    label = switcher.locator("option").filter(has_text=name).inner_text()
    switcher.select_option(label=label)
    expect(switcher.locator("option:checked")).to_have_text(label)


def type_in(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def said(page: Page, text: str | re.Pattern[str]) -> Locator:
    return page.get_by_test_id("message").filter(has_text=text)


def test_everyone_reads_the_first_webinar_in_their_own_time(page: Page) -> None:
    page.goto("/")
    for name, time in ((MAYA, "12:45"), (SINA, "20:00"), (LUZ, "02:00")):
        sit_down(page, name)
        expect(said(page, "regional reviews").first).to_contain_text(time)


def test_a_sign_up_is_answered_to_its_person_alone(page: Page) -> None:
    page.goto("/?as=maya")
    expect(page.get_by_test_id("composer")).to_be_focused()
    type_in(page, "/signup afternoon")
    answer = page.get_by_test_id("ephemeral")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("19:45")
    expect(answer.get_by_role("button", name="morning")).to_be_visible()
    sit_down(page, JUMA)
    expect(answer).to_have_count(0)


def test_the_next_reminder_reaches_the_person_and_the_channel(page: Page) -> None:
    page.goto("/?as=sina")
    type_in(page, "/signup afternoon")
    expect(page.get_by_test_id("ephemeral").last).to_contain_text("03:00")
    for session in ("morning", "afternoon"):
        page.get_by_test_id("clock-next").click()
        expect(page.get_by_test_id("told")).to_contain_text("It is now")
        expect(said(page, re.compile(rf"{session} session.*in 1 day")).last).to_be_visible()
    direct = page.get_by_test_id("dm-convene")
    expect(direct).to_contain_text("unread")
    direct.click()
    expect(page.get_by_test_id("message")).to_have_count(1)
    expect(said(page, "afternoon")).to_contain_text("03:00")
    expect(direct).not_to_contain_text("unread")


def test_an_organiser_announces_a_webinar(page: Page) -> None:
    page.goto("/?as=ana")
    type_in(page, '/webinar new "A second consultation" on 2020-12-10 in Nairobi morning 09:00-11:00')
    expect(said(page, "A second consultation").get_by_role("button", name="morning")).to_be_visible()


def test_votes_are_counted_in_the_one_message(page: Page) -> None:
    page.goto("/?as=ana")
    type_in(page, '/poll "Which format?" "Event" "Submission"')
    poll = said(page, "Which format?")
    expect(poll).to_have_count(1)
    ts = poll.get_attribute("data-ts")
    for name, option in ((JUMA, "Event"), (LUZ, "Event"), (MAYA, "Submission")):
        sit_down(page, name)
        poll.get_by_role("button", name=option).click()
    expect(poll).to_contain_text("2 votes")
    expect(poll).to_contain_text("1 vote")
    expect(poll).to_contain_text("3 voters")
    expect(poll).to_have_count(1)
    expect(poll).to_have_attribute("data-ts", ts or "")


def test_what_cannot_be_sent_goes_back_to_where_it_was_typed(page: Page) -> None:
    page.goto("/")
    type_in(page, "/nonsense")
    expect(page.get_by_role("alert")).to_contain_text("/nonsense")
    expect(page.get_by_test_id("composer")).to_have_value("/nonsense")


def test_two_tabs_are_two_people(tabs: BrowserContext, page: Page) -> None:
    page.goto("/?as=nok")
    page.get_by_test_id("channel-general").click()
    expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Message #general")
    page.get_by_test_id("composer").fill("not sent yet")
    other = tabs.new_page()
    other.goto("/?as=luz")
    other.get_by_test_id("channel-general").click()
    expect(other.get_by_test_id("composer")).to_have_attribute("placeholder", "Message #general")
    type_in(other, "Good morning from <Lima>")
    expect(said(page, "Good morning from <Lima>")).to_contain_text(LUZ)
    expect(page.get_by_test_id("composer")).to_have_value("not sent yet")


def test_the_page_asks_nobody_else_for_anything(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    expect(page.get_by_test_id("message").first).to_be_visible()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_a_narrow_window_keeps_its_side_behind_a_button(page: Page) -> None:
    page.set_viewport_size({"width": 420, "height": 800})
    page.goto("/")
    expect(page.get_by_test_id("message").first).to_be_visible()
    expect(page.get_by_test_id("member-switcher")).not_to_be_visible()
    page.get_by_role("button", name="People and channels").click()
    sit_down(page, MAYA)
    page.get_by_test_id("channel-general").click()
    expect(page.get_by_test_id("member-switcher")).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
