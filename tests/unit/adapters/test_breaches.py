"""The client of the breach API, with the network replaced by `responses`."""

import logging
from collections.abc import Iterator

import pytest
import requests
from pytest_mock import MockerFixture
from responses import RequestsMock, matchers
from urllib3.exceptions import ProtocolError

from app.adapters.breaches import PwnedPasswords, split_hash

PASSWORD = "correct horse battery"
PREFIX, SUFFIX = split_hash(PASSWORD)
URL = f"https://breaches.example/range/{PREFIX}"
MOVED = f"https://elsewhere.example/range/{PREFIX}"


@pytest.fixture
def api() -> Iterator[RequestsMock]:
    """Replace the network; a test fails if it does not use every response that it prepared."""
    with RequestsMock() as mock:
        yield mock


@pytest.fixture
def breaches() -> PwnedPasswords:
    """Wait for so long that even a busy machine stays below it."""
    return PwnedPasswords("https://breaches.example", seconds=60.0)


def test_finds_a_password_that_is_listed(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """The suffix of the password's hash is one of the lines of the response."""
    api.get(URL, body=f"{SUFFIX}:3")

    assert breaches.contain(PASSWORD)


def test_does_not_find_a_password_that_is_padding(
    api: RequestsMock, breaches: PwnedPasswords
) -> None:
    """The API pads its responses with hashes that nobody has used, and gives them the count 0."""
    api.get(URL, body=f"{SUFFIX}:0")

    assert not breaches.contain(PASSWORD)


def test_sends_five_digits_and_no_more(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """The API learns five of 40 digits, so it cannot know which of many passwords was meant."""
    api.get(URL)

    breaches.contain(PASSWORD)

    request = api.calls[0].request
    assert request.url == "https://breaches.example/range/98DEC"
    assert request.body is None


def test_sends_the_headers_that_the_api_requires(
    api: RequestsMock, breaches: PwnedPasswords
) -> None:
    """The API requires a User-Agent; padding hides the size of the response on the network."""
    headers = {"Add-Padding": "true", "User-Agent": "todo-three-ways"}
    api.get(URL, match=[matchers.header_matcher(headers)], body=f"{SUFFIX}:3")

    assert breaches.contain(PASSWORD)


def test_sets_a_timeout_for_each_read(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """A silent connection frees its thread; streaming lets the client limit a response's length."""
    options = {"timeout": 60.0, "stream": True}
    api.get(URL, match=[matchers.request_kwargs_matcher(options)], body=f"{SUFFIX}:3")

    assert breaches.contain(PASSWORD)


@pytest.mark.parametrize(
    "response",
    [
        pytest.param({"status": 429}, id="too many requests"),
        pytest.param({"status": 503}, id="down"),
        pytest.param({"status": 301, "headers": {"Location": MOVED}}, id="moved"),
        pytest.param({"body": "<html>"}, id="not a list"),
        pytest.param({"body": f"{SUFFIX}:3 ü".encode()}, id="not ASCII"),
        pytest.param({"body": f"{SUFFIX}:3\n" * 7_000}, id="over 256 KiB"),
        pytest.param({"body": requests.ConnectionError("refused")}, id="no connection"),
        pytest.param({"body": requests.Timeout("slow")}, id="slow"),
        pytest.param({"body": OSError("no /nonexistent")}, id="no file of certificates"),
        pytest.param({"body": ProtocolError("cut off")}, id="an error that requests passes on"),
    ],
)
def test_accepts_a_password_that_cannot_be_looked_up(
    response: dict[str, object],
    api: RequestsMock,
    breaches: PwnedPasswords,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Sign-up must not depend on another service, but an operator learns of it from the log."""
    api.get(URL, **response)

    assert not breaches.contain(PASSWORD)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_accepts_a_password_when_no_thread_can_be_started(
    mocker: MockerFixture, breaches: PwnedPasswords, caplog: pytest.LogCaptureFixture
) -> None:
    """A system that is out of threads refuses one with a RuntimeError."""
    mocker.patch("threading.Thread.start", autospec=True, side_effect=RuntimeError)

    assert not breaches.contain(PASSWORD)
    assert caplog.messages == ["breach check skipped: RuntimeError"]


def test_does_not_follow_a_redirect(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """The digits go only to the service that the operator chose."""
    api.get(URL, status=302, headers={"Location": MOVED})

    breaches.contain(PASSWORD)

    assert len(api.calls) == 1


@pytest.mark.parametrize("secret", [PASSWORD, PREFIX, SUFFIX], ids=["password", "prefix", "suffix"])
def test_never_logs_the_password_or_its_hash(
    secret: str, api: RequestsMock, breaches: PwnedPasswords, caplog: pytest.LogCaptureFixture
) -> None:
    """The exception's own text contains the URL, so only its type is logged."""
    api.get(URL, body=requests.ConnectionError(f"no way to {URL} for {PASSWORD}"))

    breaches.contain(PASSWORD)

    assert "ConnectionError" in caplog.text
    assert secret not in caplog.text
