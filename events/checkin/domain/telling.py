"""What a desk is told about a scan, in words that help the person who stands there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from consortium.words import Sentence, say
from events.checkin.domain.scans import Problem
from events.checkin.domain.stays import Effect

ENGLISH = "en_US"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of one scan."""

    client_id: str
    problem: Problem | None = None
    effect: Effect | None = None
    person_id: UUID | None = None
    name: str = ""
    lea: str = ""
    since: datetime | None = None
    """Since when the person is here, or when the person left."""
    heir: str = ""
    """Who comes instead, where the badge was replaced."""
    replaced_at: datetime | None = None
    elsewhere: str = ""
    """The institute whose badge it is."""

    @property
    def counts(self) -> bool:
        """Whether the person is checked in or out by it, or was before."""
        return self.problem is None and self.effect is not Effect.NEVER_ARRIVED

    def words(self, zone: ZoneInfo) -> Sentence:
        """Return the sentence that the desk reads."""
        if self.problem is not None:
            return self._why_not(zone)
        if self.effect is None:
            return say("")
        at = time_in_words(self.since, zone) if self.since else ""
        return say(_SAID[self.effect].template, name=self.name, time=at)

    def _why_not(self, zone: ZoneInfo) -> Sentence:
        if self.problem is Problem.OTHER_EVENT:
            return say(
                "This badge is for %(institute)s. Look the person up by name.",
                institute=self.elsewhere,
            )
        if self.problem is Problem.REPLACED:
            return say(
                "This badge was replaced on %(day)s. %(heir)s comes instead.",
                day=_day_in_words(self.replaced_at, zone),
                heir=self.heir,
            )
        if self.problem is Problem.NOT_COMING:
            return say(
                "This badge ended on %(day)s: the seat was given back. Ask a coordinator.",
                day=_day_in_words(self.replaced_at, zone),
            )
        return _PLAIN[self.problem] if self.problem else say("")


_SAID = {
    Effect.ARRIVED: say("%(name)s is checked in, %(time)s."),
    Effect.HERE_ALREADY: say("%(name)s is already here, since %(time)s."),
    Effect.LEFT: say("%(name)s is checked out, %(time)s."),
    Effect.GONE_ALREADY: say("%(name)s is already checked out, since %(time)s."),
    Effect.NEVER_ARRIVED: say(
        "%(name)s leaves, and was never checked in here today. Check %(name)s in; a coordinator "
        "can write down the right times."
    ),
    Effect.UNDONE: say("The check-in of %(name)s was undone."),
}
_PLAIN = {
    Problem.UNKNOWN: say("No badge has this code. Look the person up by name."),
    Problem.OFF_DAY: say("This is not a day of the institute, so the scan does not count."),
    Problem.CLOCK: say(
        "This tablet's clock was wrong, so the scan does not count until a coordinator says when "
        "it was."
    ),
    Problem.CLOSED: say("This institute was cancelled. Nobody is checked in."),
}


def time_in_words(at: datetime, zone: ZoneInfo) -> str:
    """Write a moment's time as the clock on the wall shows it: 8:07 AM."""
    return format_time(at.astimezone(zone).time(), "short", locale=ENGLISH)


def _day_in_words(at: datetime | None, zone: ZoneInfo) -> str:
    return format_date(at.astimezone(zone).date(), "long", locale=ENGLISH) if at else ""


EFFECT_WORDS: dict[Effect, Sentence] = {
    Effect.ARRIVED: say("came"),
    Effect.LEFT: say("left"),
    Effect.HERE_ALREADY: say("was here already"),
    Effect.GONE_ALREADY: say("had left already"),
    Effect.NEVER_ARRIVED: say("left, and nobody saw the person come"),
    Effect.UNDONE: say("taken back"),
}
PROBLEM_WORDS: dict[Problem, Sentence] = {
    Problem.UNKNOWN: say("No badge has this code"),
    Problem.OTHER_EVENT: say("Badge of another institute"),
    Problem.REPLACED: say("Badge of someone who was replaced"),
    Problem.NOT_COMING: say("Badge of a seat that was given back"),
    Problem.OFF_DAY: say("Not a day of the institute"),
    Problem.CLOCK: say("The tablet's clock was wrong"),
    Problem.CLOSED: say("The institute was cancelled"),
}
