"""pip and uv fetch from the same index, whichever of them knows it."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pytest_mock import MockerFixture

from tools import package_index

UV = Path(sys.executable).with_name("uv")
METADATA = "Metadata-Version: 2.1\nName: sample\nVersion: 1.0\n"
WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let neither pip nor uv have a setting, except those of the test."""
    for name in os.environ:
        if name.startswith(("PIP_", "UV_", "SSL_", "CURL_", "REQUESTS_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)


@pytest.fixture
def _no_files(mocker: MockerFixture) -> None:
    """Do without a second of pip's time, where its files play no part."""
    mocker.patch.object(package_index, "_files_of_pip", autospec=True, return_value={})


@contextmanager
def mirror(folder: Path) -> Iterator[str]:
    """Serve a package index with one package (PEP 503), and yield its URL."""
    files = folder / "index" / "sample"
    files.mkdir(parents=True)
    with zipfile.ZipFile(files / "sample-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("sample-1.0.dist-info/METADATA", METADATA)
        wheel.writestr("sample-1.0.dist-info/WHEEL", WHEEL)
        wheel.writestr("sample-1.0.dist-info/RECORD", "")
    name = "sample-1.0-py3-none-any.whl"
    (files / "index.html").write_text(f'<a href="{name}">{name}</a>')
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/index"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("setting", ["PIP_INDEX_URL", "UV_DEFAULT_INDEX", "a file of pip"])
def test_both_fetch_from_the_mirror_that_one_knows(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a mirror, uv does not ask the public index for what pip found, and vice versa."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(tmp_path), "sample"]
    uv = [str(UV), "pip", "install", "--target", str(tmp_path / "uv"), "sample"]
    with mirror(tmp_path / "mirror") as url:
        monkeypatch.setenv(setting, url)
        if setting == "a file of pip":
            (tmp_path / "pip.conf").write_text(f"[global]\nindex-url = {url}\n")
            monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))

        variables = package_index.environment(sys.executable)

        subprocess.run(pip, env=variables, capture_output=True, check=True)
        subprocess.run(uv, env=variables, capture_output=True, check=True)


@pytest.mark.usefixtures("_no_files")
@pytest.mark.parametrize(
    ("name", "value", "other", "expected"),
    [
        ("PIP_INDEX_URL", "https://a/b", "UV_DEFAULT_INDEX", "https://a/b"),
        ("PIP_EXTRA_INDEX_URL", "https://a https://b", "UV_INDEX", "https://a https://b"),
        (
            "PIP_FIND_LINKS",
            "https://a /nonexistent https://b",
            "UV_FIND_LINKS",
            "https://a,https://b",
        ),
        ("PIP_TRUSTED_HOST", "a.example", "UV_INSECURE_HOST", "a.example"),
        ("PIP_CERT", "/etc/passwd", "SSL_CERT_FILE", "/etc/passwd"),
        ("PIP_PROXY", "http://proxy.example", "ALL_PROXY", "http://proxy.example"),
        ("PIP_DEFAULT_TIMEOUT", "60", "UV_HTTP_TIMEOUT", "60"),
        ("UV_DEFAULT_INDEX", "own=https://a", "PIP_INDEX_URL", "https://a"),
        ("UV_INDEX_URL", "https://a", "PIP_INDEX_URL", "https://a"),
        (
            "UV_INDEX",
            "own=https://a https://b?c=d",
            "PIP_EXTRA_INDEX_URL",
            "https://a https://b?c=d",
        ),
        ("UV_FIND_LINKS", "https://a,https://b", "PIP_FIND_LINKS", "https://a https://b"),
        ("REQUESTS_CA_BUNDLE", "/etc/passwd", "SSL_CERT_FILE", "/etc/passwd"),
    ],
)
def test_translates(
    name: str, value: str, other: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tool separates lists in its own way, and uv can give an index a name."""
    monkeypatch.setenv(name, value)

    variables = package_index.environment(sys.executable)

    assert variables[other] == expected


@pytest.mark.usefixtures("_no_files")
def test_each_keeps_its_own_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both have a setting, neither gets that of the other."""
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uv.example")

    variables = package_index.environment(sys.executable)

    assert variables["PIP_INDEX_URL"] == "https://pip.example"
    assert variables["UV_DEFAULT_INDEX"] == "https://uv.example"


@pytest.mark.usefixtures("_no_files")
@pytest.mark.parametrize(
    "name", ["PIP_USER", "PIP_TARGET", "PIP_CONSTRAINT", "UV_PYTHON", "UV_EXCLUDE_NEWER"]
)
def test_leaves_out_what_changes_the_packages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed, and where, is decided by this project alone."""
    monkeypatch.setenv(name, "1")

    assert name not in package_index.environment(sys.executable)


@pytest.mark.usefixtures("_no_files")
def test_a_missing_file_of_certificates_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program's variable may name a file that was removed; the system has its own."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")

    assert "/nonexistent" not in package_index.environment(sys.executable).values()


@pytest.mark.usefixtures("_no_files")
def test_uv_asks_no_index_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """For uv it is an option, where pip has a variable."""
    monkeypatch.setenv("PIP_NO_INDEX", "true")

    assert package_index.uv_options(package_index.environment(sys.executable)) == ["--no-index"]
