"""How Sphinx makes a site of these pages: https://www.sphinx-doc.org/en/master/usage/configuration.html."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

project = "todo-three-ways"
html_title = "todo-three-ways: testing, measured"
language = "en"
extensions = [
    "myst_parser",
    "docs.site.diagrams",
    "docs.site.excerpts",
    "docs.site.faults",
    "docs.site.figures",
    "docs.site.files",
]
# The last two are for what editors and file managers leave.
exclude_patterns = ["demos/**", "kata/**", ".*", "**/.*"]
nitpicky = True

myst_enable_extensions = ["substitution"]
myst_heading_anchors = 3

# Furo follows the reader's light or dark, fits a phone, and loads nothing from elsewhere.
html_theme = "furo"
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}
html_static_path = ["site/static"]
html_css_files = ["guide.css"]
html_js_files = ["guide.js"]
html_copy_source = False
html_show_copyright = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
