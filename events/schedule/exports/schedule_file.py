"""Schedules as files: the same bytes for the same schedule."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from events.schedule.engine.planning import Result
from events.schedule.engine.values import SCHEDULE_FORMAT


def as_json(result: Result, *, title: str, begins: date | None, seed: int) -> str:
    """Return the schedule: where and when each session is, and who sits where.

    ``begins`` is the programme's first day; without it slots have no times.
    """
    said = {
        "format": SCHEDULE_FORMAT,
        "title": title,
        "seed": seed,
        "sessions": [
            {
                "session": one.session,
                "slot": one.slot,
                "room": one.room,
                **_times(begins, result, n),
            }
            for n, one in enumerate(result.placements)
        ],
        "seats": [
            {"person": one.person, "slot": one.slot, "session": one.session}
            for one in result.seating.seats
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _times(begins: date | None, result: Result, n: int) -> dict[str, str]:
    """Return when the session begins and ends; nothing for slots without times."""
    if begins is None:
        return {}
    position = result.case.positions[result.plan.at[n]]
    minutes = result.case.sessions[n].minutes or position.ends - position.starts
    begin, end = position.starts % 1440, position.starts % 1440 + minutes
    return {
        "day": (begins + timedelta(days=position.starts // 1440)).isoformat(),
        "start": f"{begin // 60:02}:{begin % 60:02}",
        "end": f"{end // 60:02}:{end % 60:02}",
    }


def as_tables(result: Result) -> dict[str, str]:
    """Return schedule.csv and seats.csv."""
    return {
        "schedule.csv": _table(
            ("session", "slot", "room"),
            ((one.session, one.slot, one.room) for one in result.placements),
        ),
        "seats.csv": _table(
            ("person", "slot", "session"),
            ((one.person, one.slot, one.session) for one in result.seating.seats),
        ),
    }


def prices_table(prices: Mapping[str, float], price_of_slot: float) -> str:
    """Return prices.csv: each session's price, and of a slot in the row without a session."""
    rows = [(session, f"{price:.6f}") for session, price in sorted(prices.items())]
    return _table(("session", "price"), [*rows, ("", f"{price_of_slot:.6f}")])


def report(result: Result, *, seed: int, seconds: Mapping[str, float]) -> dict[str, Any]:
    """Return the figures of a run."""
    case, seating = result.case, result.seating
    people = len(case.wishes.people)
    said: dict[str, Any] = {
        "sessions": len(case.sessions),
        "rooms": len(case.programme.rooms),
        "slots": len(case.programme.slots),
        "people": people,
        "seed": seed,
        "points": {
            "all": case.wishes.most,
            "without_clashes": result.value,
            "seated": seating.points,
        },
        "seats_proven": seating.proven,
        "choices_had": {str(rank): times for rank, times in sorted(seating.ranks.items())},
        "sessions_of_teams": _reached(result),
        "tracks_side_by_side": result.track_clashes,
        "walks_to_another_venue": result.walks,
        "cut_short": result.cut_short,
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
    }
    if result.change is not None:
        said["moved"] = [case.sessions[n].id for n in result.change.moved]
        said["other_room"] = [case.sessions[n].id for n in result.change.rehoused]
        said["fewest_proven"] = result.change.fewest
    return said


def _reached(result: Result) -> dict[str, int]:
    """Return how often a team has somebody in a session that one of it ranked."""
    wishes = result.case.wishes
    team = {person.id: person.team or person.id for person in wishes.people}
    wanted = {
        (team[person.id], result.case.items[int(n)].id)
        for row, person in enumerate(wishes.people)
        for n in wishes.points[row].nonzero()[0]
    }
    heard = {(team[seat.person], seat.session) for seat in result.seating.seats}
    return {"wanted": len(wanted), "heard": len(wanted & heard)}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    return stream.getvalue()
