"""How a password is looked up without giving it away."""

import pytest

from app.adapters.breaches import count_in_response, split_hash

# SHA-1 of "password"; https://haveibeenpwned.com/API/v3 shows the same digits.
PREFIX, SUFFIX = "5BAA6", "1E4C9B93F3F0682250B6CF8331B7EE68FD8"
OTHER = "0" * 35


def test_splits_the_hash_after_five_digits() -> None:
    """The password's SHA-1 falls apart into five digits to send and the rest to keep."""
    assert split_hash("password") == (PREFIX, SUFFIX)


def test_hashes_a_password_beyond_ascii_as_utf_8() -> None:
    """A password with other letters is hashed in UTF-8, as the service's lists are."""
    prefix, _ = split_hash("pässwörd")

    assert prefix == "F517D"


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        pytest.param(f"{OTHER}:5\r\n{SUFFIX}:42", 42, id="listed"),
        pytest.param(f"{SUFFIX.lower()}:42", 42, id="listed in lower case"),
        pytest.param(f"{OTHER}:5", 0, id="another hash"),
        pytest.param(f"{SUFFIX}:0", 0, id="padding"),
        pytest.param(f"{SUFFIX}:42\r\n{SUFFIX}:0", 42, id="listed and padding"),
        pytest.param("", 0, id="empty answer"),
    ],
)
def test_reads_how_often_a_hash_was_seen(answer: str, seen: int) -> None:
    """The count behind the hash's suffix says how often it was seen; padding counts 0."""
    assert count_in_response(SUFFIX, answer) == seen


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("<html>Welcome to the hotel's Wi-Fi</html>", id="a web page"),
        pytest.param(f"{SUFFIX}:many", id="no number"),
        pytest.param(f"{SUFFIX[1:]}:1", id="too short a suffix"),
        pytest.param(f"{SUFFIX}:1 oops", id="something behind the line"),
        pytest.param(f"{SUFFIX}:1.5", id="something behind the number"),
    ],
)
def test_refuses_an_answer_that_is_no_list(answer: str) -> None:
    """An answer with a line that is not SUFFIX:COUNT is refused as a whole."""
    with pytest.raises(ValueError, match=r"^the response has a line that is not SUFFIX:COUNT$"):
        count_in_response(SUFFIX, answer)
