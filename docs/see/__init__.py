"""What the guide's pages let a reader see: `make see WHAT=name`. Each module is one short show."""
