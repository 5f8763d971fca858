"""Reads the reports that `pytest --junit-xml` writes."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Case:
    """One test of a report. A module that cannot be imported is a failure without a module name."""

    module: str
    name: str
    failed: bool

    @property
    def address(self) -> str:
        """Where the test is, as a person would look for it."""
        return f"{self.module}.{self.name}"


def read(report: Path) -> list[Case]:
    """Return the tests that a report tells of; none where there is no report."""
    if not report.exists():
        return []
    tests = ET.parse(report).iter("testcase")  # noqa: S314 -- pytest wrote it just now
    return [Case(test.get("classname", ""), test.get("name", ""), _failed(test)) for test in tests]


def _failed(test: ET.Element) -> bool:
    return any(test.find(outcome) is not None for outcome in ("failure", "error"))
