"""What the tools share. Must parse on any Python 3, like `tools.setup`, which imports it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
DATA = ROOT / ".data"
LAYERS = ("unit", "integration", "e2e")
POSTGRES_HOME = DATA / "postgres"


class ToolError(Exception):
    """One sentence for the person at the terminal: what is wrong, and what to do."""
