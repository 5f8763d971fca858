"""What the documents say about settings is what the service does."""

import re

from pydantic.fields import FieldInfo

from app.settings import Settings
from tools.common import ROOT

# Its default depends on another setting.
COMPUTED = {"public_url": "http://127.0.0.1:PORT"}


def readme_row(name: str, field: FieldInfo) -> str:
    """Return the row of the README's table that a setting should have."""
    if field.is_required():
        default = "required"
    elif field.default is None:
        default = "none"
    else:
        default = f"`{COMPUTED.get(name, field.default)}`"
    return f"| `{name.upper()}` | {default} | {field.description} |"


def example(name: str, field: FieldInfo) -> str:
    """Return the lines of .env.example that a setting should have."""
    default = "" if field.is_required() or field.default is None else field.default
    return f"# {field.description}\n# {name.upper()}={default}"


def test_the_readme_has_a_row_for_each_setting() -> None:
    """Name, default and meaning of each setting stand in the README, and of nothing else."""
    text = (ROOT / "README.md").read_text("utf-8")

    rows = re.findall(r"^\| `[A-Z_]{4,}` \|.*", text, re.MULTILINE)

    assert rows == [readme_row(name, field) for name, field in Settings.model_fields.items()]


def test_the_example_has_each_setting() -> None:
    """A copy of .env.example explains each setting and leaves its default as it is."""
    text = (ROOT / ".env.example").read_text("utf-8")

    examples = re.findall(r"^# .*\n# [A-Z_]{4,}=.*", text, re.MULTILINE)

    assert examples == [example(name, field) for name, field in Settings.model_fields.items()]
