"""What an adapter and its fake must both do, written once and run against each."""

import pytest

# This is no test module to pytest, so its asserts would fail without a word of why.
pytest.register_assert_rewrite("tests.contracts.attempts")
