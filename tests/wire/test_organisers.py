"""Who may organise: admins and owners, and whom they name."""

from __future__ import annotations

from tests.wire.scene import BY_HTTP, WEBINAR, Scene

pytestmark = BY_HTTP


async def test_who_is_named_runs_webinars_until_that_is_taken_back(scene: Scene) -> None:
    assert "organisers" in await scene.types(scene.ben, WEBINAR)
    assert "May organise from now on" in await scene.types(scene.ana, f"/consult organisers add <@{scene.ben.id}>")
    assert scene.ben.id in await scene.types(scene.chu, "/consult organisers")
    assert "is made" in await scene.types(scene.ben, WEBINAR)
    assert "No organiser any longer" in await scene.types(scene.ana, f"/consult organisers remove <@{scene.ben.id}>")
    assert "organisers" in await scene.types(scene.ben, "/webinar cancel W1")


async def test_only_organisers_name_any_and_nobody_themselves(scene: Scene) -> None:
    assert "organisers" in await scene.types(scene.ben, f"/consult organisers add <@{scene.ben.id}>")
    assert "organisers" in await scene.types(scene.ben, WEBINAR)


async def test_an_app_is_never_named_and_an_admin_never_removed(scene: Scene) -> None:
    both = f"/consult organisers add <@{scene.ben.id}> <@{scene.workspace.bot_user_id}>"
    assert "can’t be an organiser" in await scene.types(scene.ana, both)
    assert "organisers" in await scene.types(scene.ben, WEBINAR)
    assert "admin or owner" in await scene.types(scene.ana, f"/consult organisers remove <@{scene.ana.id}>")
