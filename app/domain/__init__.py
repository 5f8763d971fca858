"""Pure rules: no I/O, no clock, no randomness; only the standard library."""
