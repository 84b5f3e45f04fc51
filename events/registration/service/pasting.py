"""Members pasted from a spreadsheet: look first, then save all of them or none."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from consortium.audit import service as audit
from consortium.words import say
from events.registration.domain import RegistrationRefused, RosterLine, read_roster, team_roles
from events.registration.models import Seat, Team
from events.registration.service.finding import Editor, lock_team
from events.registration.service.naming import (
    NamedPerson,
    check_editable,
    has_a_seat,
    name_people,
    seats_here,
)


class WrongLines(RegistrationRefused):
    """Some pasted lines cannot be saved; ``lines`` is how every line was understood."""

    def __init__(self, lines: Sequence[RosterLine]) -> None:
        wrong = ", ".join(str(line.number) for line in lines if line.faults)
        said = say("Nothing was saved. Mend these lines first: %(lines)s.", lines=wrong)
        super().__init__(said, field="lines")
        self.lines = lines


def preview_roster(team: Team, text: str) -> tuple[RosterLine, ...]:
    """Return what pasted lines would do, good and bad ones, and save nothing.

    Raises ``RegistrationRefused`` when the text as a whole cannot be taken.
    """
    lines = read_roster(text, team_roles(team.institute.terms, team.state))
    seats = seats_here(team, [line.email for line in lines])
    return tuple(
        replace(line, faults=(*line.faults, has_a_seat(seats[line.email], team)))
        if line.email in seats
        else line
        for line in lines
    )


def paste_members(team_id: UUID, text: str, editor: Editor) -> Sequence[Seat]:
    """Name everyone in the pasted lines, or nobody when a line is wrong.

    Raises ``WrongLines``, and ``RegistrationRefused`` as ``preview_roster`` and ``add_member`` do.
    """
    team = lock_team(team_id, editor)
    check_editable(team, editor)
    lines = preview_roster(team, text)
    if any(line.faults for line in lines):
        raise WrongLines(lines)
    named = [
        NamedPerson(name=line.name, email=line.email, role_codes=(line.role_code,))
        for line in lines
    ]
    seats = name_people(team, named)
    audit.record(
        "paste_members",
        f"team:{team.id}",
        by=editor.email,
        after={"seats": {str(seat.id): list(seat.role_codes) for seat in seats}},
    )
    return seats
