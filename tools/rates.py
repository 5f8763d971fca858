"""The statistics of failure rates."""

import math

CONFIDENCE = 0.95
PRECISION = 1e-6


def upper_bound(failures: int, executions: int) -> float:
    """Return the upper bound, 0 to 1, of the failure rate's one-sided 95 % confidence interval.

    The exact interval of Clopper and Pearson (Biometrika 26, 1934). With no failure the bound is
    about 3 divided by the number of executions, the "rule of three".
    """
    if failures == executions:
        return 1.0
    low, high = 0.0, 1.0
    while high - low > PRECISION * high:
        rate = (low + high) / 2
        at_most = math.fsum(_probability(n, executions, rate) for n in range(failures + 1))
        is_possible = at_most > 1 - CONFIDENCE
        low, high = (rate, high) if is_possible else (low, rate)
    return high


def _probability(failures: int, executions: int, rate: float) -> float:
    """Return the binomial probability; logarithms keep its large factors within a float."""
    successes = executions - failures
    log_ways = math.lgamma(executions + 1) - math.lgamma(failures + 1) - math.lgamma(successes + 1)
    return math.exp(log_ways + failures * math.log(rate) + successes * math.log1p(-rate))
