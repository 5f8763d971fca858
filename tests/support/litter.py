"""What programs leave in a folder beside the files that a project put there."""

from pathlib import Path


def litter(folder: Path, name: str, free_name: str) -> None:
    """Leave beside a file with this name what programs do, and a folder that is named like one."""
    stem, _, ending = name.partition(".")
    (folder / f".#{name}").symlink_to("ada@laptop.4711")  # Emacs' lock, a link that leads nowhere
    (folder / f"._{name}").write_bytes(b"\0\5\26\7")  # a Mac's attributes
    for left in (f"{stem} copy.{ending}", f"{stem} (1).{ending}", f"{stem}_LOCAL_7.{ending}"):
        (folder / left).write_text("not what you think")
    for left in (f"{name}~", f"#{name}#", f"{name}.orig", f".{name}.swp"):
        (folder / left).write_text("not what you think")
    (folder / free_name).mkdir()
