"""What registration says when a rule stops the work."""

from consortium.errors import Refusal


class RegistrationRefused(Refusal):
    """A rule of registration said no."""


class Waitable(RegistrationRefused):
    """There is no place now (closed or full), but the waitlist is open to this team."""


class HostCancelled(RegistrationRefused):
    """The host has cancelled the institute; what was asked for ended with it."""


class NotComplete(RegistrationRefused):
    """The institute's gate is strict and the team lacks someone; ``reasons`` is the list."""

    def __init__(self, message: str, *, reasons: tuple[str, ...]) -> None:
        super().__init__(message)
        self.reasons = reasons
