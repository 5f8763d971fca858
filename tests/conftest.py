"""The plugins of all three layers: the costs of the tests, and GitHub's job summary."""

import pytest

# A failed assertion of a helper explains itself like one of a test.
pytest.register_assert_rewrite("tests.support")

pytest_plugins = ["tests.support.costs", "tests.support.job_summary"]
