from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.leads import Lead
from bot.domain.partial_webinars import PartialSession, PartialWebinar, read

TODAY = date(2026, 12, 1)
DAY = date(2026, 12, 10)
ZURICH = ZoneInfo("Europe/Zurich")
MORNING = PartialSession("morning", time(9), time(11))
AFTERNOON = PartialSession("afternoon", time(16), time(18))


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("", PartialWebinar()),
        ("new", PartialWebinar()),
        ("new Reviews", PartialWebinar("Reviews")),
        ('"Reviews" in Zurich', PartialWebinar("Reviews", zone=ZURICH)),
        (
            'new "T" on 2026-12-10 in Zurich morning 9-11, afternoon 16:00-18:00 seats 40 remind 1d link https://x.org/a',
            PartialWebinar(
                "T", DAY, ZURICH, (MORNING, AFTERNOON), 40, "https://x.org/a", (Lead(1, "d"),),
            ),
        ),
        (
            "new Regional reviews on 2026-12-10 in Zurich morning 9-11",
            PartialWebinar("Regional reviews", DAY, ZURICH, (MORNING,)),
        ),
        ('new "Never closed on 2026-12-10', PartialWebinar("Never closed", DAY)),
        (
            'new "T" on 10/12/2026 in Zurich morning 9-11',
            PartialWebinar("T", None, ZURICH, (MORNING,), left_out=("on 10/12/2026",)),
        ),
        (
            'new "T" on 10/12/2026 morning 9-11',
            PartialWebinar("T", None, None, (MORNING,), left_out=("on 10/12/2026",)),
        ),
        (
            'new "T" on 2026-12-10 in Atlantis morning 9-11',
            PartialWebinar("T", DAY, None, (MORNING,), left_out=("in Atlantis",)),
        ),
        (
            'new "T" on 2026-12-10 in Zurich cancel 9-11, morning 9-11 seats many remind 91d channel #x',
            PartialWebinar(
                "T", DAY, ZURICH, (MORNING,), left_out=("cancel 9-11", "seats many", "remind 91d", "channel #x")
            ),
        ),
        ('new "T" channel <#C1|x> seats 5 seats 6', PartialWebinar("T", seats=5, channel="C1", left_out=("seats 6",))),
        (
            "new T in Zurich morning 2026-12-10 9-11, afternoon 2026-12-11 16:00-18:00 UTC+1",
            PartialWebinar(
                "T", DAY, ZURICH, (MORNING, AFTERNOON), left_out=("afternoon 2026-12-11", "afternoon UTC+01:00")
            ),
        ),
    ],
)  # fmt: skip
def test_what_could_be_read_is_kept_and_the_rest_is_named(typed: str, understood: PartialWebinar) -> None:
    assert read(typed, TODAY) == understood


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "new", '"', "on", "in", "seats", "link", "remind", "channel",
                "9-11", "morning", ",", "2026-12-10", "10/12/2026", "a", "1d",
            ]
        )
    ).map(" ".join)
)  # fmt: skip
def test_nothing_is_ever_refused(typed: str) -> None:
    read(typed, TODAY)
