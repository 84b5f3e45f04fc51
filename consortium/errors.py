"""Refusals: what the application says when a rule, not a bug, stops the work."""

from http import HTTPStatus


class Refusal(Exception):
    """A business rule said no; ``message`` is written for the person who met it.

    ``links`` lead on to where the person is better served: words and address of each.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        links: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.links = links


class NotFound(Refusal):
    """There is no such thing, or it is not this person's to see: both look the same."""

    status = HTTPStatus.NOT_FOUND


class NotAllowed(Refusal):
    """The person is known and may not do this."""

    status = HTTPStatus.FORBIDDEN


class Conflict(Refusal):
    """Someone else changed the same thing meanwhile; nothing typed may be lost.

    ``versions`` lists, for each thing that differs: its label, what is stored now, and what
    this person sent.
    """

    status = HTTPStatus.CONFLICT

    def __init__(self, message: str, *, versions: tuple[tuple[str, str, str], ...] = ()) -> None:
        super().__init__(message)
        self.versions = versions
