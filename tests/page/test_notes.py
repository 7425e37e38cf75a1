from tests.page.program import ROOT
from workspace.page.notes import DIFFERS, note


def test_what_differs_from_slack_is_said_on_the_page_and_in_its_document() -> None:
    document = (ROOT / "docs" / "stand-in.md").read_text(encoding="utf-8")
    assert [line for line in DIFFERS if f"- {line}\n" not in document] == []
    assert all(f"<li>{line}</li>" in note() for line in DIFFERS)
