"""The plugins of all three layers: the costs of the tests, and GitHub's job summary."""

pytest_plugins = ["tests.support.costs", "tests.support.job_summary"]
