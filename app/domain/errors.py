"""What can go wrong apart from invalid input, named by the service rather than by a library."""


class StorageUnavailableError(Exception):
    """The database did not answer in time; whether a change was made is unknown."""


class BusyError(Exception):
    """The service already does as much of this work as it allows; it may be tried again later."""


class TooManyPagesError(Exception):
    """The account has as many open pages as one account may have in a process."""


class EmailTakenError(Exception):
    """An account with this e-mail exists already."""


class UnknownUserError(Exception):
    """The account that a token names does not exist, or no longer exists."""


class ListFullError(Exception):
    """The user has as many todos as one account may have."""


class InvalidTokenError(Exception):
    """The token was not issued by this service, or is no longer accepted."""
