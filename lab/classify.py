"""Turns the outcome of a run of tests into a verdict."""

from lab.catalogue import Kind, Patch
from lab.layers import Outcome
from lab.results import Cell, Verdict

MAX_MESSAGE_LENGTH = 1000


def classify(
    patch: Patch, layer: str, outcome: Outcome | None, *, is_executed: bool, share: int = 1
) -> Cell:
    """Return the cell of a patch; `outcome` is None where no test could notice it, so none ran.

    `is_executed` distinguishes the two kinds of misses. `share` is the number of patches that were
    tried together in this run.
    """
    verdict = _verdict(patch, outcome, is_executed=is_executed)
    if outcome is None:
        return Cell(patch.kind, patch.name, layer, verdict)
    failures = [*outcome.failures, *outcome.broke]
    return Cell(
        patch.kind,
        patch.name,
        layer,
        verdict,
        list(dict.fromkeys(failure.test for failure in failures)),
        failures[0].where if failures else "",
        failures[0].message[:MAX_MESSAGE_LENGTH] if failures else "",
        len(outcome.tests),
        outcome.duration / share,
    )


def is_red(outcome: Outcome | None) -> bool:
    """Whether a developer would see that something is wrong."""
    return outcome is not None and not outcome.is_green


def _verdict(patch: Patch, outcome: Outcome | None, *, is_executed: bool) -> Verdict:
    if patch.kind == Kind.REFACTORING:
        return Verdict.FALSE_ALARM if is_red(outcome) else Verdict.ACCEPTED
    if outcome is None or not is_red(outcome):
        return Verdict.UNNOTICED if is_executed else Verdict.UNREACHED
    if outcome.failures:
        return Verdict.CAUGHT
    return Verdict.TIMED_OUT if outcome.timed_out else Verdict.BROKE
