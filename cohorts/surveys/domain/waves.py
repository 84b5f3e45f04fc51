"""When a survey is open, in the zone of those who answer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from cohorts.surveys.domain.rules import SurveyRefused
from consortium.words import Sentence, say

LONGEST = timedelta(days=92)
"""A survey that is open for longer measures a season, not a moment."""
KEPT = timedelta(days=400)
"""How long names are kept unless the host says otherwise: until the next year's survey is over."""
KEPT_AT_MOST = timedelta(days=1100)


class State(StrEnum):
    """Where a wave stands."""

    PLANNED = auto()
    OPEN = auto()
    CLOSED = auto()
    WITHDRAWN = auto()


STATE_WORDS: dict[State, Sentence] = {
    State.PLANNED: say("Planned"),
    State.OPEN: say("Open"),
    State.CLOSED: say("Closed"),
    State.WITHDRAWN: say("Withdrawn"),
}


@dataclass(frozen=True, kw_only=True)
class Window:
    """From when to when people may answer: from midnight to midnight where they are."""

    opens_on: date
    closes_on: date
    zone: str
    withdrawn: bool = False

    @property
    def opens_at(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.opens_on, time(), ZoneInfo(self.zone))

    @property
    def closes_at(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.closes_on + timedelta(days=1), time(), ZoneInfo(self.zone))

    def state(self, now: datetime) -> State:
        """Return where it stands at this moment."""
        if self.withdrawn:
            return State.WITHDRAWN
        if now < self.opens_at:
            return State.PLANNED
        return State.OPEN if now < self.closes_at else State.CLOSED

    def today(self, now: datetime) -> date:
        """Return the day it is there."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def check_open(self, now: datetime) -> None:
        """Raise ``SurveyRefused`` where nobody may answer now."""
        state = self.state(now)
        if state is State.PLANNED:
            raise SurveyRefused(say("This survey is not open yet. Come back when it is."))
        if state is State.CLOSED:
            raise SurveyRefused(
                say("This survey is closed. Answers are not taken any more. Thank you.")
            )
        if state is State.WITHDRAWN:
            raise SurveyRefused(say("The host withdrew this survey. There is nothing to answer."))


def check_days(opens_on: date, closes_on: date, names_until: date, *, today: date) -> None:
    """Raise ``SurveyRefused`` for days on which nobody could answer, or names kept too long."""
    if opens_on < today:
        raise SurveyRefused(say("Let it open today or later."), field="opens_on")
    check_end(opens_on, closes_on, names_until, today=today)


def check_end(opens_on: date, closes_on: date, names_until: date, *, today: date) -> None:
    """Raise ``SurveyRefused`` for an end that comes too early or too late."""
    if closes_on < max(opens_on, today):
        raise SurveyRefused(
            say("Let it close on the day it opens or later, and not in the past."),
            field="closes_on",
        )
    if closes_on - opens_on > LONGEST:
        raise SurveyRefused(say("Let it be open for three months at most."), field="closes_on")
    if names_until < closes_on:
        raise SurveyRefused(
            say("Names are needed as long as it is open. Choose a later day."), field="names_until"
        )
    if names_until - closes_on > KEPT_AT_MOST:
        raise SurveyRefused(say("Names may be kept for three years at most."), field="names_until")
