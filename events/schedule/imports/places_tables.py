"""A planned conference as a folder of tables, and who can have which place in it.

people.csv (id, team, role), sessions.csv (id, role, facilitators; kind, features and before are not
asked here), choices.csv (person, session, rank), schedule.csv (session, slot, room) and, for the
places, rooms.csv (id, places). Several facilitators stand in one cell with ``;`` between them. A
session with a role has everyone of that role on duty, and a facilitator is on duty in the own
session: who is on duty in a slot has no other place there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from consortium.exchange.csv_table import Row, read_rows
from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import say
from events.schedule.engine.places_model import Offer, Person, Question

PEOPLE, SESSIONS, CHOICES = "people.csv", "sessions.csv", "choices.csv"
SCHEDULE, ROOMS = "schedule.csv", "rooms.csv"
LARGEST_RANK = 1_000
MOST_PLACES = 100_000


def read_folder(folder: Path) -> Question:
    """Return who asks for which place, and what there is. Raises ``FaultyFile``."""
    rooms = _known(folder / ROOMS, "id", ["id", "places"])
    places = _checked(folder / ROOMS, rooms, lambda row: _places(row["places"]))
    sessions = _known(folder / SESSIONS, "id", ["id", "role", "facilitators"])
    people = _known(folder / PEOPLE, "id", ["id", "team", "role"])
    planned = _known(folder / SCHEDULE, "session", ["session", "slot", "room"])
    _refer(folder / SCHEDULE, planned.values(), {"session": sessions, "room": rooms})
    duty = _duty(sessions, planned, people)
    open_to_all = {id_ for id_, row in sessions.items() if not row["role"]}
    wishes = _wishes(folder / CHOICES, sessions, people)
    return Question(
        offers=tuple(
            Offer(id=id_, round=row["slot"], places=places[row["room"]])
            for id_, row in sorted(planned.items())
        ),
        people=tuple(
            Person(
                id=id_,
                team=row["team"],
                wishes={
                    session: rank
                    for session, rank in wishes.get(id_, {}).items()
                    if session in planned
                    and session in open_to_all
                    and planned[session]["slot"] not in duty.get(id_, ())
                },
            )
            for id_, row in sorted(people.items())
        ),
    )


def _duty(
    sessions: Mapping[str, Row], planned: Mapping[str, Row], people: Mapping[str, Row]
) -> dict[str, set[str]]:
    """Return in which slots each person is on duty."""
    of_role: dict[str, list[str]] = {}
    for id_, row in people.items():
        of_role.setdefault(row["role"], []).append(id_)
    duty: dict[str, set[str]] = {}
    for id_, row in planned.items():
        there = list(sessions[id_].several("facilitators"))
        if sessions[id_]["role"]:
            there += of_role.get(sessions[id_]["role"], [])
        for person in there:
            duty.setdefault(person, set()).add(row["slot"])
    return duty


def _wishes(
    file: Path, sessions: Mapping[str, Row], people: Mapping[str, Row]
) -> dict[str, dict[str, int]]:
    rows = read_rows(file, ["person", "session", "rank"])
    _refer(file, rows, {"person": people, "session": sessions})
    wishes: dict[str, dict[str, int]] = {}
    faults: list[Fault] = []
    for row in rows:
        theirs = wishes.setdefault(row["person"], {})
        rank = row["rank"]
        if not (rank.isascii() and rank.isdigit() and 1 <= int(rank[:9]) <= LARGEST_RANK):
            faults.append(_fault(row, say("Write the rank as 1, 2, 3 …, not “%(it)s”.", it=rank)))
        elif row["session"] in theirs:
            sentence = say(
                "“%(person)s” ranks “%(session)s” twice. Keep one.",
                person=row["person"],
                session=row["session"],
            )
            faults.append(_fault(row, sentence))
        elif int(rank) in theirs.values():
            sentence = say(
                "“%(person)s” gives the rank %(rank)s twice.", person=row["person"], rank=rank
            )
            faults.append(_fault(row, sentence))
        else:
            theirs[row["session"]] = int(rank)
    if faults:
        raise FaultyFile(file, faults)
    return wishes


def _known(file: Path, key: str, columns: Sequence[str]) -> dict[str, Row]:
    """Return the rows by their id, which each has and no two share."""
    found: dict[str, Row] = {}
    faults: list[Fault] = []
    for row in read_rows(file, columns):
        if not row[key]:
            faults.append(_fault(row, say("The cell “%(name)s” is empty. Fill it.", name=key)))
        elif row[key] in found:
            faults.append(_fault(row, say("“%(it)s” stands here twice. Keep one.", it=row[key])))
        found.setdefault(row[key], row)
    if faults:
        raise FaultyFile(file, faults)
    return found


def _refer(file: Path, rows: Iterable[Row], to: Mapping[str, Mapping[str, Row]]) -> None:
    faults = [
        _fault(
            row,
            say("There is no %(what)s “%(it)s”. Correct it, or add it.", what=what, it=row[what]),
        )
        for row in rows
        for what, known in to.items()
        if row[what] not in known
    ]
    if faults:
        raise FaultyFile(file, faults)


def _places(said: str) -> int | None:
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= MOST_PLACES):
        raise ValueError
    return int(said)


def _checked(
    file: Path, rows: Mapping[str, Row], read: Callable[[Row], int | None]
) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    faults: list[Fault] = []
    for id_, row in rows.items():
        try:
            found[id_] = read(row)
        except ValueError:
            faults.append(
                _fault(row, say("Write a room's places as a number, 1 or more, or leave it empty."))
            )
    if faults:
        raise FaultyFile(file, faults)
    return found


def _fault(row: Row, sentence: str) -> Fault:
    return Fault(sentence=sentence, line=row.line)
