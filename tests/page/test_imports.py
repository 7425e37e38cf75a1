"""What a file of representatives means, before anything is stored, as its organiser sees it."""

import pytest
from playwright.sync_api import Page, expect

PEOPLE = """Mechanism;Person;Role;From;Until;How;Notes
Colmbo Process;U0NOBODY1;boss;10/12/2026;;;
PIDC;ana@example.org;chair;2027-01-01;2026-12-31;;
;Ms R. Perera;head of secretariat;;;;by post
"""


@pytest.mark.alone
def test_every_row_that_is_bad_is_said_above_the_file_to_send_again(page: Page) -> None:
    page.goto("/?as=ana")
    expect(page.get_by_test_id("composer")).to_be_focused(timeout=30_000)
    page.get_by_test_id("composer").fill("/consult represent import")
    page.get_by_test_id("composer").press("Enter")
    modal = page.get_by_test_id("modal")
    expect(modal).to_contain_text("Colombo Process, U024BE7LH, chair")
    page.get_by_test_id("input-file").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
    )
    expect(modal.get_by_role("button", name="Remove people.csv")).to_be_visible()
    page.get_by_test_id("modal-submit").click()
    expect(modal).to_contain_text("3 rows are to be corrected.")
    expect(modal).to_contain_text("person “ana@example.org” is an e-mail address")
    expect(page.get_by_test_id("input-file-again")).to_be_visible()
    expect(page.get_by_test_id("modal-submit")).to_have_text("Check the file")
