"""How the service meets its clients: the part of gunicorn that is our own."""
