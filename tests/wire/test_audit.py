"""`/consult audit`: who did what, for organisers."""

from __future__ import annotations

import pytest

from tests.wire.scene import HOUSES, Scene
from workspace.shown import plain

pytestmark = pytest.mark.parametrize(
    "house", HOUSES[:1], ids="-".join, indirect=True
)  # tests/usecases has the variants


async def test_organisers_read_who_did_what_newest_first(announced: Scene) -> None:
    scene = announced
    await scene.types(scene.ben, "/signup afternoon")
    await scene.types(scene.ben, "/signup morning")
    said = (await scene.types(scene.ana, f"/consult audit <@{scene.ben.id}> W1 today sign-ups")).split("\n")
    assert [line.partition(f"<@{scene.ben.id}> ")[2] for line in said[2:]] == [
        "moved from the afternoon to the *morning* session of *W1: Regional reviews*, for themselves.",
        "took a seat in the *afternoon* session of *W1: Regional reviews*, for themselves.",
    ]
    assert "Tue 1 Dec 2026, 09:00 (Zurich)" in said[2]
    assert "Only organisers may do this" in await scene.types(scene.ben, "/consult audit")


async def test_older_acts_are_a_button_away_with_the_filter_kept(announced: Scene) -> None:
    """An ampersand is five characters to Slack, so that a message holds fewer of these than are read at once."""
    scene = announced
    for place in range(1, 21):
        await scene.types(scene.ben, f'/poll "{place} {"&" * 180}?"')
    await scene.types(scene.chu, "/signup reminders off")
    first = await scene.answered(scene.ana, f"/consult audit <@{scene.ben.id}>")
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, first, "Older"))
    both = [line for text in (plain(first), told) for line in text.split("\n") if line.startswith("•")]
    assert [line.partition("*P")[2].partition(":")[0] for line in both] == [str(20 - place) for place in range(20)]
    assert "Older" not in told


async def test_what_cannot_be_understood_is_refused_by_name_with_what_would_be(announced: Scene) -> None:
    scene = announced
    said = await scene.types(scene.ana, "/consult audit frobs W1")
    assert "“frobs” is no mechanism here" in said
    assert "`since 1 December 2026`" in said
    asked = await scene.answered(scene.ana, "/consult audit since 10/12/2026 W1")
    assert "audit since 2026-12-10 W1" in plain(asked)
    told = await scene.told(scene.ana, lambda: scene.presses(scene.ana, asked, "Use 2"))
    assert "Only: W1, since Mon 12 Oct 2026" in told
    assert "made the webinar *W1: Regional reviews*, as organiser." in told
