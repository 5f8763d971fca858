"""What all three layers share: the account of what their tests cost."""

pytest_plugins = ["tests.costs"]
