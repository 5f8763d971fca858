"""What the tools share. Must parse on any Python 3, because `tools.setup` imports it."""

from tests.support.paths import BUILD, LAYERS, ROOT

__all__ = ["BUILD", "DATA", "LAYERS", "POSTGRES_HOME", "ROOT", "ToolError"]

DATA = ROOT / ".data"
POSTGRES_HOME = DATA / "postgres"


class ToolError(Exception):
    """An error explained to the person at the terminal: what is wrong, and what to type."""
