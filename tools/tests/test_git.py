"""git does the same whatever surrounds a call: a hook, a configuration, another repository."""

from pathlib import Path

import pytest

from tools.common import ToolError
from tools.git import DIFF, GitError, apply, files, git, require_history

AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
PATCH = f"""\
diff --git a/app/prices.py b/app/prices.py
index 63dadbe..549e840 100644
--- a/app/prices.py
+++ b/app/prices.py
@@ -1,3 +1,3 @@
 # ä
-TAX = 19
+TAX = 7
{" "}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with one commit, in which one file has been changed since."""
    folder = tmp_path / "repository"
    (folder / "app").mkdir(parents=True)
    prices = folder / "app/prices.py"
    prices.write_text("# ä\nTAX = 19\n\n", encoding="utf-8")
    git("init", "--quiet", folder=folder)
    git("add", "--all", folder=folder)
    git(*AUTHOR, "commit", "--quiet", "--message=Begin", folder=folder)
    prices.write_text("# ä\nTAX = 7\n\n", encoding="utf-8")
    return folder


def test_a_hook_s_variables_do_not_lead_to_the_hook_s_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a hook of a linked worktree, making a second repository leaves the first as it is."""
    git("worktree", "add", "--quiet", tmp_path / "linked", folder=repository)
    private = repository / ".git/worktrees/linked"
    monkeypatch.setenv("GIT_DIR", str(private))
    monkeypatch.setenv("GIT_INDEX_FILE", str(private / "index"))
    before = (repository / ".git/config").read_text(), (private / "index").read_bytes()
    (tmp_path / "second").mkdir()
    (tmp_path / "second/file").touch()

    git("init", "--quiet", folder=tmp_path / "second")
    git("add", "--all", folder=tmp_path / "second")

    assert git("ls-files", folder=tmp_path / "second") == "file\n"
    assert ((repository / ".git/config").read_text(), (private / "index").read_bytes()) == before


@pytest.mark.parametrize(
    "setting",
    [
        "color.diff=always",
        "color.ui=always",
        "core.abbrev=40",
        "core.autocrlf=true",
        "core.fsmonitor=false; touch ran",
        "diff.context=0",
        "diff.external=false",
        "diff.mnemonicPrefix=true",
        "diff.noprefix=true",
        "diff.relative=false",
        "diff.suppressBlankEmpty=true",
    ],
)
@pytest.mark.parametrize("scope", ["a person's", "the repository's"])
def test_a_diff_does_not_depend_on_the_configuration(
    repository: Path, scope: str, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its prefixes, colours and context are always the same, and no program of others runs."""
    file = repository / (".git/config" if scope == "the repository's" else ".gitconfig")
    git("config", "--file", file, *setting.split("=", 1), folder=repository)
    monkeypatch.setenv("HOME", str(repository))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'{setting}'")

    diff = git(*DIFF, "HEAD", "--", "app", folder=repository)

    assert diff == PATCH
    assert not (repository / "ran").exists()


def test_applies_a_patch_in_a_folder_of_another_repository(
    repository: Path, tmp_path: Path
) -> None:
    """By itself, git would look for the files at the top of that repository and skip them."""
    inner = repository / "inner"
    (inner / "app").mkdir(parents=True)
    (inner / "app/prices.py").write_text("# ä\nTAX = 19\n\n", encoding="utf-8")
    (tmp_path / "it.patch").write_text(PATCH, encoding="utf-8")

    apply(tmp_path / "it.patch", inner)

    assert (inner / "app/prices.py").read_text(encoding="utf-8") == "# ä\nTAX = 7\n\n"


def test_refuses_a_patch_that_does_not_apply(repository: Path, tmp_path: Path) -> None:
    """The error is one line with git's own reason."""
    (tmp_path / "it.patch").write_text(PATCH, encoding="utf-8")

    with pytest.raises(GitError, match=r"^git apply: error: patch failed: app/prices.py:1; .*$"):
        apply(tmp_path / "it.patch", repository)


def test_lists_the_files_of_a_folder_without_a_repository(tmp_path: Path) -> None:
    """A downloaded archive has no .git, and the repository around it may ignore everything."""
    git("init", "--quiet", folder=tmp_path)
    (tmp_path / ".gitignore").write_text("*\n")
    project = tmp_path / "projekt ä"
    for name in (".gitignore", "app/prices.py", ".build/log", "app/ü\n.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("/.build/\n")
    (project / "app/.#prices.py").symlink_to("nowhere")  # as an editor locks a file

    assert files(project) == [".gitignore", "app/prices.py", "app/ü\n.py"]


def test_reads_a_repository_of_another_owner(repository: Path) -> None:
    """In a container the project may belong to a user of the machine around it."""
    variables = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}

    assert git("ls-files", folder=repository, **variables) == "app/prices.py\n"


def test_no_template_installs_hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's hooks, which git copies into each new repository, stay out of ours."""
    (tmp_path / "template/hooks").mkdir(parents=True)
    (tmp_path / "template/hooks/pre-commit").touch()
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(tmp_path / "template"))
    (tmp_path / "new").mkdir()

    git("init", "--quiet", folder=tmp_path / "new")

    assert not (tmp_path / "new/.git/hooks/pre-commit").exists()


def test_says_that_there_is_no_history(tmp_path: Path) -> None:
    """In a downloaded archive nothing can be compared with the last commit."""
    with pytest.raises(ToolError, match=r"Make a clone \(git ls-tree: fatal: not a git repository"):
        require_history(tmp_path)


def test_a_surrounding_repository_is_no_history(repository: Path) -> None:
    """An archive that was unpacked in another repository is not in its last commit."""
    (repository / "unpacked/app").mkdir(parents=True)

    with pytest.raises(ToolError, match=r"Make a clone\.$"):
        require_history(repository / "unpacked")


def test_says_that_git_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to type."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ToolError, match=r"Type: sudo apt-get install git"):
        git("--version")
