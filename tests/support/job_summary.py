"""Tells in GitHub's job summary how a run ended and how to repeat it: a pytest plugin."""

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
    """Append to the file that GitHub names, where it names one."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(file).open("a", encoding="utf-8") as summary:
            summary.writelines(f"{line}\n" for line in _lines(terminalreporter, config))


def _lines(reporter: pytest.TerminalReporter, config: pytest.Config) -> list[str]:
    counts = [f"{len(found)} {name}" for name in OUTCOMES if (found := reporter.getreports(name))]
    broken = [*reporter.getreports("failed"), *reporter.getreports("error")]
    lines = [f"### {', '.join(counts) or 'No test ran'}", "", "```", *_account(config), "```"]
    if broken:
        seed = config.getoption("randomly_seed")
        lines += ["", *(f"- `{report.nodeid}`" for report in broken)]
        lines += ["", f'Once more: `make test-{_layer(broken[0])} ARGS="--randomly-seed={seed}"`']
    return lines


def _account(config: pytest.Config) -> list[str]:
    kept = config.pluginmanager.get_plugin(costs.NAME)
    return [line for layer in LAYERS for line in kept.account(layer)] if kept else []


def _layer(report: pytest.TestReport) -> str:
    return report.nodeid.split("/")[1]
