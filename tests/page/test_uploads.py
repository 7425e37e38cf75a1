"""A file and people, chosen in a form at the page."""

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.page.stage import Stage
from workspace.files import BYTES_OF_INPUT


def document(name: str, content: bytes = b"Maya,morning") -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def roster(rehearsal: Page) -> Locator:
    """The form's field of files."""
    rehearsal.goto("/?as=ana")
    expect(rehearsal.get_by_test_id("composer")).to_be_focused()
    rehearsal.get_by_test_id("composer").fill("/roster")
    rehearsal.get_by_test_id("composer").press("Enter")
    field = rehearsal.get_by_test_id("input-roster")
    expect(field).to_be_visible()
    return field


def choose(page: Page, field: str, *names: str) -> None:
    for name in names:
        page.get_by_test_id(f"input-{field}").fill(name)
        page.get_by_test_id("modal").get_by_role("option").filter(has_text=name).click()


@pytest.mark.alone
def test_a_file_and_people_reach_the_bot(rehearsal: Page, roster: Locator, stage: Stage) -> None:
    modal = rehearsal.get_by_test_id("modal")
    expect(roster).to_have_attribute("accept", ".csv,.xlsx")
    roster.set_input_files([document("old.csv"), document("new & ready.csv")])
    expect(modal.get_by_role("button", name="Remove new & ready.csv")).to_contain_text("12 bytes")
    modal.get_by_role("button", name="Remove old.csv").click()
    expect(modal.get_by_role("button", name="Remove old.csv")).to_have_count(0)
    expect(roster).to_be_focused()
    choose(rehearsal, "lead", "سلمى")
    choose(rehearsal, "people", "Ben", "Tove")
    expect(modal.get_by_role("button", name="Remove Ben Okoro")).to_be_visible()
    rehearsal.get_by_test_id("modal-submit").click()
    expect(modal).to_be_hidden()
    people = f"{stage.id_of('salma')} with {stage.id_of('ben')} {stage.id_of('tove')}"
    stage.said_to("ana", f"new & ready.csv: Maya,morning\n{people}")


def test_what_no_field_of_files_takes_is_said_beside_it(rehearsal: Page, roster: Locator) -> None:
    error = rehearsal.get_by_test_id("modal-error").first
    for wrong in (
        [document("roster.pdf")],
        [document("big.csv", bytes(BYTES_OF_INPUT + 1))],
        [document("none.csv", b"")],
    ):
        roster.set_input_files(wrong)
        chip = rehearsal.get_by_role("button", name=f"Remove {wrong[0]['name']}")
        expect(chip).to_be_visible()
        rehearsal.get_by_test_id("modal-submit").click()
        expect(error).to_have_text("Up to 2 files (.csv, .xlsx) of at most 10 MB each, please, and no empty one.")
        chip.click()
        expect(chip).to_have_count(0)
    rehearsal.get_by_test_id("modal-submit").click()
    expect(error).to_have_text("Please complete this required field.")
