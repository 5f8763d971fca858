"""The client of the breach API keeps its deadline; `responses` would answer at once."""

from io import BytesIO
from threading import Event

import pytest
import requests
from pytest_mock import MockerFixture

from app.adapters.breaches import PwnedPasswords, split_hash
from tests.support.waiting import HANG_SECONDS

PASSWORD = "correct horse battery"
PREFIX, SUFFIX = split_hash(PASSWORD)
LISTED = f"{SUFFIX}:3"
# Every function and session of `requests` sends through this method.
SEND = "requests.adapters.HTTPAdapter.send"


@pytest.fixture
def breaches() -> PwnedPasswords:
    """Give up so soon that a test does not take long."""
    return PwnedPasswords("https://breaches.example", seconds=0.1)


def make_response(body: str) -> requests.Response:
    """Return a response of the API."""
    response = requests.Response()
    response.status_code = 200
    response.raw = BytesIO(body.encode())
    return response


def test_does_not_wait_for_a_name_that_is_not_resolved(
    mocker: MockerFixture, breaches: PwnedPasswords
) -> None:
    """`requests` has no timeout for name resolution, so the client needs a deadline of its own."""
    deadline_reached, answered = Event(), Event()

    def respond_late(*_: object, **__: object) -> requests.Response:
        deadline_reached.wait(HANG_SECONDS)
        answered.set()
        return make_response(LISTED)

    mocker.patch(SEND, autospec=True, side_effect=respond_late)

    found, was_answered = breaches.contain(PASSWORD), answered.is_set()
    deadline_reached.set()

    assert not found
    assert not was_answered


def test_does_not_wait_for_a_slow_body(mocker: MockerFixture, breaches: PwnedPasswords) -> None:
    """A body that arrives byte by byte reaches the deadline, although no single read is slow."""
    mocker.patch(SEND, autospec=True, return_value=make_response(LISTED))
    clock = mocker.patch("app.adapters.breaches.time", autospec=True)
    clock.monotonic.side_effect = [0.0, 0.6]

    assert not breaches.contain(PASSWORD)


def test_cancels_a_request_that_reached_its_deadline(mocker: MockerFixture) -> None:
    """When the API recovers, the four threads do not first send requests nobody waits for."""
    recovered = Event()

    def respond_late(*_: object, **__: object) -> requests.Response:
        recovered.wait(HANG_SECONDS)
        return make_response("")

    send = mocker.patch(SEND, autospec=True, side_effect=respond_late)
    breaches = PwnedPasswords("https://breaches.example", seconds=0.01)
    for number in range(4):
        breaches.contain(f"password {number} that occupies a thread")

    breaches.contain(PASSWORD)

    recovered.set()
    breaches.contain("a password that comes after it")
    assert not [call for call in send.call_args_list if call.args[1].url.endswith(PREFIX)]
