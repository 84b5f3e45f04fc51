"""Teams and people as files for spreadsheet programs.

What is told in confidence stays out: dietary and access needs, a person's side, what people said
for the peer matching, and answers to questions that were asked in confidence. Texts stay texts:
nothing becomes a formula, a telephone number keeps its plus sign and an LEA id its zeros.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from consortium.spreadsheets import Table
from events.board.domain.roster import Place
from events.board.domain.teams import RoleBook, TeamLine
from events.board.domain.words import SEAT_STATUS, TEAM_STATUS
from events.questions.domain import QuestionRule, Scope, cell_of
from events.questions.service import AnswerTable

LONGEST_HEAD = 200  # characters; spreadsheet programs take 255 at most


NO_ANSWERS = AnswerTable(columns=(), rows={})


def people_table(
    places: Iterable[Place],
    book: RoleBook,
    *,
    with_phones: bool,
    answers: AnswerTable = NO_ANSWERS,
) -> Table:
    """Return the people and what they answered.

    Their telephone numbers only for those who work with the teams.
    """
    phone_header = ("Phone",) if with_phones else ()
    asked = answers.of(Scope.PERSON)
    header = (
        *("Name", "E-mail", *phone_header, "Role", "Further roles", "Seat", "First time"),
        *("Team", "Site", "LEA id", "State", "Team status", "Completeness"),
    )
    return Table(
        name="People",
        header=_with_questions(header, asked),
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
                *(cell_of(answers.value(place.seat_id, rule.code)) for rule in asked),
            )
            for place in places
        ),
    )


def teams_table(
    teams: Iterable[TeamLine],
    book: RoleBook,
    zone: ZoneInfo,
    *,
    answers: AnswerTable = NO_ANSWERS,
) -> Table:
    """Return the teams with what each lacks, whom to write to, and what its leads answered."""
    asked = answers.of(Scope.TEAM)
    header = (
        *("Team", "Site", "LEA id", "State", "Kind", "Status", "Completeness"),
        *("Missing roles", "People", "Confirmed", "Leads", "Leads' e-mails"),
        *("Registered at", "Waitlist position"),
    )
    return Table(
        name="Teams",
        header=_with_questions(header, asked),
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
                *(cell_of(answers.value(team.id, rule.code)) for rule in asked),
            )
            for team in teams
        ),
    )


def _with_questions(header: Sequence[str], asked: Iterable[QuestionRule]) -> tuple[str, ...]:
    """Return the header with a column for each question; no two columns have one name."""
    heads = list(header)
    for rule in asked:
        taken = {head.casefold() for head in heads}
        label = rule.label[:LONGEST_HEAD].strip()
        heads.append(f"{label} ({rule.code})" if label.casefold() in taken else label)
    return tuple(heads)


def _listed(words: Sequence[str]) -> str:
    return "; ".join(words)


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
