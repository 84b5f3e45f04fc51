"""What several forms of check-in share."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from consortium.words import say
from events.checkin.domain import Direction
from events.schedule.models import Session

DIRECTION_WORDS = {
    Direction.IN: say("Arriving"),
    Direction.EITHER: say("In and out: each scan the other way"),
    Direction.OUT: say("Leaving"),
}


def offer_places(field: SelectField, sessions: Iterable[Session]) -> None:
    """Let the field choose among the institute's door and sessions."""
    field.choices = [
        SelectChoice("", say("The door of the institute")),
        *(SelectChoice(str(session.id), session.title) for session in sessions),
    ]


def direction_of(text: str | None) -> Direction:
    """Return what a scan means; that someone comes where nothing readable is said."""
    return Direction(text) if text in set(Direction) else Direction.IN


def uuid_of(text: str | None) -> UUID | None:
    """Return the id that a field names; ``None`` for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
