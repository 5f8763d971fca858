"""Runs a job of the workflow for pull requests on this machine, with act."""
