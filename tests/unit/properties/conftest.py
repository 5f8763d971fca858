"""Settings of hypothesis (https://hypothesis.readthedocs.io).

They are here so that no other test imports hypothesis, which takes a quarter of a second.
"""

from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.support.paths import BUILD

# Every run tries the same examples, so that a failure can be reproduced. An example has no
# deadline, because a busy machine is no failure.
settings.register_profile("repeatable", max_examples=50, derandomize=True, deadline=None)
settings.load_profile("repeatable")
set_hypothesis_home_dir(BUILD / "hypothesis")
