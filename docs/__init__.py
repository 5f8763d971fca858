"""The guide: pages, the site made of them, and what the pages let a reader run."""
