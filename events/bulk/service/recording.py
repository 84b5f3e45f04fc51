"""Writing down what lists did: who, when, on what; ids, names and roles, no contact data."""

from collections.abc import Sequence
from uuid import UUID

from consortium.audit import service as audit
from events.bulk.domain.ground import StoredSeat, StoredTeam
from events.bulk.domain.lines import Effect, Line, Plan, Wanted
from events.registration.models import Seat, Team
from events.registration.service import Editor


def record_export(institute_id: UUID, *, file: str, rows: int, by: str) -> None:
    """Write down that everything about teams and people left the application, and with whom."""
    after = {"file": file, "rows": rows}
    audit.record("export_everything", f"institute:{institute_id}", by=by, after=after)


def record_import(institute_id: UUID, result: Plan, *, register: bool, by: str) -> None:
    """Write down that a list came in: by whom, and how many rows did what."""
    counts = {effect.value: len(result.of(effect)) for effect in Effect}
    teams = {"teams": len(result.teams), "new_teams": sum(team.is_new for team in result.teams)}
    audit.record(
        "import_list",
        f"institute:{institute_id}",
        by=by,
        after={**counts, **teams, "register": register},
    )


def record_team(  # noqa: PLR0913  (what was there, what was done, by whom)
    team: Team,
    work: Sequence[Line],
    stored: StoredTeam | None,
    seats: Sequence[Seat],
    editor: Editor,
    *,
    is_new: bool,
) -> None:
    """Write down what the list changed of the team: ids, names and roles, no contact data."""
    changed = {line.seat_id: line for line in work if line.seat_id}
    before = {
        seat.id: _told(seat) for seat in (stored.seats if stored else ()) if seat.id in changed
    }
    audit.record(
        "import_team",
        f"team:{team.id}",
        by=editor.email,
        before={"members": before},
        after={
            "started": is_new,
            "seats": {str(seat.id): list(seat.role_codes) for seat in seats},
            "changed": {
                seat_id: sorted({change.what for change in line.changes})
                for seat_id, line in changed.items()
            },
            "members": {
                seat_id: _told(line.wanted) for seat_id, line in changed.items() if line.wanted
            },
            "people": len(team.active_seats),
            "complete": team.complete,
        },
    )


def _told(member: StoredSeat | Wanted) -> dict[str, object]:
    return {"name": member.name, "roles": list(member.role_codes), "shared": member.shared}
