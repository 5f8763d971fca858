"""What the tools share. `tools.setup` imports it, so it needs only the standard library."""

from tests.support.paths import BUILD, LAYERS, ROOT

__all__ = ["BUILD", "DATA", "LAYERS", "POSTGRES_HOME", "ROOT", "ToolError"]

DATA = ROOT / ".data"
POSTGRES_HOME = DATA / "postgres"


class ToolError(Exception):
    """An error explained to the person at the terminal: what is wrong, and what to type."""
