"""The plugins of all three layers; each says at its top what it does."""

import sys

import pytest

from tests.support.paths import ROOT, own_files

# A failed assertion of a helper explains itself like one of a test. pytest can rewrite only what
# has not been imported yet, and a plugin of the lab may have imported some of it.
HELPERS = [f"tests.support.{file.stem}" for file in own_files(ROOT / "tests/support", "*.py")]
pytest.register_assert_rewrite(*(name for name in HELPERS if name not in sys.modules))

pytest_plugins = [
    "tests.support.isolation",
    "tests.support.collection_clock",
    "tests.support.costs",
    "tests.support.job_summary",
]
