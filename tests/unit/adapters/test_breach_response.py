"""The format of the breach API: what is sent, and how a response is read."""

import pytest

from app.adapters.breaches import count_in_response, split_hash

# SHA-1 of "password"; `printf password | sha1sum` prints the same digits.
PREFIX, SUFFIX = "5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8"
OTHER = "0" * 35


def test_splits_the_hash_after_five_digits() -> None:
    """Five digits of the SHA-1 are sent; the other 35 never leave the process (k-anonymity)."""
    assert split_hash("password") == (PREFIX, SUFFIX)


def test_hashes_a_password_beyond_ascii_as_utf_8() -> None:
    """The API's lists were made from UTF-8, so any other encoding would find nothing."""
    prefix, _ = split_hash("pässwörd")

    assert prefix == "F517D"


@pytest.mark.parametrize(
    ("response", "seen"),
    [
        pytest.param(f"{OTHER}:5\r\n{SUFFIX}:42", 42, id="listed"),
        pytest.param(f"{SUFFIX.lower()}:42", 42, id="listed in lower case"),
        pytest.param(f"{OTHER}:5", 0, id="another hash"),
        pytest.param(f"{SUFFIX}:0", 0, id="padding"),
        pytest.param(f"{SUFFIX}:42\r\n{SUFFIX}:0", 42, id="listed and padding"),
        pytest.param("", 0, id="empty response"),
    ],
)
def test_reads_how_often_a_hash_was_seen(response: str, seen: int) -> None:
    """Padding lines, which hide the size of the response, have the count 0."""
    assert count_in_response(SUFFIX, response) == seen


@pytest.mark.parametrize(
    "response",
    [
        pytest.param("<html>Welcome to the hotel's Wi-Fi</html>", id="a web page"),
        pytest.param(f"{SUFFIX}:many", id="not a number"),
        pytest.param(f"{SUFFIX[1:]}:1", id="suffix too short"),
        pytest.param(f"{SUFFIX}:1 oops", id="trailing text"),
        pytest.param(f"{SUFFIX}:1.5", id="not an integer"),
    ],
)
def test_refuses_a_response_that_is_not_a_list(response: str) -> None:
    """One bad line makes the whole response unusable, such as the login page of a public Wi-Fi."""
    with pytest.raises(ValueError, match=r"^the response has a line that is not SUFFIX:COUNT$"):
        count_in_response(SUFFIX, response)
