"""A partnership side by side over the years: what it took part in, who led, how it met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cohorts.learning.domain.partners import TableSide, table_side
from cohorts.structures.domain.keeping import Kept, kept
from cohorts.structures.domain.offices import OfficeLine
from cohorts.structures.domain.years import SchoolYear, Span, years_between
from cohorts.structures.models import Body, BodyMeeting
from cohorts.structures.service.offices import leaders_of
from cohorts.structures.service.reading import Opened
from events.facade.teams import TeamOfYear

MOST_YEARS = 12
Logs = Mapping[UUID, Sequence[BodyMeeting]]


@dataclass(frozen=True, kw_only=True)
class Year:
    """One school year of a partnership."""

    year: SchoolYear
    teams: Sequence[TeamOfYear]
    """Its teams at institutes and cohorts that began in it."""
    leaders: Mapping[TableSide, Sequence[str]]
    """Who led each side in it, in the order in which they came."""
    bodies: Mapping[UUID, Kept]
    """How each body of that year kept to its cadence, by its id."""

    @property
    def met(self) -> int:
        """How often its bodies met, all together."""
        return sum(one.met for one in self.bodies.values())

    @property
    def both_sides(self) -> int:
        """To how many of those meetings both sides came."""
        return sum(one.both_sides for one in self.bodies.values())


def years_of(
    opened: Opened, bodies: Sequence[Body], logs: Logs, lines: Sequence[OfficeLine]
) -> Sequence[Year]:
    """Return the years of a partnership, the first one first, the last twelve of them."""
    teams = [team for team in opened.teams if team.registered and not team.cancelled]
    begun = [team.first_day for team in teams if team.first_day]
    first = min([*begun, *(body.begins_on for body in bodies), opened.today])
    leading = leaders_of(opened.partnership)
    led = [line for line in lines if line.role_code in leading]
    return [
        Year(
            year=year,
            teams=[
                team for team in teams if team.first_day and SchoolYear.of(team.first_day) == year
            ],
            leaders={side: _led(led, side, year.span) for side in TableSide},
            bodies=kept_by(bodies, logs, year.span, opened.today),
        )
        for year in years_between(first, opened.today)[-MOST_YEARS:]
    ]


def kept_by(bodies: Sequence[Body], logs: Logs, span: Span, today: date) -> Mapping[UUID, Kept]:
    """Return how each body of these days kept to its cadence, by its id."""
    found = {}
    for body in bodies:
        held = [meeting.held for meeting in logs.get(body.id, ())]
        one = kept(body.terms, held, span, today=today)
        if one is not None:
            found[body.id] = one
    return found


def _led(lines: Sequence[OfficeLine], side: TableSide, span: Span) -> list[str]:
    names: dict[str, date] = {}
    for line in lines:
        if table_side(line.side) is not side:
            continue
        for term in line.terms:
            if Span(first=term.begins_on, last=term.ends_on or date.max).within(span):
                names.setdefault(term.name, term.begins_on)
        for one in line.unwritten:
            if Span(first=one.first, last=one.last).within(span):
                names.setdefault(one.name, one.first)
    return sorted(names, key=lambda name: (names[name], name))
