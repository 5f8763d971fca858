"""A pytest plugin that writes the result of a run and how to repeat it to GitHub's summary."""

import os
from pathlib import Path

import pytest

from tests.support import costs
from tests.support.paths import LAYERS

OUTCOMES = ("passed", "failed", "error")


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Append to the file that GitHub names; do nothing outside GitHub."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.writelines(f"{line}\n" for line in _lines(terminalreporter, config))


def _lines(reporter: pytest.TerminalReporter, config: pytest.Config) -> list[str]:
    counts = [f"{len(found)} {name}" for name in OUTCOMES if (found := reporter.getreports(name))]
    failed = [*reporter.getreports("failed"), *reporter.getreports("error")]
    lines = [f"### {', '.join(counts) or 'No test ran'}", "", "```", *_costs(config), "```"]
    if failed:
        seed = config.getoption("randomly_seed")
        lines += ["", *(f"- `{report.nodeid}`" for report in failed)]
        lines += ["", f'Repeat with: `make test-{_layer(failed[0])} ARGS="--randomly-seed={seed}"`']
    return lines


def _costs(config: pytest.Config) -> list[str]:
    plugin = config.pluginmanager.get_plugin(costs.NAME)
    return [line for layer in LAYERS for line in plugin.report(layer)] if plugin else []


def _layer(report: pytest.TestReport) -> str:
    return report.nodeid.split("/")[1]
