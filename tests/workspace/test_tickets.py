import pytest

from tests.workspace.conftest import Stopwatch
from workspace.tickets import RESPONSE_URL_TTL_S, RESPONSE_URL_USES, TRIGGER_TTL_S, ResponseUrls, Triggers
from workspace.wire import SlackError


def test_a_trigger_id_is_good_once(stopwatch: Stopwatch) -> None:
    triggers = Triggers(stopwatch)
    trigger_id = triggers.issue("U1")
    assert triggers.redeem(trigger_id) == "U1"
    with pytest.raises(SlackError, match="exchanged_trigger_id"):
        triggers.redeem(trigger_id)


def test_a_trigger_id_is_good_for_three_seconds(stopwatch: Stopwatch) -> None:
    triggers = Triggers(stopwatch)
    in_time, too_late = triggers.issue("U1"), triggers.issue("U1")
    stopwatch.now_s += TRIGGER_TTL_S
    triggers.redeem(in_time)
    stopwatch.now_s += 0.001
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.redeem(too_late)


def test_a_trigger_id_that_was_never_issued_is_refused(stopwatch: Stopwatch) -> None:
    with pytest.raises(SlackError, match="invalid_trigger_id"):
        Triggers(stopwatch).redeem("1.2.3")


def test_a_response_url_is_good_five_times(stopwatch: Stopwatch) -> None:
    urls = ResponseUrls(stopwatch)
    key = urls.issue("C1", "U1")
    for _ in range(RESPONSE_URL_USES):
        urls.use(key)
    with pytest.raises(SlackError, match="used_url"):
        urls.use(key)


def test_a_response_url_is_good_for_half_an_hour(stopwatch: Stopwatch) -> None:
    urls = ResponseUrls(stopwatch)
    key = urls.issue("C1", "U1")
    stopwatch.now_s += RESPONSE_URL_TTL_S
    urls.use(key)
    stopwatch.now_s += 0.001
    with pytest.raises(SlackError, match="expired_url"):
        urls.use(key)


def test_a_response_url_that_was_never_issued_is_refused(stopwatch: Stopwatch) -> None:
    with pytest.raises(SlackError, match="no_service"):
        ResponseUrls(stopwatch).use("nonsense")
