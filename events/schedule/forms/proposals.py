"""What a host asks a proposal for, what is taken of it, and what it leaves where it is."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask_babel import format_date
from wtforms import BooleanField, HiddenField, SelectField

from consortium.fields import TicksField
from consortium.forms import ActForm
from consortium.words import say
from events.schedule.domain import PlannedSession
from events.schedule.domain.proposing import Asked, Reason
from events.schedule.domain.sessions import in_order
from events.schedule.domain.times import moment_in_words
from events.schedule.models import Session
from events.schedule.service import Compared

FROM_LIST = say("Choose one from the list.")


class AskForm(ActForm):
    """Ask for a programme; several such forms stand on one page."""

    why: Reason = Reason.BETTER
    reason = HiddenField()

    def __init__(self) -> None:
        super().__init__()
        self.reason.data = self.why.value
        for field in self:
            field.id = f"{self.why}-{field.id}"
            field.label.field_id = field.id

    def to_asked(self) -> Asked:
        """Return what is asked for."""
        return Asked()

    def called(self, about: str) -> str:
        """Return how people call what was asked about."""
        return about


class IllForm(AskForm):
    """Someone who holds sessions cannot come."""

    why = Reason.ILL
    presenter = SelectField(say("Who cannot come"), invalid_choice_message=FROM_LIST)
    on = SelectField(say("When"), default="", invalid_choice_message=FROM_LIST)

    def __init__(self, presenters: Sequence[str], days: Sequence[date]) -> None:
        super().__init__()
        self.presenter.choices = [(name, name) for name in presenters]
        self.on.choices = [
            ("", say("The whole time: what nobody else holds is cancelled")),
            *((day.isoformat(), format_date(day, "full")) for day in days),
        ]

    def to_asked(self) -> Asked:
        """Return what is asked for."""
        on = date.fromisoformat(self.on.data) if self.on.data else None
        return Asked(reason=Reason.ILL, about=self.presenter.data, on=on)


class NotHeldForm(AskForm):
    """A session is not held."""

    why = Reason.CANCELLED
    code = SelectField(say("Session"), invalid_choice_message=FROM_LIST)

    def __init__(self, sessions: Sequence[PlannedSession]) -> None:
        super().__init__()
        self.code.choices = [
            (one.code, f"{one.title} ({moment_in_words(one.starts)})" if one.starts else one.title)
            for one in sorted(sessions, key=in_order)
            if not one.cancelled
        ]

    def to_asked(self) -> Asked:
        """Return what is asked for."""
        return Asked(reason=Reason.CANCELLED, about=self.code.data)

    def called(self, about: str) -> str:
        """Return the session's title and time; its short code, where it is not held any more."""
        titles: dict[str, str] = dict(self.code.choices)
        return titles.get(about, about)


class LostRoomForm(AskForm):
    """A room cannot be used."""

    why = Reason.LOST_ROOM
    room = SelectField(say("Room"), invalid_choice_message=FROM_LIST)

    def __init__(self, rooms: Sequence[str]) -> None:
        super().__init__()
        self.room.choices = [(name, name) for name in rooms]

    def to_asked(self) -> Asked:
        """Return what is asked for."""
        return Asked(reason=Reason.LOST_ROOM, about=self.room.data)


class TakeForm(ActForm):
    """Take a proposal over, whole or in part."""

    sessions = TicksField(say("Sessions that change"), validate_choice=True)

    def __init__(self, compared: Compared | None) -> None:
        moves = compared.moves if compared else ()
        super().__init__(data={"sessions": [str(one.session_id) for one in moves]})
        self.sessions.choices = [(str(one.session_id), one.title) for one in moves]

    @property
    def only(self) -> frozenset[UUID]:
        """The sessions that are ticked."""
        return frozenset(UUID(one) for one in self.sessions.data or ())


class LockForm(ActForm):
    """Leave a session where it is when programmes are proposed."""

    time = BooleanField(say("Leave it at its time"))
    room = BooleanField(say("Leave it in its room"))

    def __init__(self, session: Session) -> None:
        super().__init__(data={"time": session.keeps_time, "room": session.keeps_room})
