"""The project's folders and the names of its test layers."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
LAYERS = ("unit", "integration", "e2e")
JAVASCRIPT_COVERAGE = BUILD / "coverage" / "e2e.javascript.json"
