"""What the commands in the Makefile run; the service itself knows nothing of it."""
