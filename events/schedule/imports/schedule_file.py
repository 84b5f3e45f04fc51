"""A schedule that is there already: as the command writes it, or as schedule.csv."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from consortium.exchange.csv_table import read_rows
from consortium.exchange.faults import Fault, FaultyFile
from consortium.exchange.json_text import read_json
from consortium.words import say
from events.schedule.engine.values import SCHEDULE_FORMAT, Placement, Programme
from events.schedule.imports.programme_shapes import Name, Strict, Word


class PlacementSaid(Strict):
    """Where and when one session is held."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    session: Name
    slot: Name
    room: Word = ""


class ScheduleFile(BaseModel):
    """The part of a schedule that says where and when; the rest follows from it."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    format: Literal["consortium-schedule/1"] = SCHEDULE_FORMAT
    sessions: Annotated[list[PlacementSaid], Field(max_length=5_000)]
    seats: Any = None


def read_schedule(file: Path, programme: Programme) -> tuple[Placement, ...]:
    """Return the placements of a schedule; those of sessions that are no more are left out.

    Raises ``FaultyFile`` for a file that is no schedule, or one of another programme.
    """
    if file.is_dir():
        file /= "schedule.csv"
    if file.suffix == ".csv":
        rows = read_rows(file, ["session", "slot", "room"])
        told = [(row["session"], row["slot"], row["room"], row.line) for row in rows]
    else:
        said, lines = read_json(file, ScheduleFile)
        told = [
            (one.session, one.slot, one.room, lines.of(("sessions", number)) or 1)
            for number, one in enumerate(said.sessions)
        ]
    seen: set[str] = set()
    faults = []
    for session, _, _, line in told:
        if session in seen:
            faults.append(
                Fault(line=line, sentence=say("“%(id)s” stands here twice. Keep one.", id=session))
            )
        seen.add(session)
    known = {session.id for session in programme.sessions}
    if told and not seen & known:
        faults.append(
            Fault(
                line=1, sentence=say("No session of the programme is in it. Is it the right file?")
            )
        )
    if faults:
        raise FaultyFile(file, faults)
    return tuple(
        Placement(session=session, slot=slot, room=room)
        for session, slot, room, _ in told
        if session in known
    )
