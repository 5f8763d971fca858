"""A coverage plugin: notes which test makes a service reach which line.

https://coverage.readthedocs.io/en/latest/api_plugin.html. What a service does while a test runs is
that test's work; its start is the work of the test that starts it, and nobody's, noted as "",
where tests share the service.
"""

import sys
from types import FrameType

from coverage import Coverage, CoveragePlugin
from coverage.plugin_support import Plugins

from tools.common import BUILD

CURRENT = BUILD / "current-test"
# A process begins with modules; later, a request is when another test may run.
MOMENTS = ("<module>", "wsgi_app")


class CurrentTest(CoveragePlugin):
    """Asks at these moments which test runs."""

    def dynamic_context(self, frame: FrameType) -> str | None:
        """Switch to the test, and begin no context of coverage's own.

        That would end with this frame, though other threads go on with the same test's work.
        """
        current = Coverage.current()
        if current and frame.f_code.co_name in MOMENTS:
            current.switch_context(CURRENT.read_text())
        return None


def coverage_init(plugins: Plugins, _options: dict[str, str]) -> None:
    """Begin, but not in pytest's own process: there `lab.tracing` knows."""
    if "coverage.cmdline" not in sys.modules:
        plugins.add_dynamic_context(CurrentTest())
