"""Contracts: tests that both an adapter and its fake must pass."""

import pytest

# pytest rewrites the asserts of test modules only; without this, a failure would show no values.
pytest.register_assert_rewrite("tests.contracts.attempts")
