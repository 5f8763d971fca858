"""The documents describe the settings as the service defines them."""

import re

from pydantic.fields import FieldInfo

from app.settings import Settings
from tools.common import ROOT

# Its default depends on another setting.
COMPUTED = {"public_url": "http://127.0.0.1:PORT"}


def readme_row(name: str, field: FieldInfo) -> str:
    """Return the expected row of the README's table for a setting."""
    if field.is_required():
        default = "required"
    elif field.default is None:
        default = "none"
    else:
        default = f"`{COMPUTED.get(name, field.default)}`"
    return f"| `{name.upper()}` | {default} | {field.description} |"


def example(name: str, field: FieldInfo) -> str:
    """Return the expected lines of .env.example for a setting."""
    default = "" if field.is_required() or field.default is None else field.default
    return f"# {field.description}\n# {name.upper()}={default}"


def test_the_readme_has_a_row_for_each_setting() -> None:
    """The README lists the name, default and meaning of exactly the settings that exist."""
    text = (ROOT / "README.md").read_text("utf-8")

    rows = re.findall(r"^\| `[A-Z_]{4,}` \|.*", text, re.MULTILINE)

    assert rows == [readme_row(name, field) for name, field in Settings.model_fields.items()]


def test_the_example_file_has_each_setting() -> None:
    """A copy of .env.example explains each setting without changing a default."""
    text = (ROOT / ".env.example").read_text("utf-8")

    examples = re.findall(r"^# .*\n# [A-Z_]{4,}=.*", text, re.MULTILINE)

    assert examples == [example(name, field) for name, field in Settings.model_fields.items()]
