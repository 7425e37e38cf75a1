"""Letters of invitation over the wire: looked at, sent, answered, and passed on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
import pytest_asyncio

from handlers.acquaintances import AT_ONCE
from tests.wire.inviting import BALI, COLOMBO, PIDC, register, represent
from tests.wire.scene import BY_HTTP, Scene
from workspace.faults import Fault, Trouble
from workspace.members import Member
from workspace.messages import Message
from workspace.shown import plain

pytestmark = BY_HTTP

SEND = "Send 2 letters"
AFTER_THE_TERM = datetime(2026, 12, 6, 8, tzinfo=UTC)


@pytest_asyncio.fixture
async def invited(announced: Scene, database_url: str) -> Scene:
    """Ben is Chair of the Colombo Process until 5 December, Chu speaks for PIDC."""
    register(announced, database_url)
    represent(announced, database_url, announced.ben, COLOMBO, until=date(2026, 12, 5))
    represent(announced, database_url, announced.chu, PIDC)
    return announced


async def letter_to(scene: Scene, member: Member) -> Message:
    """The newest direct message to a member."""
    await scene.direct(member)
    return scene.workspace.direct_messages(member.id)[-1]


async def send(scene: Scene, whom: str = "all chairs") -> None:
    shown = await scene.answered(scene.ana, f"/webinar invite W1 {whom}")
    (label,) = [each for each in ("Send 1 letter", SEND) if each in plain(shown)]
    assert "on its way" in (told := await scene.told(scene.ana, lambda: scene.presses(scene.ana, shown, label))) or (
        "on their way" in told
    )


@pytest.mark.in_time
async def test_people_who_were_never_seen_are_asked_about_side_by_side(invited: Scene) -> None:
    unseen = [invited.workspace.admit(f"unseen{place}").id for place in range(AT_ONCE + 2)]
    first, last = unseen[:AT_ONCE], set(unseen[AT_ONCE:])
    for each in first:
        invited.workspace.faults.add(Fault(method="users.info", trouble=Trouble.HOLD, addressee=each))
    typed = "/webinar invite W1 " + " ".join(f"<@{each}>" for each in unseen)
    answering = asyncio.create_task(invited.types(invited.ana, typed))
    await invited.workspace.until(lambda: invited.workspace.faults.holding == AT_ONCE)
    asked = [each for call in invited.workspace.calls_of("users.info") for each in call.arguments.values()]
    assert not last & set(asked), "so many at once, and no more"
    invited.workspace.faults.release()
    assert f"{len(unseen)} letters" in await answering


async def test_a_letter_is_looked_at_before_it_is_sent_and_sent_once_however_often_that_is_pressed(
    invited: Scene,
) -> None:
    shown = await invited.answered(invited.ana, "/webinar invite W1 all chairs nudge 2d")
    said = plain(shown)
    assert "Nothing has been sent yet" in said
    assert "Dear " in said
    assert "Colombo Process*: <@" in said or "Colombo Process" in said
    assert "Nobody speaks for them now" in said
    assert BALI in said
    assert "2 letters will be sent" in said
    assert not invited.workspace.direct_messages(invited.ben.id)
    assert "2 letters" in await invited.told(invited.ana, lambda: invited.presses(invited.ana, shown, SEND))
    letter = plain(await letter_to(invited, invited.ben))
    await letter_to(invited, invited.chu)
    assert "Colombo Process is cordially invited" in letter
    assert "Thu 10 Dec 2026, 09:00–11:00 (Zurich), 08:00–10:00 UTC" in letter
    assert "meet.example.org" not in letter
    action, value = next(
        (each["action_id"], each["value"]) for each in shown.blocks[-1]["elements"] if each["text"]["text"] == SEND
    )
    again = await invited.told(invited.ana, lambda: invited.standin.click_stale(invited.ana.id, shown, action, value))
    assert "nothing new to send" in again
    assert len(invited.workspace.direct_messages(invited.ben.id)) == 1


async def test_the_buttons_of_a_letter_take_a_seat_decline_and_are_seen_by_the_organiser(invited: Scene) -> None:
    await send(invited)
    bens, chus = await letter_to(invited, invited.ben), await letter_to(invited, invited.chu)
    assert "You have a seat" in await invited.told(
        invited.ben, lambda: invited.presses(invited.ben, bens, "Sign up: afternoon")
    )
    assert "can’t attend" in await invited.told(
        invited.chu, lambda: invited.presses(invited.chu, chus, "I can’t attend")
    )
    shown = await invited.answered(invited.ana, "/webinar invitations W1")
    said = plain(shown)
    assert "1 attending, 1 can’t attend, 1 with nobody to write to" in said
    assert "2 sent, 0 to go" in said
    await invited.presses(invited.chu, chus, "Sign up: morning")
    await invited.post("39 of 40 seats left", "morning")
    assert "2 attending" in await invited.told(invited.ana, lambda: invited.presses(invited.ana, shown, "Refresh"))
    assert "You have a seat" in await invited.told(
        invited.chu, lambda: invited.presses(invited.chu, chus, "I can’t attend")
    )


async def test_who_comes_instead_is_invited_by_a_letter_that_says_by_whom_and_may_answer(invited: Scene) -> None:
    await send(invited)
    bens = await letter_to(invited, invited.ben)
    dee = invited.workspace.admit("dee", real_name="Dee")
    await invited.opens_by(invited.ben, bens, "Someone else will")
    assert await invited.is_refused(invited.ben) == {"somebody": "Please choose a person, or enter a name."}
    assert "yourself" in (await invited.is_refused(invited.ben, somebody=invited.ben.id))["somebody"]
    bot = invited.workspace.bot_user_id
    assert "an app" in (await invited.is_refused(invited.ben, somebody=bot))["somebody"]
    assert "now invited" in await invited.submits(invited.ben, somebody=dee.id)
    dees = await letter_to(invited, dee)
    assert f"<@{invited.ben.id}> has passed this invitation on to you, to attend for Colombo Process" in plain(
        dees
    ) or "has passed this invitation on to you, to attend for Colombo Process" in plain(dees)
    await invited.opens_by(invited.ben, bens, "Someone else will")
    assert "no account here" in await invited.submits(invited.ben, somebody=None, name="Ms R. Perera")
    assert "not addressed to you" in await invited.told(dee, lambda: invited.presses(dee, dees, "I can’t attend"))
    said = await invited.types(invited.ana, "/webinar invitations W1")
    assert "Ms R. Perera instead" in said
    entered = await invited.types(invited.ana, '/webinar answer W1 "ms r perera" can\'t attend by letter')
    assert "nobody who may answer" in entered
    entered = await invited.types(invited.ana, '/webinar answer W1 "Ms R. Perera" can\'t attend by letter')
    assert "Ms R. Perera can’t attend (by letter)" in entered
    assert "by letter" in await invited.types(invited.ana, "/webinar invitations W1")


async def test_an_old_letter_says_who_speaks_now(invited: Scene, database_url: str) -> None:
    represent(invited, database_url, invited.ana, COLOMBO, since=date(2026, 12, 6))
    await send(invited)
    bens = await letter_to(invited, invited.ben)
    invited.clock.move_to(AFTER_THE_TERM)
    assert "Colombo Process is cordially invited" in (await invited.direct(invited.ana, 2))[-1]
    for label in ("I can’t attend", "Someone else will"):
        told = await invited.told(invited.ben, partial(invited.presses, invited.ben, bens, label))
        assert "Your term has ended" in told
        assert "may answer for Colombo Process" in told


async def test_who_sends_letters_sees_how_far_they_are_in_one_message_that_is_kept_up_to_date(invited: Scene) -> None:
    await send(invited, "Colombo Process")
    await shows_progress(invited, "1 of 1 sent")
    await send(invited, "PIDC")
    await shows_progress(invited, "2 of 2 sent")
    assert len(invited.workspace.direct_messages(invited.ana.id)) == 1


async def shows_progress(scene: Scene, said: str) -> None:
    """Wait until the message to Ana says so."""
    await scene.workspace.until(
        lambda: [each for each in scene.workspace.direct_messages(scene.ana.id) if said in plain(each)]
    )


async def test_forged_ids_and_other_peoples_drafts_answer_nothing(invited: Scene) -> None:
    await send(invited)
    await letter_to(invited, invited.ben)
    shown = await invited.answered(invited.ana, "/webinar invite W1 Bali Process nudge 1d")
    draft = shown.blocks[-1]["elements"][0]["value"]
    eve = invited.workspace.admit("eve")
    invited.workspace.join(invited.channel, eve.id)
    refusals = {
        "invitation-decline:1": "not addressed to you",
        "invitation-decline:99": "not addressed to you",
        "invitation-instead:1": "not addressed to you",
        "invitation-instead:99": "not addressed to you",
        f"letters-send:{draft}": "offered to somebody else",
        f"letters-change:{draft}": "offered to somebody else",
        "invitations-nudge:1": "organisers",
        "invitations-refresh:1": "You are not invited to W1",
    }
    for action, refusal in refusals.items():
        assert refusal in await presses_forged(invited, eve, action), action
    assert "2 sent, 0 to go" in await invited.types(invited.ana, "/webinar invitations W1")


async def presses_forged(scene: Scene, member: Member, action: str) -> str:
    """A button that no message of ours has; what its presser alone reads."""
    button = {
        "type": "button",
        "action_id": action,
        "value": action.partition(":")[2],
        "text": {"type": "plain_text", "text": "x"},
    }
    post = await scene.post("Regional reviews")
    forged = replace(post, blocks=[{"type": "actions", "block_id": "b", "elements": [button]}])
    press = partial(scene.standin.click_stale, member.id, forged, action, button["value"])
    return await scene.told(member, press)


async def test_the_form_shows_the_letter_before_it_is_sent_and_refuses_beside_its_inputs(invited: Scene) -> None:
    form = await invited.opens(invited.ana, "/webinar invite W1")
    assert "Filled in for each reader: {name}, {mechanism}" in plain(form)
    errors = await invited.is_refused(invited.ana, audience="Colombo Process", letter="Dear {nmae}", nudges="sometimes")
    assert "The letter can’t fill in {nmae}" in errors["letter"]
    assert set(errors) == {"letter", "nudges"}
    refused = await invited.is_refused(invited.ana, audience="Colombia", letter="Dear {name}", nudges="2d")
    assert "No mechanism here is called “Colombia”" in refused["audience"]
    looked = await invited.submits(
        invited.ana,
        audience="the chair of Colombo Process",
        people=[invited.chu.id],
        letter="Dear {name}, <!channel> {{here}} is {title} for {mechanism}: {role}",
        nudges="never",
    )
    assert "@channel {here} is Regional reviews for Colombo Process: Chair" in looked
    assert "are not nudged" in looked
    assert "2 letters for" in await invited.submits(invited.ana)
    assert "for Colombo Process: Chair" in plain(await letter_to(invited, invited.ben))
    assert "for Your organisation: participant" in plain(await letter_to(invited, invited.chu))


async def test_a_letter_that_was_looked_at_is_changed_in_the_form(invited: Scene) -> None:
    shown = await invited.answered(invited.ana, f"/webinar invite W1 <@{invited.chu.id}> and Colombo nudge 3d")
    form = await invited.opens_by(invited.ana, shown, "Change the letter")
    assert "Colombo" in str(form.blocks)
    assert invited.chu.id in str(form.blocks)
    looked = await invited.submits(invited.ana, letter="Salut {name}")
    assert "Salut" in looked
    assert "3 days" in looked


async def test_those_who_have_not_answered_are_nudged_once_by_a_double_click(invited: Scene) -> None:
    await send(invited)
    await letter_to(invited, invited.ben)
    await letter_to(invited, invited.chu)
    shown = await invited.answered(invited.ana, "/webinar invitations W1")
    label = "Nudge those who have not answered"
    assert "2 people" in await invited.told(invited.ana, lambda: invited.presses(invited.ana, shown, label))
    told = await invited.direct(invited.ben, 2)
    assert "We have not heard yet whether Colombo Process" in told[-1]
    again = await invited.types(invited.ana, "/webinar nudge W1")
    assert "Passed over" in again
    bens = invited.workspace.direct_messages(invited.ben.id)[-1]
    await invited.told(invited.ben, lambda: invited.presses(invited.ben, bens, "I can’t attend"))
    assert len(await invited.direct(invited.ben, 2)) == 2


async def test_members_see_their_own_invitation_and_invite_nobody(invited: Scene) -> None:
    await send(invited)
    assert "only" in (told := await invited.types(invited.ben, "/webinar invite W1 all chairs")).lower(), told
    mine = await invited.types(invited.ben, "/webinar invitations W1")
    assert COLOMBO in mine
    assert PIDC not in mine


async def test_a_refused_invitation_offers_the_form_with_what_was_typed(invited: Scene) -> None:
    shown = await invited.answered(invited.ana, "/webinar invite W1 Colombia nudge 2d")
    assert "“Colombia”" in plain(shown)
    form = await invited.opens_by(invited.ana, shown, "Open the form")
    assert "Colombia" in str(form.blocks)


@pytest.mark.parametrize("typed", ["nudge W1 all", "invitations W1 please"])
async def test_what_is_typed_too_much_is_refused(invited: Scene, typed: str) -> None:
    assert "can't be understood" in (told := await invited.types(invited.ana, f"/webinar {typed}")) or "“" in told
