"""The search for a browser."""

from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from tools import browser


def test_ignores_a_program_that_cannot_run(tmp_path: Path, mocker: MockerFixture) -> None:
    """It may be for another processor; the message says what to type."""
    program = tmp_path / "chromium-headless-shell"
    program.write_bytes(b"\x7fELF of another processor")
    program.chmod(0o755)
    mocker.patch.object(browser, "_downloaded_program", autospec=True, return_value=None)
    mocker.patch.object(browser, "PROGRAMS", [str(program)])

    with pytest.raises(browser.BrowserError, match=r"Type: \.venv/bin/playwright install chromium"):
        browser.find_browser(headed=False)
