"""What all three layers share: what their tests cost, and a word of it for GitHub."""

pytest_plugins = ["tests.support.costs", "tests.support.job_summary"]
