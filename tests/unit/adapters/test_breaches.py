"""The client of the breach API, with the network replaced by `responses`."""

import logging
from collections.abc import Iterator
from io import BytesIO
from threading import Event

import pytest
import requests
from pytest_mock import MockerFixture
from responses import RequestsMock, matchers

from app.adapters.breaches import LONGEST_ANSWER, PwnedPasswords
from app.domain.breaches import split_hash

PASSWORD = "a password that nobody else would log"
PREFIX, SUFFIX = split_hash(PASSWORD)
URL = f"https://breaches.example/range/{PREFIX}"


@pytest.fixture
def api() -> Iterator[RequestsMock]:
    """Replace the network; every answer that a test prepares must be asked for."""
    with RequestsMock() as mock:
        yield mock


@pytest.fixture
def breaches() -> PwnedPasswords:
    """Return the client under test."""
    return PwnedPasswords("https://breaches.example", seconds=0.1)


def an_answer(body: str) -> requests.Response:
    """Return an answer of the API for where `responses` is not in between."""
    response = requests.Response()
    response.status_code = 200
    response.raw = BytesIO(body.encode())
    return response


def test_finds_a_password_that_is_listed(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """A password whose hash is in the answer is known."""
    api.get(URL, body=f"{SUFFIX}:3")

    assert breaches.contain(PASSWORD)


def test_does_not_find_a_password_that_is_padding(
    api: RequestsMock, breaches: PwnedPasswords
) -> None:
    """A hash that was seen 0 times is padding, so the password is not known."""
    api.get(URL, body=f"{SUFFIX}:0")

    assert not breaches.contain(PASSWORD)


def test_sends_five_digits_and_asks_for_padding(
    api: RequestsMock, breaches: PwnedPasswords
) -> None:
    """Five digits of the hash leave the process, and the answer's size shall not tell them."""
    api.get(URL, match=[matchers.header_matcher({"Add-Padding": "true"})])

    breaches.contain(PASSWORD)

    assert URL == api.calls[0].request.url
    assert api.calls[0].request.body is None


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"status": 429}, id="too many requests"),
        pytest.param({"status": 503}, id="down"),
        pytest.param({"body": "<html>"}, id="no list"),
        pytest.param({"body": f"{SUFFIX}:3 ü".encode()}, id="not ASCII"),
        pytest.param({"body": f"{SUFFIX}:3\n" * (LONGEST_ANSWER // 30)}, id="endless"),
        pytest.param({"body": requests.ConnectionError("refused")}, id="no connection"),
        pytest.param({"body": requests.Timeout("slow")}, id="slow"),
    ],
)
def test_lets_a_password_pass_when_it_cannot_find_out(
    answer: dict[str, object],
    api: RequestsMock,
    breaches: PwnedPasswords,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Sign-up does not depend on the API: what it cannot say is no reason to refuse."""
    api.get(URL, **answer)

    assert not breaches.contain(PASSWORD)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_follows_no_redirect(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """The five digits go to the service that was chosen, and to no other."""
    api.get(URL, status=302, headers={"Location": "https://elsewhere.example"})

    breaches.contain(PASSWORD)

    assert 1 == len(api.calls)


def test_does_not_wait_for_a_name_that_is_not_resolved(
    mocker: MockerFixture, breaches: PwnedPasswords
) -> None:
    """The limit holds for what `requests` has no limit for, such as name resolution."""
    given_up, answered = Event(), Event()

    def answer_late(*_: object, **__: object) -> requests.Response:
        given_up.wait(timeout=2)
        answered.set()
        return an_answer(f"{SUFFIX}:3")

    mocker.patch("requests.get", autospec=True, side_effect=answer_late)

    assert not breaches.contain(PASSWORD)
    assert not answered.is_set()
    given_up.set()
    answered.wait(timeout=2)


def test_does_not_wait_for_an_answer_that_drips(
    api: RequestsMock, mocker: MockerFixture, breaches: PwnedPasswords
) -> None:
    """An answer that comes byte by byte is given up at the limit, though no read is slow."""
    api.get(URL, body=f"{SUFFIX}:3")
    clock = mocker.patch("app.adapters.breaches.time", autospec=True)
    clock.monotonic.side_effect = [0.0, 0.6]

    assert not breaches.contain(PASSWORD)


def test_never_logs_the_password_or_its_hash(
    api: RequestsMock, breaches: PwnedPasswords, caplog: pytest.LogCaptureFixture
) -> None:
    """The warning about a failed look-up tells nothing about the password."""
    api.get(URL, status=503)

    breaches.contain(PASSWORD)

    assert caplog.text
    assert not any(secret in caplog.text for secret in (PASSWORD, PREFIX, SUFFIX))
