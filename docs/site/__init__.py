"""What the guide's pages can do beyond Markdown: Sphinx loads each module as an extension."""
