import time

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.signature import SignatureVerifier

from workspace.outgoing import sign
from workspace.server import StandIn

BODY = b"command=%2Fsignup&text=afternoon"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def heard(bot: AsyncApp) -> list[str]:
    texts: list[str] = []

    async def take(ack: AsyncAck, command: dict[str, str]) -> None:
        texts.append(command["text"])
        await ack()

    bot.command("/signup")(take)
    return texts


def test_the_signature_is_the_one_that_slacks_sdk_verifies() -> None:
    headers = sign("secret", BODY, str(int(time.time())))
    assert SignatureVerifier("secret").is_valid_request(BODY, headers)
    assert not SignatureVerifier("other").is_valid_request(BODY, headers)
    assert not SignatureVerifier("secret").is_valid_request(BODY + b"&user_id=U1", headers)


async def test_a_request_signed_now_is_heard(standin: StandIn, heard: list[str]) -> None:
    ack = await standin.post_raw(BODY, {**FORM, **standin.sign(BODY)})
    assert (ack.status, ack.error, heard) == (200, None, ["afternoon"])


async def test_a_request_signed_by_another_secret_is_not(standin: StandIn, heard: list[str]) -> None:
    ack = await standin.post_raw(BODY, {**FORM, **standin.sign(BODY, secret="forged")})
    assert (ack.status, heard) == (401, [])


async def test_a_request_of_another_time_is_not(standin: StandIn, heard: list[str]) -> None:
    for shift_s in (-301, 301):
        signature = standin.sign(BODY, timestamp=str(int(time.time()) + shift_s))
        ack = await standin.post_raw(BODY, {**FORM, **signature})
        assert (ack.status, heard) == (401, [])


async def test_a_request_without_a_signature_is_not(standin: StandIn, heard: list[str]) -> None:
    ack = await standin.post_raw(BODY, FORM)
    assert (ack.status, heard) == (401, [])
