"""The demos of the guide: `make demo WHAT=name` runs one. Each module is one demo."""
