"""Representatives from a file: looked at first, and imported when all of it is understood."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from sqlalchemy import func, select, text

from bot.domain.sent_files import MOST_BYTES
from storage.consultation_tables import representatives
from storage.engine import open_engine, parse_url
from tests.documents.workbooks import workbook
from tests.wire.forging import FORM
from tests.wire.scene import BY_HTTP, HOUSES, Scene
from workspace import payloads
from workspace.faults import DOWNLOAD, Fault, Trouble
from workspace.members import Member
from workspace.shown import plain

ONCE = pytest.mark.parametrize("house", HOUSES[:1], ids="-".join, indirect=True)
"""For what has nothing to do with the database."""

HEADER = ("Mechanism", "Person", "Role", "From", "Until", "How", "Notes")
TYPED = "/consult represent import"


def csv(*rows: Sequence[str]) -> bytes:
    return "\r\n".join(";".join(row) for row in (HEADER, *rows)).encode("utf-8-sig")


def good(scene: Scene) -> tuple[tuple[str, ...], ...]:
    return (
        ("Colombo Process", scene.ben.id, "Chair", "2026-01-01", "31 December 2026", "", ""),
        ("pidc", "Ms R. Perera", "HoS", "", "", "note verbale", "by post"),
    )


def stored(database_url: str) -> int:
    engine = open_engine(parse_url(database_url), threads=1, begin="BEGIN IMMEDIATE")
    with closing(engine.connect()) as connection, connection.begin():
        count = connection.execute(select(func.count()).select_from(representatives)).scalar_one()
    engine.dispose()
    return count


@pytest_asyncio.fixture
async def form(scene: Scene) -> Scene:
    """With a register, and Ana before the form."""
    await scene.types(scene.ana, "/consult mechanisms load")
    await scene.opens(scene.ana, TYPED)
    return scene


def entries(scene: Scene, content: bytes, name: str = "people.csv") -> dict[str, Any]:
    """A file of Ana's, in the input that the form has for it."""
    (place,) = (block["block_id"] for block in scene.form(scene.ana).blocks if block["type"] == "input")
    return {place: [scene.workspace.upload(scene.ana.id, name, content)]}


async def sends(scene: Scene, content: bytes, name: str = "people.csv") -> str:
    return await scene.submits(scene.ana, **entries(scene, content, name))


async def is_refused(scene: Scene, content: bytes, name: str = "people.csv") -> str:
    (said,) = (await scene.is_refused(scene.ana, **entries(scene, content, name))).values()
    assert "Nothing was stored" in said
    return said


def button(scene: Scene) -> str | None:
    submit = scene.form(scene.ana).content.get("submit")
    return None if submit is None else submit["text"]


@BY_HTTP
async def test_a_file_is_corrected_shown_and_only_then_imported(form: Scene, database_url: str) -> None:
    assert "Copy member ID" in plain(form.form(form.ana))
    bad = (
        ("Colmbo Process", form.ben.id, "chair", "10/12/2026", "", "", ""),
        ("5+5", "U0NOBODY1", "boss", "2026-05-01", "2026-04-30", "", ""),
        ("5+5", "ben@example.org", "chair", "", "", "", ""),
        good(form)[1],
    )
    said = await sends(form, csv(*good(form), *bad))
    assert "*people.csv*: 6 rows, 2 understood" in said
    assert "*4 rows are to be corrected.*" in said
    assert "*Row 4*: _mechanism_ “Colmbo Process” is no mechanism here; near: Colombo Process; " in said
    assert "_from_ “10/12/2026” may be 2026-12-10, 2026-10-12" in said
    assert "_person_ “U0NOBODY1” is nobody whom Slack shows me" in said
    assert "_role_ “boss” is no role" in said
    assert "*Row 6*: _person_ “ben@example.org” is an e-mail address" in said
    assert "*Row 7*: _person_ “Ms R. Perera” stands in row 3 already" in said
    assert "left out: Notes" in said
    assert button(form) == "Check the file"
    said = await sends(form, csv(*good(form)))
    assert f"Row 2: <@{form.ben.id}> speaks for *Colombo Process* as Chair, from Thu 1 Jan 2026 until Thu" in said
    assert "Row 3: Ms R. Perera (by note verbale) speaks for *PIDC* as Head of Secretariat" in said
    assert "from Tue 1 Dec 2026, without an end" in said
    assert (button(form), stored(database_url)) == ("Import 2", 0)
    assert "2 representatives are named" in await form.submits(form.ana)
    assert stored(database_url) == 2
    await form.opens(form.ana, TYPED)
    assert "nothing to import" in await sends(form, csv(*good(form)))
    await form.opens(form.ana, TYPED)
    changed = (*good(form)[0][:4], "2026-11-30", "", ""), good(form)[1]
    assert "other days than now" in await sends(form, csv(*changed))
    said = await form.submits(form.ana)
    assert "1 has other days than before" in said
    assert "1 was so already" in said
    assert stored(database_url) == 2
    await form.opens(form.ana, TYPED)
    await sends(form, csv(("PIDC", form.chu.id, "head of secretariat", "", "", "", "")))
    assert "Ms R. Perera (by note verbale) is Head of Secretariat of *PIDC* as well" in (await form.submits(form.ana))


@BY_HTTP
async def test_a_workbook_is_imported_once_however_often_that_is_pressed(form: Scene, database_url: str) -> None:
    rows = [(*row[:3], date(2026, 1, 1), None, row[5]) for row in good(form)]
    await sends(form, workbook([HEADER[:6], *rows]), "people.xlsx")
    shown = form.form(form.ana)
    answers = await asyncio.gather(*(form.standin.submit_view(form.ana.id, shown) for _ in range(5)))
    assert {answer.error for answer in answers} == {None}
    assert stored(database_url) == 2


@BY_HTTP
async def test_a_mechanism_that_was_retired_meanwhile_has_nothing_stored(form: Scene, database_url: str) -> None:
    await sends(form, csv(*good(form)))
    engine = open_engine(parse_url(database_url), threads=1, begin="BEGIN IMMEDIATE")
    with engine.begin() as tx:
        tx.execute(text("UPDATE mechanisms SET retired = true WHERE code = 'pidc'"))
    engine.dispose()
    assert "PIDC has been retired" in await form.submits(form.ana)
    assert stored(database_url) == 0


@ONCE
@pytest.mark.in_time
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(method=DOWNLOAD, trouble=Trouble.REFUSAL), "permission to read files"),
        (Fault(method=DOWNLOAD, trouble=Trouble.SERVER_ERROR), "did not hand the file over in time"),
        (Fault(method=DOWNLOAD, trouble=Trouble.RATE_LIMIT), "did not hand the file over in time"),
        (Fault(method=DOWNLOAD, trouble=Trouble.HANG_UP, acted=True), "did not hand the file over in time"),
        (Fault(method=DOWNLOAD, trouble=Trouble.HOLD), "did not hand the file over in time"),
    ],
    ids=lambda each: each.trouble.name if isinstance(each, Fault) else "",
)
async def test_a_file_that_can_not_be_fetched_can_be_sent_again(form: Scene, fault: Fault, said: str) -> None:
    form.workspace.faults.add(replace(fault))
    assert said in await is_refused(form, csv(*good(form)))
    assert "2 understood" in await sends(form, csv(*good(form)))


@ONCE
async def test_without_the_scope_the_organiser_reads_what_to_do(form: Scene) -> None:
    filled = entries(form, csv(*good(form)))
    form.workspace.scopes -= {"files:read"}
    (said,) = (await form.is_refused(form.ana, **filled)).values()
    assert "python -m bot doctor" in said


@ONCE
async def test_what_is_no_sheet_or_too_large_is_said_beside_the_file(form: Scene) -> None:
    assert "no CSV and no XLSX" in await is_refused(form, b"PK\x03\x04" + bytes(99), "people.xlsx")
    assert "headings, and these are missing: mechanism, person, role" in await is_refused(form, b"a,b\n1,2\n")
    before = len(form.workspace.calls_of(DOWNLOAD))
    assert "larger than 1 MB" in await is_refused(form, bytes(MOST_BYTES + 1))
    assert len(form.workspace.calls_of(DOWNLOAD)) == before


@ONCE
async def test_with_an_empty_register_it_is_said_once_how_to_load_it(scene: Scene) -> None:
    await scene.opens(scene.ana, TYPED)
    said = await is_refused(scene, csv(*good(scene)))
    assert said.count("/consult mechanisms load") == 1
    await scene.types(scene.ana, "/consult mechanisms load")
    assert "2 understood" in await sends(scene, csv(*good(scene)))


@ONCE
async def test_a_thousand_rows_that_are_bad_are_all_said(form: Scene) -> None:
    said = await sends(form, csv(*(("Nowhere", f"Ms {each}", "chair", "", "", "", "") for each in range(1000))))
    assert said.count("_mechanism_ “Nowhere” is no mechanism here") == 1000


@ONCE
@pytest.mark.in_time
async def test_people_whom_slack_does_not_tell_of_in_time_are_said_and_known_the_next_time(form: Scene) -> None:
    form.workspace.faults.add(Fault(method="users.info", trouble=Trouble.HOLD, addressee=form.ben.id))
    assert f"_person_ “{form.ben.id}” has not been found in Slack yet" in await sends(form, csv(*good(form)))
    form.workspace.faults.release()
    assert "2 understood" in await sends(form, csv(*good(form)))


@BY_HTTP
async def test_only_organisers_import_and_each_by_their_own_form(form: Scene, database_url: str) -> None:
    assert "Only organisers" in await form.types(form.ben, TYPED)
    assert "too old" in await forged(form, form.ben, [{"id": "F404"}])
    await sends(form, csv(*good(form)))
    assert "too old" in await forged(form, form.ben, [])
    assert stored(database_url) == 0


@ONCE
async def test_files_that_nobody_chose_are_not_fetched(form: Scene) -> None:
    theirs = form.workspace.upload(form.ben.id, "people.csv", csv(*good(form)))
    elsewhere = {"id": "F1", "url_private_download": "https://files.example.org/people.csv"}
    for file, said in (
        ({"id": "F404"}, "no such file of yours"),
        ({"id": theirs.id}, "no such file of yours"),
        (elsewhere, "kept in Slack itself"),
    ):
        assert said in await forged(form, form.ana, [file])
    assert "choose a file" in await forged(form, form.ana, [])
    mine = form.workspace.upload(form.ana.id, "people.csv", csv(*good(form)))
    assert "2 rows, 2 understood" in await forged(form, form.ana, [{"id": mine.id}])
    assert len(form.workspace.calls_of(DOWNLOAD)) == 1


async def forged(scene: Scene, member: Member, files: list[dict[str, Any]]) -> str:
    """The form before Ana as if `member` sent it in with any files; all that the bot answers."""
    shown = scene.form(scene.ana)
    payload = payloads.interaction(scene.workspace, "view_submission", member)
    payload |= payloads.of_view(scene.workspace, shown)
    payload["view"]["state"] = {"values": {"file": {"file": {"type": "file_input", "files": files}}}}
    body = urlencode({"payload": json.dumps(payload)}).encode()
    ack = await scene.standin.post_raw(body, {"Content-Type": FORM, **scene.standin.sign(body)})
    assert ack.status == 200
    return json.dumps(json.loads(ack.body), ensure_ascii=False)


@pytest.mark.parametrize("house", HOUSES[1:2], ids="-".join, indirect=True)
async def test_an_import_that_takes_long_says_so_and_then_what_came_of_it(form: Scene, database_url: str) -> None:
    await sends(form, csv(*good(form)))
    engine = open_engine(parse_url(database_url), threads=1, begin="BEGIN IMMEDIATE")
    with engine.begin() as tx:
        tx.execute(text("SELECT id FROM mechanisms FOR UPDATE"))
        assert "is being imported" in await form.submits(form.ana)
    engine.dispose()
    await form.workspace.until(lambda: "2 representatives are named" in plain(form.form(form.ana)))
    assert stored(database_url) == 2
