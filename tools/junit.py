"""Reads the reports that `pytest --junit-xml` writes."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a report; a module that cannot be imported is a failure with no `module`."""

    module: str
    name: str
    failed: bool

    @property
    def address(self) -> str:
        """The test's dotted name."""
        return f"{self.module}.{self.name}"


def read(report: Path) -> list[Case]:
    """Return the tests in a report, or none if there is no report."""
    if not report.exists():
        return []
    tests = ET.parse(report).iter("testcase")  # noqa: S314 -- pytest has just written it
    return [Case(test.get("classname", ""), test.get("name", ""), _failed(test)) for test in tests]


def _failed(test: ET.Element) -> bool:
    return any(test.find(outcome) is not None for outcome in ("failure", "error"))
