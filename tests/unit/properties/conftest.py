"""Settings of hypothesis (https://hypothesis.readthedocs.io).

They are here so that no other test imports hypothesis, which takes a quarter of a second.
"""

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.support.paths import BUILD

# Every run tries the same examples, so that a failure can be reproduced. Neither an example nor
# making one has a deadline, because a busy machine is no failure.
settings.register_profile(
    "repeatable",
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")
set_hypothesis_home_dir(BUILD / "hypothesis")
