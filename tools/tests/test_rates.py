import pytest

from tools.rates import upper_bound


@pytest.mark.parametrize(
    ("failures", "executions", "bound"),
    [
        pytest.param(0, 300, 0.009936, id="rule of three"),
        pytest.param(3, 100, 0.075711, id="a few"),
        pytest.param(5, 5, 1, id="all"),
        pytest.param(2, 100_000, 6.296e-5, id="too many for binomial coefficients as floats"),
    ],
)
def test_computes_the_upper_bound(failures: int, executions: int, bound: float) -> None:
    """The figures are those in the tables of Clopper and Pearson."""
    assert upper_bound(failures, executions) == pytest.approx(bound, rel=1e-3)
