"""A clean environment for the tests of the tools."""

pytest_plugins = ["tests.support.isolation"]
