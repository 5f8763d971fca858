"""Reads the reports that `pytest --junit-xml` writes."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Case:
    """One test, or one case of a parametrized test; an import that fails is its file's failure."""

    id: str
    failed: bool


def read(report: Path) -> list[Case]:
    """Return the cases in a report, or none if pytest could not start and wrote no report."""
    if not report.exists():
        return []
    tests = ET.parse(report).iter("testcase")  # noqa: S314 -- pytest has just written it
    return [_case(test) for test in tests]


def _case(test: ET.Element) -> Case:
    """Read a case; a module that could not be imported has only a name."""
    module, name = test.get("classname", ""), test.get("name", "")
    failed = any(test.find(outcome) is not None for outcome in ("failure", "error"))
    if not module:
        return Case(_file(name), failed)
    return Case(f"{_file(module)}::{name}", failed)


def _file(module: str) -> str:
    return module.replace(".", "/") + ".py"
