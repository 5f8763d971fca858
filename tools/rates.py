"""What a count of failures says about how often something fails."""

import math

CONFIDENCE = 0.95
PRECISION = 1e-6


def upper_bound(failures: int, executions: int) -> float:
    """Return the highest failure rate, 0 to 1, that 95 % confidence leaves possible.

    The exact, one-sided bound of Clopper and Pearson (Biometrika 26, 1934). Without a failure it is
    about 3 divided by the number of executions, the "rule of three".
    """
    if failures == executions:
        return 1.0
    low, high = 0.0, 1.0
    while high - low > PRECISION * high:
        rate = (low + high) / 2
        is_possible = _at_most(failures, executions, rate) > 1 - CONFIDENCE
        low, high = (rate, high) if is_possible else (low, rate)
    return high


def _at_most(failures: int, executions: int, rate: float) -> float:
    """Return the probability of so many failures or fewer, which is binomial."""
    return math.fsum(_exactly(number, executions, rate) for number in range(failures + 1))


def _exactly(failures: int, executions: int, rate: float) -> float:
    successes = executions - failures
    log_ways = math.lgamma(executions + 1) - math.lgamma(failures + 1) - math.lgamma(successes + 1)
    return math.exp(log_ways + failures * math.log(rate) + successes * math.log1p(-rate))
