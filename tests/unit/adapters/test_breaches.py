"""The client of the breach API, with the network replaced by `responses`."""

import logging
from collections.abc import Iterator

import pytest
import requests
from responses import RequestsMock, matchers

from app.adapters.breaches import MAX_RESPONSE_BYTES, PwnedPasswords, split_hash

PASSWORD = "a password nobody would log"
PREFIX, SUFFIX = split_hash(PASSWORD)
URL = f"https://breaches.example/range/{PREFIX}"
MOVED = f"https://elsewhere.example/range/{PREFIX}"
# So long that no busy machine reaches it: here every answer comes at once.
SECONDS = 60.0


@pytest.fixture
def api() -> Iterator[RequestsMock]:
    """Replace the network; every answer that a test prepares must be asked for."""
    with RequestsMock() as mock:
        yield mock


@pytest.fixture
def breaches() -> PwnedPasswords:
    """Return the client under test."""
    return PwnedPasswords("https://breaches.example", seconds=SECONDS)


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


def test_sends_five_digits_and_no_more(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """Five digits of the hash leave the process, as the API spells them, and nothing else."""
    api.get(URL)

    breaches.contain(PASSWORD)

    request = api.calls[0].request
    assert request.url == "https://breaches.example/range/FB455"
    assert request.body is None


def test_asks_as_the_api_wants_to_be_asked(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """It wants to know who asks; padding hides the answer's size from whoever listens."""
    headers = {"Add-Padding": "true", "User-Agent": "todo-three-ways"}
    api.get(URL, match=[matchers.header_matcher(headers)], body=f"{SUFFIX}:3")

    assert breaches.contain(PASSWORD)


def test_waits_for_no_packet_longer_than_in_all(
    api: RequestsMock, breaches: PwnedPasswords
) -> None:
    """A connection that falls silent frees its thread, and no answer is read before its limit."""
    options = {"timeout": SECONDS, "stream": True}
    api.get(URL, match=[matchers.request_kwargs_matcher(options)], body=f"{SUFFIX}:3")

    assert breaches.contain(PASSWORD)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"status": 429}, id="too many requests"),
        pytest.param({"status": 503}, id="down"),
        pytest.param({"status": 301, "headers": {"Location": MOVED}}, id="moved"),
        pytest.param({"body": "<html>"}, id="no list"),
        pytest.param({"body": f"{SUFFIX}:3 ü".encode()}, id="not ASCII"),
        pytest.param({"body": f"{SUFFIX}:3\n" * (MAX_RESPONSE_BYTES // 30)}, id="endless"),
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
    """What the API cannot say is no reason to refuse a sign-up, and one for a line in the log."""
    api.get(URL, **answer)

    assert not breaches.contain(PASSWORD)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_follows_no_redirect(api: RequestsMock, breaches: PwnedPasswords) -> None:
    """The five digits go to the service that was chosen, and to no other."""
    api.get(URL, status=302, headers={"Location": MOVED})

    breaches.contain(PASSWORD)

    assert len(api.calls) == 1


def test_never_logs_the_password_or_its_hash(
    api: RequestsMock, breaches: PwnedPasswords, caplog: pytest.LogCaptureFixture
) -> None:
    """The warning about a failed look-up tells nothing, though the error's own words do."""
    api.get(URL, body=requests.ConnectionError(f"no way to {URL} for {PASSWORD}"))

    breaches.contain(PASSWORD)

    assert caplog.text
    assert not any(secret in caplog.text for secret in (PASSWORD, PREFIX, SUFFIX))
