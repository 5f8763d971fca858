"""Pure rules: no I/O, no clock, no randomness; the standard library alone."""
