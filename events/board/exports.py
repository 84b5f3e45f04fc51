"""Teams and people as files for spreadsheet programs.

What is told in confidence stays out: dietary and access needs, a person's side, and what people
said for the peer matching. Texts stay texts: nothing becomes a formula, a telephone number keeps
its plus sign and an LEA id its zeros.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from consortium.spreadsheets import Table
from events.board.domain.roster import Place
from events.board.domain.teams import RoleBook, TeamLine
from events.board.domain.words import SEAT_STATUS, TEAM_STATUS


def people_table(places: Iterable[Place], book: RoleBook, *, with_phones: bool) -> Table:
    """Return the people; their telephone numbers only for those who work with the teams."""
    phone_header = ("Phone",) if with_phones else ()
    return Table(
        name="People",
        header=(
            *("Name", "E-mail", *phone_header, "Role", "Further roles", "Seat", "First time"),
            *("Team", "Site", "LEA id", "State", "Team status", "Completeness"),
        ),
        rows=(
            (
                place.name,
                place.email,
                *((place.phone,) if with_phones else ()),
                book.label(place.role_codes[0]),
                _listed(book.labels(place.role_codes[1:])),
                SEAT_STATUS[place.status],
                "Yes" if place.new_member else "No",
                place.team,
                place.site,
                place.lea_id,
                place.state,
                TEAM_STATUS[place.team_status],
                place.completeness.words,
            )
            for place in places
        ),
    )


def teams_table(teams: Iterable[TeamLine], book: RoleBook, zone: ZoneInfo) -> Table:
    """Return the teams with what each lacks and whom to write to."""
    return Table(
        name="Teams",
        header=(
            *("Team", "Site", "LEA id", "State", "Kind", "Status", "Completeness"),
            *("Missing roles", "People", "Confirmed", "Leads", "Leads' e-mails"),
            *("Registered at", "Waitlist position"),
        ),
        rows=(
            (
                team.name,
                team.site,
                team.lea_id,
                team.state,
                "Visitors" if team.visitors else "Team",
                TEAM_STATUS[team.status],
                team.completeness.words,
                _listed(book.labels(team.missing)),
                len(team.members),
                team.confirmed,
                _listed([lead.name for lead in team.leads]),
                _listed([lead.email for lead in team.leads]),
                _moment(team.registered_at, zone),
                "" if team.waitlist_position is None else team.waitlist_position,
            )
            for team in teams
        ),
    )


def _listed(words: Sequence[str]) -> str:
    return "; ".join(words)


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
