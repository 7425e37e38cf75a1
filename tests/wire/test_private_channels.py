"""What is made in a private channel is nobody's business outside of it."""

from __future__ import annotations

from tests.wire.scene import WEBINAR, Scene
from workspace.members import Channel


def cabinet_of(scene: Scene) -> Channel:
    """A private channel of Ana and Ben, with the bot in it."""
    people = [scene.ana.id, scene.ben.id, scene.workspace.bot_user_id]
    return scene.workspace.open_channel("cabinet", people, is_private=True)


async def test_a_webinar_of_a_private_channel_is_shown_and_given_seats_there_alone(scene: Scene) -> None:
    cabinet = cabinet_of(scene)
    await scene.types(scene.ana, WEBINAR, cabinet)
    assert "No webinar is open" in await scene.types(scene.chu, "/webinar list")
    assert "There is no webinar W1" in await scene.types(scene.chu, "/webinar show W1")
    assert "No webinar is open" in await scene.types(scene.chu, "/signup afternoon")
    assert "There is no webinar W1" in await scene.types(scene.chu, "/signup W1 afternoon")
    assert "the *afternoon* session" in await scene.types(scene.ben, "/signup afternoon", cabinet)
    assert "✓ your seat" in await scene.types(scene.ben, "/signup status"), "whoever has a seat sees it everywhere"
    assert "given back" in await scene.types(scene.ben, "/signup cancel")


async def test_a_poll_of_a_private_channel_is_listed_and_closed_there_alone(scene: Scene) -> None:
    cabinet = cabinet_of(scene)
    await scene.types(scene.ana, '/poll "Do we agree?" "Yes" "No"', cabinet)
    assert "No poll is open" in await scene.types(scene.ana, "/poll list")
    assert "There is no poll P1" in await scene.types(scene.ana, "/poll close P1")
    assert "Do we agree?" in await scene.types(scene.ben, "/poll list", cabinet)
    assert "is closed" in await scene.types(scene.ana, "/poll close P1", cabinet)
