"""What the lab's tests share: a database of their own, and a project that was tried once."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from lab.tests.runs.project import Project

BOTH_LAYERS = ("--layer", "unit", "--layer", "integration")


@pytest.fixture(autouse=True)
def _empty_database() -> None:
    """Leave the database of the other tests alone."""


@pytest.fixture(scope="package")
def own_database_url(database_url: str) -> Iterator[str]:
    """Return the address of an empty database on the run's server."""
    name = f"lab_tests_{uuid4().hex}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield urlsplit(database_url)._replace(path=f"/{name}").geturl()
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture(scope="package")
def tried(tmp_path_factory: pytest.TempPathFactory, own_database_url: str) -> Project:
    """Return the project that `first_run` tries; no test may change it."""
    return Project(tmp_path_factory.mktemp("lab"), own_database_url).make()


@pytest.fixture(scope="package")
def first_run(tried: Project) -> subprocess.CompletedProcess[str]:
    """Try all of the catalogue, and return how that ended."""
    return tried.lab("run", *BOTH_LAYERS, "--jobs", "2")


@pytest.fixture
def project(
    tried: Project,
    first_run: subprocess.CompletedProcess[str],  # noqa: ARG001 -- it keeps the baselines
    tmp_path: Path,
) -> Project:
    """Return a project of the test's own, whose baselines are known already."""
    return tried.copy(tmp_path)
