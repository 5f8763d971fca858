"""A PostgreSQL server for the runs of the lab, and a small project on which the lab was run once.

The server is started when pytest collects this folder: the other tests of the lab need none. Random
order mixes the modules of this folder with others, so what they share lasts for the whole session.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.tests.runs.project import Project
from tests.support.databases import empty_database


def pytest_configure(config: pytest.Config) -> None:
    """Load the plugin that starts the server."""
    config.pluginmanager.import_plugin("tests.support.postgres")


@pytest.fixture(scope="session")
def own_database_url(database_url: str) -> Iterator[str]:
    """Create a database for the lab, which makes further ones beside it."""
    with empty_database(database_url) as url:
        yield url


@pytest.fixture(scope="session")
def tried(tmp_path_factory: pytest.TempPathFactory, own_database_url: str) -> Project:
    """Make a project and try its whole catalogue on two layers; no test may change it."""
    project = Project(tmp_path_factory.mktemp("lab"), own_database_url).make()
    ended = project.lab("run", "--layer", "unit", "--layer", "integration", "--jobs", "2")
    assert ended.returncode == 0, ended.stderr
    return project


@pytest.fixture
def project(tried: Project, tmp_path: Path) -> Project:
    """Copy the project with its baselines, so that a test may change it."""
    return tried.copy(tmp_path)
