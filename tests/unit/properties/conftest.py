"""How examples are made for the properties (https://hypothesis.readthedocs.io)."""

from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.support.paths import BUILD

# The same examples in each run: whether a change passes is not left to luck, and a failure shows
# again when the test runs again. A busy machine is no failure, so an example has no deadline.
settings.register_profile("repeatable", max_examples=50, derandomize=True, deadline=None)
settings.load_profile("repeatable")
set_hypothesis_home_dir(BUILD / "hypothesis")
