"""The experiment: which layer of tests catches which fault, and at what cost."""
