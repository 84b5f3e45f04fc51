"""Teams and people as a list that can be read again: the template, everything, what was left out.

What is written here and read again is what it was: texts stay texts, ids keep their zeros and
telephone numbers their plus sign. A list of everything holds what people told in confidence; only
those who manage teams get it, and each time is written down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from consortium.people.domain import SIDE_WORDS, Side
from consortium.spreadsheets import Table
from consortium.words import say
from events.bulk.domain.columns import COLUMNS, NOTHING, QUESTION, Key
from events.bulk.domain.ground import Ground, StoredSeat, StoredTeam
from events.bulk.domain.people import yes_no
from events.institutes.domain import RoleRule, Strength
from events.questions.domain import AnswerKind, QuestionRule, Scope, cell_of

SHEET = "Teams and people"
HELP = "How to fill this in"
LONGEST_HEADER = 200  # letters; Excel takes 255
Cells = Mapping[str, str]


def everything(teams: Iterable[StoredTeam], ground: Ground) -> Table:
    """Return every team and person, a row for each person; a team without people has one too."""
    rows = (cells for team in teams for cells in _rows_of(team, ground))
    return _table(rows, ground.questions)


def template(rules: Sequence[RoleRule], questions: Sequence[QuestionRule]) -> Table:
    """Return an empty list with an example row, which an import leaves out."""
    example: dict[str, str] = {column.key: column.example for column in COLUMNS}
    example[Key.ROLE] = next((rule.label for rule in _of_teams(rules)), "")
    return _table([example], questions)


def instructions(
    rules: Sequence[RoleRule], questions: Sequence[QuestionRule], goals: Sequence[str]
) -> Table:
    """Return what goes into each column, and which values there are."""
    rows: list[tuple[str, str, str]] = [
        (column.header, str(column.meaning), column.example) for column in COLUMNS
    ]
    rows += [
        (QUESTION + question.code, question.label, _example(question)) for question in questions
    ]
    rows.append(("", str(say("An empty cell leaves as it is what is stored.")), ""))
    rows.append(("", str(say("This in a cell empties what is stored:")), NOTHING))
    rows += [("Role", rule.label, rule.code) for rule in _of_teams(rules)]
    rows += [("Leads", str(SIDE_WORDS[side]), side.value) for side in Side]
    rows += [("Goals", goal, "") for goal in goals]
    header = ("Column", "What goes in", "Example or code")
    return Table(name=HELP, header=header, rows=rows)


def _of_teams(rules: Sequence[RoleRule]) -> Sequence[RoleRule]:
    """Return the roles that members of some team may fill."""
    apart = Strength.NOT_ADMITTED
    return [rule for rule in rules if not rule.for_visitors and rule.strength is not apart]


def rows_left_out(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return rows that were left out; a workbook wants each column to have a name of its own."""
    names: list[str] = []
    for n, said in enumerate(header):
        name = said.strip()[:LONGEST_HEADER] or f"Column {n}"
        while name.casefold() in map(str.casefold, names):
            name = f"{name} ({n})"
        names.append(name)
    return Table(name="Left out", header=tuple(names), rows=map(tuple, rows))


def _table(rows: Iterable[Cells], questions: Sequence[QuestionRule]) -> Table:
    keys: list[str] = [column.key for column in COLUMNS]
    codes = [QUESTION + question.code for question in questions]
    return Table(
        name=SHEET,
        header=(*(column.header for column in COLUMNS), *codes),
        rows=(tuple(cells.get(key, "") for key in (*keys, *codes)) for cells in rows),
    )


def _rows_of(team: StoredTeam, ground: Ground) -> Iterator[Cells]:
    about: dict[str, str] = {
        Key.LEA_ID: team.key[0],
        Key.STATE: team.state,
        Key.LEA: team.lea,
        Key.SITE: team.key[1],
        Key.KIND: team.kind.capitalize(),
        Key.TEAM_STATUS: team.status,
    }
    said = _answers(ground.questions, Scope.TEAM, team.answers)
    sitting = {seat.email for seat in team.seats}
    people = [_person(seat, team, ground) for seat in team.seats]
    people += [
        {Key.NAME: team.lead_names.get(email, ""), Key.EMAIL: email, Key.LEADS: side}
        for email, side in team.leads.items()
        if email not in sitting
    ]
    for n, person in enumerate(people or [{}]):
        yield {**about, **person, **(said if n == 0 else {})}


def _person(seat: StoredSeat, team: StoredTeam, ground: Ground) -> dict[str, str]:
    main, *further = seat.role_codes
    details = seat.details
    return {
        Key.NAME: seat.name,
        Key.EMAIL: seat.email,
        Key.ROLE: _label(main, team, ground),
        Key.ALSO: cell_of(tuple(_label(code, team, ground) for code in further)),
        Key.SHARED: yes_no(said=seat.shared),
        Key.LEADS: team.leads.get(seat.email, ""),
        Key.PHONE: details.phone,
        Key.DIETARY: details.dietary,
        Key.ACCESS: details.access,
        Key.GOALS: cell_of(details.goals),
        Key.SEAT_STATUS: seat.status,
        Key.SEAT_ID: seat.id,
        **_answers(ground.questions, Scope.PERSON, seat.answers),
    }


def _label(code: str, team: StoredTeam, ground: Ground) -> str:
    """Return the role's name, or its code where the name would not lead back to it."""
    names = ground.roles_in(team.state)
    label = names.labels.get(code, code)
    return label if names.meant_by(label) == (code,) else code


def _answers(
    questions: Iterable[QuestionRule], scope: Scope, answers: Mapping[str, str | tuple[str, ...]]
) -> dict[str, str]:
    return {
        QUESTION + one.code: cell_of(answers.get(one.code, ""))
        for one in questions
        if one.scope is scope
    }


def _example(question: QuestionRule) -> str:
    if question.options:
        several = question.kind is AnswerKind.CHOICES
        return cell_of(question.options) if several else " / ".join(question.options)
    examples = {AnswerKind.NUMBER: "40", AnswerKind.DATE: "2027-06-21"}
    if question.kind is AnswerKind.FILE:
        return str(say("A file is handed in on the person's page; this cell is not read."))
    return examples.get(question.kind, "")
