"""Who sat for a leader's office at institutes and cohorts, as their seats tell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from cohorts.structures.domain.offices import Sighting
from events.facade.teams import Held, TeamOfYear


def sightings(
    teams: Sequence[TeamOfYear], leading: frozenset[str], today: date
) -> Mapping[str, list[Sighting]]:
    """Return who sat for each of these offices, by its code."""
    found: dict[str, list[Sighting]] = defaultdict(list)
    for team in teams:
        if not team.registered or team.cancelled or team.first_day is None:
            continue
        for seat in team.seats:
            for code in leading.intersection(seat.role_codes):
                one = _sighting(team, seat, today)
                if one is not None:
                    found[code].append(one)
    return found


def _sighting(team: TeamOfYear, seat: Held, today: date) -> Sighting | None:
    """Return when somebody sat there; nothing of a seat given back before the first day."""
    if seat.person_id is None or team.first_day is None or team.first_day > today:
        return None
    ended = seat.ended_at.date() if seat.ended_at else None
    if (ended is not None and ended < team.first_day) or (ended is None and not seat.confirmed):
        return None
    last = min(ended or date.max, team.last_day or team.first_day, today)
    return Sighting(
        person_id=seat.person_id,
        name=seat.name,
        first=team.first_day,
        last=max(last, team.first_day),
        where=team.institute_title,
    )
