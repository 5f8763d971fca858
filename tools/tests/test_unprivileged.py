"""Which user runs PostgreSQL; no test starts it."""

import os
import pwd
from pathlib import Path

import pytest
from pytest_mock import MockerFixture

from tools import unprivileged

NOBODY = pwd.struct_passwd(("nobody", "x", 65534, 65533, "", "/nonexistent", "/bin/false"))
ALL_USERS = "         0          0 4294967295\n"
ONE_USER = "         0       1000          1\n"
IN_NAMESPACE = ["unshare", "--user", "--map-user=65534", "--map-group=65533"]


def be(user: int, mocker: MockerFixture, *, account: object = NOBODY) -> None:
    """Run as this user."""
    mocker.patch.object(os, "geteuid", autospec=True, return_value=user)
    mocker.patch.object(pwd, "getpwnam", autospec=True, return_value=NOBODY)
    mocker.patch.object(pwd, "getpwuid", autospec=True, side_effect=[account])


@pytest.fixture(autouse=True)
def user_ids(tmp_path: Path, mocker: MockerFixture) -> Path:
    """Have all users; the file says which there are."""
    file = tmp_path / "uid_map"
    file.write_text(ALL_USERS)
    mocker.patch.object(unprivileged, "USER_IDS", file)
    return file


def test_root_becomes_nobody(mocker: MockerFixture) -> None:
    """PostgreSQL refuses to run as root."""
    be(0, mocker)

    assert unprivileged.identity()["user"] == 65534
    assert unprivileged.in_namespace() == []


def test_root_of_a_small_namespace_is_shown_as_nobody(
    user_ids: Path, mocker: MockerFixture
) -> None:
    """A user who is root only in a namespace of their own cannot become anyone else."""
    be(0, mocker)
    user_ids.write_text(ONE_USER)

    assert unprivileged.identity() == {}
    assert unprivileged.in_namespace() == IN_NAMESPACE


def test_a_user_without_an_account_is_shown_as_nobody(mocker: MockerFixture) -> None:
    """PostgreSQL's initdb looks up the user's name, which `docker run --user 12345` has not."""
    be(12345, mocker, account=KeyError)

    assert unprivileged.identity() == {}
    assert unprivileged.in_namespace() == IN_NAMESPACE


def test_a_user_with_an_account_stays_the_same(mocker: MockerFixture) -> None:
    """This is how most people run it."""
    be(1000, mocker)

    assert unprivileged.identity() == {}
    assert unprivileged.in_namespace() == []


@pytest.mark.parametrize(("user", "runs"), [(0, False), (1000, True)])
def test_a_copy_of_the_programs_needs_a_folder_that_allows_them(
    user: int, runs: bool, tmp_path: Path, mocker: MockerFixture
) -> None:
    """Root's PostgreSQL runs from a copy where its own folder is closed to others."""
    be(user, mocker)
    tmp_path.chmod(0o700)
    flags = mocker.Mock(f_flag=os.ST_NOEXEC)
    mocker.patch.object(os, "statvfs", autospec=True, return_value=flags)

    assert unprivileged.can_run_from(tmp_path, tmp_path) == runs
