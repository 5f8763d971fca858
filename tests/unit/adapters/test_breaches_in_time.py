"""The client of the breach API keeps its limit, where `responses` would answer at once."""

from io import BytesIO
from threading import Event

import pytest
import requests
from pytest_mock import MockerFixture

from app.adapters.breaches import PwnedPasswords, split_hash

PASSWORD = "a password nobody would log"
PREFIX, SUFFIX = split_hash(PASSWORD)
LISTED = f"{SUFFIX}:3"
# Where `requests` leaves our process, by whichever of its functions it was asked.
SEND = "requests.adapters.HTTPAdapter.send"


@pytest.fixture
def breaches() -> PwnedPasswords:
    """Return the client under test."""
    return PwnedPasswords("https://breaches.example", seconds=0.1)


def make_answer(body: str) -> requests.Response:
    """Return an answer of the API."""
    response = requests.Response()
    response.status_code = 200
    response.raw = BytesIO(body.encode())
    return response


def test_does_not_wait_for_a_name_that_is_not_resolved(
    mocker: MockerFixture, breaches: PwnedPasswords
) -> None:
    """The limit holds for what `requests` has no limit for, such as name resolution."""
    given_up, answered = Event(), Event()

    def answer_late(*_: object, **__: object) -> requests.Response:
        given_up.wait(timeout=2)
        answered.set()
        return make_answer(LISTED)

    mocker.patch(SEND, autospec=True, side_effect=answer_late)

    assert not breaches.contain(PASSWORD)
    assert not answered.is_set()
    given_up.set()
    answered.wait(timeout=2)


def test_does_not_wait_for_an_answer_that_drips(
    mocker: MockerFixture, breaches: PwnedPasswords
) -> None:
    """An answer that comes byte by byte is given up at the limit, though no read is slow."""
    mocker.patch(SEND, autospec=True, return_value=make_answer(LISTED))
    clock = mocker.patch("app.adapters.breaches.time", autospec=True)
    clock.monotonic.side_effect = [0.0, 0.6]

    assert not breaches.contain(PASSWORD)


def test_asks_nothing_that_nobody_waits_for(mocker: MockerFixture) -> None:
    """Once the API answers again, its few threads do not first ask what was given up."""
    answers = Event()

    def answer_late(*_: object, **__: object) -> requests.Response:
        answers.wait(timeout=2)
        return make_answer("")

    send = mocker.patch(SEND, autospec=True, side_effect=answer_late)
    breaches = PwnedPasswords("https://breaches.example", seconds=0.01)
    for number in range(4):
        breaches.contain(f"password {number} that takes a thread")

    breaches.contain(PASSWORD)

    answers.set()
    breaches.contain("a password that comes after it")
    assert not [call for call in send.call_args_list if call.args[1].url.endswith(PREFIX)]
