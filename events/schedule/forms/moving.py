"""Where a session goes: another day, another time, another room."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from consortium.fields import ClockField, DayField
from consortium.forms import ActForm
from consortium.words import say
from events.institutes.models import Institute
from events.schedule.domain import SessionSpec
from events.schedule.forms.sessions import read_version
from events.schedule.models import Session


class MoveForm(ActForm):
    """Move a session. It lasts as long as before."""

    version = HiddenField(default="0")
    on = DayField(say("Day"), [InputRequired(say("Give the day."))])
    begins = ClockField(say("Begins"), [InputRequired(say("Give the time it begins."))])
    room = StringField(say("Room"), description=say("Leave it empty for no room yet."))

    def __init__(self, institute: Institute, session: Session | None = None) -> None:
        super().__init__(data=_filled(session))
        self._institute = institute

    @property
    def read_version(self) -> int:
        """The version the page was filled from; an unreadable one counts as stale."""
        return read_version(self.version.data)

    def moved(self, spec: SessionSpec) -> SessionSpec:
        """Return the session where it goes; its venue is its room's."""
        on: date = self.on.data
        starts = datetime.combine(on, self.begins.data)
        lasts = spec.ends - spec.starts if spec.starts and spec.ends else None
        room = self.room.data or ""
        return replace(
            spec,
            starts=starts,
            ends=None if lasts is None else starts + lasts,
            room=room,
            venue=spec.venue if room == spec.room else "",
        )


def _filled(session: Session | None) -> dict[str, Any]:
    if session is None:
        return {}
    spec = session.drafted
    return {
        "version": str(session.version),
        "on": spec.starts.date() if spec.starts else None,
        "begins": spec.starts.time() if spec.starts else None,
        "room": spec.room,
    }
