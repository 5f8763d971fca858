"""Mocks of the ports, made with autospec: they take the calls that their port has, no others."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import get_type_hints
from unittest.mock import Mock

import pytest
from pytest_mock import MockerFixture

from app.api.dependencies import Dependencies
from app.ports import Claims, IssuedToken
from tests.support.factories import NOW
from tests.support.unit_factories import USER_ID

NOT_MOCKED = {"attempts", "site"}


def make_mocks(mocker: MockerFixture) -> dict[str, Mock]:
    """Return a mock for each part of the application but the one that has a fake."""
    return {
        part: mocker.create_autospec(port, instance=True, spec_set=True)
        for part, port in get_type_hints(Dependencies).items()
        if part not in NOT_MOCKED
    }


def reset_mocks(mocks: Mapping[str, Mock]) -> None:
    """Let each mock forget what it was told and asked, and answer what is usual."""
    for mock in mocks.values():
        mock.reset_mock(return_value=True, side_effect=True)
    mocks["users"].find.return_value = None
    mocks["todos"].list.return_value = []
    mocks["todos"].change_all.return_value = []
    mocks["breaches"].contain.return_value = False
    mocks["passwords"].hash.return_value = "a hash"
    mocks["passwords"].verify.return_value = False
    mocks["tokens"].read.return_value = Claims(USER_ID, "an id", NOW + timedelta(hours=1))
    mocks["tokens"].issue.return_value = IssuedToken("a.new.token", expires_in=3600)


def mock_of(part: str) -> Callable[[Mapping[str, Mock]], Mock]:
    """Return the fixture that hands a test the mock of one part."""

    @pytest.fixture(name=part)
    def mock(mocks: Mapping[str, Mock]) -> Mock:
        return mocks[part]

    return mock
