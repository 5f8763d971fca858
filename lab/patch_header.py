"""The header of a patch file: fields such as `title: …` before the diff, as in an e-mail."""

from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path

from tools.common import ROOT, ToolError


def read_patch(path: Path, fields: Iterable[str]) -> tuple[dict[str, str], str]:
    """Return the fields of the header, and the diff; raises ToolError when a field is missing.

    A value may continue on indented lines.
    """
    message = HeaderParser().parsestr(path.read_text(encoding="utf-8"))
    header = {field: (message[field] or "").strip() for field in fields}
    for field, value in header.items():
        if not value:
            raise patch_error(path, f"its header lacks “{field}:”")
    return header, str(message.get_payload())


def patch_error(path: Path, what: str) -> ToolError:
    """Return an error that names the file."""
    return ToolError(f"{short(path)}: {what}.")


def short(path: Path) -> Path:
    """Return the path as a person types it, in the project's folder."""
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
