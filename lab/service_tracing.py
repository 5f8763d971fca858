"""A coverage plugin: notes which test makes a service process execute which line.

https://coverage.readthedocs.io/en/latest/api_plugin.html. What a service does while a test runs
counts for that test. Its start counts for the test that starts it or, where tests share the
service, for no single test: that is noted as "".
"""

import sys
from pathlib import Path
from types import FrameType

from coverage import Coverage, CoveragePlugin
from coverage.plugin_support import Plugins

# tools.common would import tests.support before pytest can rewrite its assertions.
ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / ".build"
CURRENT = BUILD / "current-test"
# A process begins by running modules; after that, another test may run with each request.
MOMENTS = ("<module>", "wsgi_app")


class CurrentTest(CoveragePlugin):
    """Looks up, at these moments, which test is running."""

    def dynamic_context(self, frame: FrameType) -> str | None:
        """Switch to the test, and return None: coverage starts no context of its own.

        Such a context would end with this frame, while other threads still work for the same test.
        """
        current = Coverage.current()
        if current and frame.f_code.co_name in MOMENTS:
            current.switch_context(CURRENT.read_text())
        return None


def coverage_init(plugins: Plugins, _options: dict[str, str]) -> None:
    """Add the plugin, except in pytest's own process, where `lab.tracing` switches."""
    if "coverage.cmdline" not in sys.modules:
        plugins.add_dynamic_context(CurrentTest())
