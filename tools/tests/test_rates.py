import pytest

from tools.rates import upper_bound


@pytest.mark.parametrize(
    ("failures", "executions", "bound"),
    [
        pytest.param(0, 1, 0.95, id="one success"),
        pytest.param(0, 300, 0.009936, id="rule of three"),
        pytest.param(1, 2, 0.974679, id="half"),
        pytest.param(3, 100, 0.075711, id="a few"),
        pytest.param(5, 5, 1, id="all"),
    ],
)
def test_computes_the_upper_bound(failures: int, executions: int, bound: float) -> None:
    """The figures are those in the tables of Clopper and Pearson."""
    result = upper_bound(failures, executions)

    assert result == pytest.approx(bound, rel=1e-4)


def test_computes_the_upper_bound_of_many_executions() -> None:
    """A hundred thousand executions do not overflow the binomial coefficients."""
    result = upper_bound(2, 100_000)

    assert result == pytest.approx(6.3e-5, rel=0.01)
