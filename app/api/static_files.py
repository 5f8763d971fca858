"""The page's files, at addresses that change with their content, so that browsers can keep them."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory

files = Blueprint("files", __name__, url_prefix="/static")

FOLDER = Path(__file__).parent.parent / "web" / "static"
# Flask would ask the system's own table of types, where these may be missing or wrong.
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ONE_YEAR = 31_536_000  # seconds


def version() -> str:
    """Return a digest of all files: modules import each other, so they share one prefix."""
    return _digest(tuple((file, file.stat().st_mtime_ns) for file in _files()))


def module_names() -> list[str]:
    """Return the names of the JavaScript modules."""
    return [file.name for file in _files() if file.suffix == ".js"]


@files.get("/<digest>/<filename>")
def static_file(digest: str, filename: str) -> Response:
    """Return a file, which may be kept only if the address names its version.

    During an upgrade a replica is also asked for the files of another version. It returns its own.
    """
    if filename not in {file.name for file in _files()}:
        abort(404)
    is_current = digest == version()
    response = send_from_directory(
        FOLDER,
        filename,
        mimetype=TYPES[Path(filename).suffix],
        max_age=ONE_YEAR if is_current else None,
    )
    response.cache_control.immutable = is_current
    return response


@lru_cache(maxsize=1)
def _digest(files: tuple[tuple[Path, int], ...]) -> str:
    digest = sha256()
    for file, _changed_at in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> list[Path]:
    """Return the files that we serve, and not the hidden ones that editors and systems leave."""
    named = (file for file in sorted(FOLDER.iterdir()) if file.suffix in TYPES)
    return [file for file in named if file.name[0].isalpha() and file.is_file()]
