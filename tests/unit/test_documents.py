"""What the documents say about settings is what the service says."""

import re
from pathlib import Path

import pytest

from app.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("document", [".env.example", "README.md"])
def test_the_documents_list_every_setting(document: str) -> None:
    """What can be set is written down, and nothing else."""
    text = (ROOT / document).read_text(encoding="utf-8")

    listed = re.findall(r"^(?:# |\| `)([A-Z_]{4,})(?:=|` \|)", text, re.MULTILINE)

    assert [name.upper() for name in Settings.model_fields] == listed


@pytest.mark.parametrize("document", [".env.example", "README.md"])
def test_the_documents_explain_a_setting_as_the_service_does(document: str) -> None:
    """The words beside a variable are those that a refusal of its value shows."""
    text = (ROOT / document).read_text(encoding="utf-8")

    unexplained = [
        name for name, field in Settings.model_fields.items() if f"{field.description}." not in text
    ]

    assert [] == unexplained
