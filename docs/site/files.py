"""Links to files of this repository: the site has a copy of each, which a browser shows as text."""

import shutil
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

from docs.site.figures import REPORT
from tools.common import ROOT

# Before Sphinx collects what it would offer for download.
EARLY = 100


def show_files(app: Sphinx, page: nodes.document) -> None:
    """Lead links to the lab's report, and those that leave the pages to a copy of the file."""
    for link in [*page.findall(download_reference), *page.findall(pending_xref)]:
        if address := _address(app, link):
            here = app.builder.get_target_uri(app.env.docname)
            uri = relative_uri(here, address)
            link.replace_self(nodes.reference("", "", *link.children, refuri=uri, internal=True))


def _address(app: Sphinx, link: nodes.Element) -> str | None:
    """Return where the site has what is linked, from its root; None leaves the link to Sphinx."""
    target = link["reftarget"]
    if isinstance(link, download_reference):
        return _copy(app, Path(app.env.relfn2path(target, app.env.docname)[1]))
    if target.endswith(REPORT):
        return REPORT
    # MyST takes every Markdown file for a page, with its path for a name.
    file = Path(f"{target}.md")
    return _copy(app, file) if link["refdomain"] == "doc" and file.is_absolute() else None


def _copy(app: Sphinx, file: Path) -> str:
    address = f"files/{file.resolve().relative_to(ROOT).as_posix()}.txt"
    copy = Path(app.outdir, address)
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, copy)
    app.env.note_dependency(file)
    return address


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx of it."""
    app.connect("doctree-read", show_files, priority=EARLY)
    return {"parallel_read_safe": True}
