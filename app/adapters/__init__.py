"""One module for each outside thing that the service talks to."""
