"""Every row of the grammar's table, typed into Slack: what is posted, or why nothing is."""

from __future__ import annotations

import pytest

from tests.wire.scene import ON_SQLITE, Scene
from workspace.shown import plain

pytestmark = ON_SQLITE

NOTHING = "Nothing was "


@pytest.mark.parametrize(
    ("typed", "question", "options", "rules"),
    [
        ('"Which format?" "Event" "Submission"', "Which format?", ["Event", "Submission"], "one choice · named"),
        ("Will you attend?", "Will you attend?", ["Yes", "No"], "one choice · named"),
        ('anonymous limit 2 "Pick two" "A" "B" "C"', "Pick two", ["A", "B", "C"], "up to 2 choices · anonymous"),
        ('"Pick any" "A" "B" "C" --votes=0 --progress', "Pick any", ["A", "B", "C"], "any number of choices · named"),
        ('“Smart” „quotes“ «work» "too"', "Smart", ["quotes", "work", "too"], "one choice · named"),
        (r'"a \"b\" c" "d\\e" "f"', 'a "b" c', [r"d\e", "f"], "one choice · named"),
        ('"Q"   "two  spaces"\t"tab"', "Q", ["two  spaces", "tab"], "one choice · named"),
        ('--anonymous "Q" "A" "B"', "Q", ["A", "B"], "one choice · anonymous"),
        ('anonymous "Q" "A" "B" --votes=2', "Q", ["A", "B"], "up to 2 choices · anonymous"),
        ("end of year party?", "end of year party?", ["Yes", "No"], "one choice · named"),
        ('—anonymous –votes=2 "Phone" "A" "B"', "Phone", ["A", "B"], "up to 2 choices · anonymous"),
        ("close registration Friday?", "close registration Friday?", ["Yes", "No"], "one choice · named"),
        ('"Q", "A", "B".', "Q", ["A", "B"], "one choice · named"),
        ("Is the anonymous hotline ready?", "Is the anonymous hotline ready?", ["Yes", "No"], "one choice · named"),
        ('"Adopt the «Lima Declaration»?"', "Adopt the «Lima Declaration»?", ["Yes", "No"], "one choice · named"),
        (
            'end 2026-12-01T18:00 objection "Adopt the outline?"',
            "Adopt the outline?",
            ["Agree", "Object"],
            "(Tue 1 Dec 2026, 12:15 UTC)",
        ),
        ('add-choice limit 5 "Q" "A" "B"', "Q", ["A", "B"], "up to 5 choices · named: anyone"),
        ('"Q" "A" "B" --public-add-option', "Q", ["A", "B"], "voters may add options"),
        ('hidden "Q" "A" "B"', "Q", ["A", "B"], "named: who chose what is shown when it closes · counts are shown"),
        ('"Q" "A" "B" --end=2026-12-01T18:00Z', "Q", ["A", "B"], "(Tue 1 Dec 2026, 18:00 UTC)"),
        ('end tomorrow 17:00 lang en "Q" "A" "B"', "Q", ["A", "B"], "(Wed 2 Dec 2026, 11:15 UTC)"),
    ],
)
async def test_what_is_understood_is_posted(
    scene: Scene, typed: str, question: str, options: list[str], rules: str
) -> None:
    told = await scene.types(scene.ben, f"/poll {typed}")
    assert f"Poll *P1: {question}*" in told
    assert [line.removeprefix("• ") for line in told.splitlines() if line.startswith("• ")] == options
    assert rules in told
    post = plain(await scene.post(f"*{question}*", rules))
    assert [each for each in options if f"{each}\n" in post] == options


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('"Pick" "A" "B" --votes=3', "3 choices are more than the 2 options"),
        ('"Pick" "A" "B" --votes=-1', "can't be -1"),
        ('"Pick" "A" "B" --votes=x', "needs a number, not “x”"),
        ('"Pick" "A" "B" --colour=red', "`--colour` is not a setting"),
        ('"Q" "A" "B" anonymous', "Settings stand before the question"),
        ("Are we ready? --anonymous", '1. `"Are we ready?" --anonymous`'),
        ('objection "Adopt the outline?"', "A silence procedure needs an end"),
        ('end 2026-12-01T18:00 objection "Adopt?" "Yes" "No"', "takes no options of its own"),
        ('end 2026-12-01T18:00 objection limit 2 "Adopt?"', "can't have the setting `limit`"),
        ('"Only one" "A"', "One option (“A”) is no choice"),
        ("anonymous Are we ready?", 'anonymous "Are we ready?"'),
        ('don"t "A" "B"', "quote inside a word"),
        ('anonymous anonymous "Q" "A" "B"', "given twice"),
        ('"Q" "A" "a "', "Two options are alike"),
        ('"Q" "A" " "', "Option 2 is empty"),
        ('"Q" anonymous "A" "B"', "between the question and an option"),
        ('limit 0 "Q" "A" "B"', "Please write `limit any`"),
        ('"Q" "A" "B" --votes', "needs a value"),
        ('end yesterday "Q" "A" "B"', "I could not read “yesterday” as a time"),
        ('end 2026-11-30T10:00 "Q" "A" "B"', "“2026-11-30T10:00” is in the past"),
        ('on 18:00 end 17:00 "Q" "A" "B"', "before it starts"),
        ("Shall we adopt? (anonymous)", '1. `anonymous "Shall we adopt?"`'),
        ("secret ballot: Shall we adopt?", '1. `anonymous "Shall we adopt?"`'),
        ("Is it anonymous?", '1. `anonymous "Is it anonymous?"`'),
        ("hidden Are we ready?", '1. `hidden "Are we ready?"`'),
        ("‘Which format?’ ‘Event’ ‘Submission’", '1. `"Which format?" "Event" "Submission"`'),
        ('Which format? "Event" "Submission"', '1. `"Which format?" "Event" "Submission"`'),
        ('"Q" "A" "B" – anonymous', '1. `"Q" "A" "B" --anonymous`'),
        ('colour "Q" "A" "B"', "Settings are: anonymous, hidden, "),
        ('"Q" "A" "\u200e"', "Option 2 is empty"),
        ('"Q" "Yes" "Yes\u2060"', "Two options are alike"),
    ],
)
async def test_what_cant_be_placed_is_refused_and_nothing_is_posted(scene: Scene, typed: str, reason: str) -> None:
    told = await scene.types(scene.ben, f"/poll {typed}")
    assert reason in told
    assert NOTHING in told
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("list.", "No poll is open"),
        ("Help!", "asks Yes or No"),
        ("list polls", "reads like a command"),
        ("please close P1", "reads like a command"),
        ("close 1", "needs the number after it as it is shown"),
        ("close P1!", "There is no poll P1 here"),
    ],
)
async def test_what_comes_near_a_command_is_never_posted(scene: Scene, typed: str, told: str) -> None:
    assert told in await scene.types(scene.ben, f"/poll {typed}")
    assert "No poll is open" in await scene.types(scene.ben, "/poll list")


async def test_an_anonymous_reading_is_the_first_button(scene: Scene) -> None:
    answer = await scene.answered(scene.ben, "/poll Shall we adopt? anonymous")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, answer, "Use 1"))
    assert "Poll *P1: Shall we adopt?*" in told
    await scene.post("*Shall we adopt?*", "anonymous: nobody is shown who chose what")


async def test_a_reading_that_was_offered_is_posted_by_one_press(scene: Scene) -> None:
    answer = await scene.answered(scene.ben, "/poll Are we ready? --anonymous")
    told = await scene.told(scene.ben, lambda: scene.presses(scene.ben, answer, "Use 1"))
    assert "Poll *P1: Are we ready?*" in told
    await scene.post("*Are we ready?*", "anonymous: nobody is shown who chose what")
