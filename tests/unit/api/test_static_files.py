"""The page's files: their addresses, how long browsers keep them, which of them a page needs."""

import mimetypes
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pytest_mock import MockerFixture

from app.api import static_files
from app.api.static_files import FOLDER

ADDRESS = re.compile(r'(?:href|src)="(/static/[^"]+)"')
PRELOADED = re.compile(r'rel="modulepreload" href="/static/[^/]+/([^"]+)"')
IMPORTED = re.compile(r"from '\./([^']+)'")


def addresses(client: FlaskClient) -> list[str]:
    """Return the addresses of all files that the page names."""
    return ADDRESS.findall(client.get("/").text)


def reachable_from(module: str, found: frozenset[str] = frozenset()) -> set[str]:
    """Return the modules that this one imports, and those that they import, and itself."""
    reached = {*found, module}
    for imported in IMPORTED.findall((FOLDER / module).read_text()):
        if imported not in reached:
            reached |= reachable_from(imported, frozenset(reached))
    return reached


@pytest.fixture
def folder(tmp_path: Path, mocker: MockerFixture) -> Path:
    """Serve the files of another folder, which a test can change."""
    mocker.patch.object(static_files, "FOLDER", tmp_path)
    (tmp_path / "main.js").write_text("first")
    return tmp_path


def test_a_browser_keeps_the_pages_files(client: FlaskClient) -> None:
    """Whoever visits the page again downloads none of its files, and does not even ask for them."""
    responses = [client.get(address, buffered=True) for address in addresses(client)]

    assert len(responses) > 10
    assert {response.headers["Cache-Control"] for response in responses} == {
        "public, max-age=31536000, immutable"
    }


def test_a_changed_file_has_another_address(client: FlaskClient, folder: Path) -> None:
    """After an upgrade every browser loads the new files, also those that others import."""
    before = addresses(client)

    (folder / "main.js").write_text("second")

    assert not set(addresses(client)) & set(before)


def test_a_browser_revalidates_files_of_another_version(client: FlaskClient) -> None:
    """During an upgrade a replica answers with files that may not be those of the address."""
    response = client.get("/static/0123456789abcdef/main.js", buffered=True)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


def test_the_page_preloads_every_module(client: FlaskClient) -> None:
    """A browser requests all modules at once, instead of one after the other as it finds them."""
    preloaded = PRELOADED.findall(client.get("/").text)

    assert set(preloaded) == reachable_from("main.js")


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        ("main.js", "text/javascript; charset=utf-8"),
        ("page.css", "text/css; charset=utf-8"),
        ("favicon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_a_file_has_its_type_on_every_system(
    file: str, content_type: str, client: FlaskClient, mocker: MockerFixture
) -> None:
    """Browsers run no module of another type, and a system's own table of types may name one."""
    mocker.patch.object(mimetypes, "guess_type", autospec=True, return_value=("text/plain", None))

    response = client.get(f"/static/any/{file}", buffered=True)

    assert response.content_type == content_type


def lock(path: Path) -> None:
    """Leave what an editor leaves beside an open file: a link to no file."""
    path.symlink_to("ada@host.4711")


@pytest.mark.parametrize(
    ("name", "leave"),
    [
        ("._main.js", Path.touch),
        (".#main.js", lock),
        ("main.js~", Path.touch),
        ("main.js.orig", Path.touch),
        ("folder.js", Path.mkdir),
        ("link.js", lock),
    ],
)
def test_ignores_what_editors_and_systems_leave(
    name: str, leave: Callable[[Path], None], client: FlaskClient, folder: Path
) -> None:
    """A stray file neither stops the page nor is it served."""
    before = addresses(client)

    leave(folder / name)

    assert addresses(client) == before
    assert client.get(f"/static/any/{name}").status_code == 404
