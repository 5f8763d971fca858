import os
import time
from pathlib import Path

import pytest

from tests.support import environment

FOREIGN = ("PGSSLMODE", "PGOPTIONS", "HTTP_PROXY", "https_proxy", "SSL_CERT_FILE", "LC_ALL", "TZ")


@pytest.fixture(autouse=True)
def _caller(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*FOREIGN, "SECRET_KEY", "PORT", "GITHUB_STEP_SUMMARY", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, "the caller's")
    monkeypatch.setenv("DOCKER_HOST", "tcp://engine.example:2375")


def test_a_clean_environment_has_what_a_program_needs() -> None:
    """A program finds other programs, the person's home and the Docker engine."""
    clean = environment.clean_environment()

    assert clean["PATH"] == os.environ["PATH"]
    assert clean["DOCKER_HOST"] == "tcp://engine.example:2375"


def test_a_clean_environment_has_nothing_else_of_the_caller() -> None:
    """No setting of libpq, of HTTP clients, of a CI service or of the service itself comes in."""
    clean = environment.clean_environment()

    assert "the caller's" not in clean.values()


def test_a_change_is_added_to_a_clean_environment() -> None:
    """What a program is given on purpose comes before what it would inherit."""
    clean = environment.clean_environment(PORT="8001", PATH="/bin")

    assert clean["PORT"] == "8001"
    assert clean["PATH"] == "/bin"


def test_the_set_up_keeps_its_way_to_the_network() -> None:
    """A proxy and the settings of pip reach the set-up, and libpq's settings do not."""
    networked = environment.networked_environment()

    assert networked["https_proxy"] == "the caller's"
    assert networked["PIP_INDEX_URL"] == "the caller's"
    assert "PGSSLMODE" not in networked


def test_cleans_up_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries of this process see no foreign variable, but a CI service gets its summary."""
    own = dict(os.environ)
    monkeypatch.setattr(os, "environ", own)
    monkeypatch.setattr(time, "tzset", lambda: None)

    environment.clean_up()

    assert not own.keys() & {*FOREIGN, "SECRET_KEY", "PORT", "PIP_INDEX_URL"}
    assert own["GITHUB_STEP_SUMMARY"] == "the caller's"


def test_a_target_leaves_the_settings_behind() -> None:
    """`make test` inherits neither the service's settings nor those of libpq."""
    names = set(environment.left_behind(serves=False))

    assert {"SECRET_KEY", "PORT", "PGSSLMODE", "TZ"} <= names
    assert "PATH" not in names


def test_the_target_run_obeys_the_settings() -> None:
    """`make run` inherits the service's settings and, for a server of one's own, libpq's."""
    names = set(environment.left_behind(serves=True))

    assert not names & {"SECRET_KEY", "PORT", "PGSSLMODE", "HTTP_PROXY"}
    assert "TZ" in names


@pytest.mark.parametrize("home", ["/nonexistent", "/etc/passwd"])
def test_a_caller_without_a_home_folder_gets_one(
    home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Playwright, uv and testcontainers need one, and a user without an account has none."""
    monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(environment, "HOME", tmp_path / "home")

    clean = environment.clean_environment()

    assert clean["HOME"] == str(tmp_path / "home")
    assert (tmp_path / "home").is_dir()
