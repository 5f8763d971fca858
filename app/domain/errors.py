"""What can go wrong beyond a caller's mistake, in words of the service rather than a library's."""


class StorageUnavailableError(Exception):
    """The database did not answer in time; whether a change was made is not known."""


class BusyError(Exception):
    """The service has more of this work under way than it allows; later it will do."""


class EmailTakenError(Exception):
    """There is an account with this e-mail already."""


class UnknownUserError(Exception):
    """The account that a token speaks for is not there (any more)."""


class InvalidTokenError(Exception):
    """A token that this service did not issue, or one that it no longer accepts."""
