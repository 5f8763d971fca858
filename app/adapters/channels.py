"""The channels on which PostgreSQL tells all processes what happened."""

TODOS_CHANGED = "todos_changed"
SIGNED_OUT = "signed_out"
