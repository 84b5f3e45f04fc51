"""What intake says when a rule stops the work."""

from events.registration.domain import RegistrationRefused


class IntakeRefused(RegistrationRefused):
    """A rule of applying, selecting or inviting said no."""
