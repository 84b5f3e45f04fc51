"""What a whole list would do: its rows by team, each team in the order of its first row."""

from collections.abc import Sequence

from consortium.errors import Refusal
from consortium.words import say
from events.bulk.domain.columns import EXAMPLE_EMAIL, QUESTION, Key
from events.bulk.domain.ground import Ground, KnownLea, TeamKey, plain
from events.bulk.domain.lines import Effect, FileRow, Line, Plan
from events.bulk.domain.people import LONGEST_SHOWN, RowRefused
from events.bulk.domain.teams import Passing, plan_team
from events.questions.domain import AnswerKind

VISITORS = "visitors"
DIGITS = 7


def plan_list(
    rows: Sequence[FileRow], ground: Ground, *, register: bool, unknown: Sequence[str] = ()
) -> Plan:
    """Return what the rows would do to what is stored; nothing is changed."""
    groups, astray = grouped(rows, ground)
    passing = Passing(free=dict(ground.free), elsewhere=dict(ground.elsewhere))
    teams = tuple(
        plan_team(key, group, ground, passing, register=register) for key, group in groups.items()
    )
    return Plan(
        teams=teams,
        astray=tuple(astray),
        unknown=tuple(unknown),
        notices=tuple(_notices(rows, ground)),
    )


def _notices(rows: Sequence[FileRow], ground: Ground) -> Sequence[str]:
    """Say what the list holds and nobody reads."""
    files = [one for one in ground.questions if one.kind is AnswerKind.FILE]
    notices = [
        say("“%(question)s” asks for a file, which a list cannot hold.", question=one.label)
        for one in files
        if any(row.said(QUESTION + one.code) for row in rows)
    ]
    if any(_is_of_visitors(row) for row in rows):
        notices.append(say("Visitors register on their own page; a list does not change them."))
    return notices


def _is_of_visitors(row: FileRow) -> bool:
    return row.said(Key.KIND).casefold() == VISITORS


def grouped(
    rows: Sequence[FileRow], ground: Ground
) -> tuple[dict[TeamKey, list[FileRow]], list[Line]]:
    """Return the rows by the team they name, and those that name none."""
    groups: dict[TeamKey, list[FileRow]] = {}
    astray: list[Line] = []
    for row in rows:
        who = row.said(Key.NAME) or row.said(Key.EMAIL)
        if _is_of_visitors(row):
            astray.append(Line(number=row.number, effect=Effect.SAME, who=who))
            continue
        if row.said(Key.EMAIL).casefold() == EXAMPLE_EMAIL:
            fault = say("This is the template's example.")
            line = Line(number=row.number, effect=Effect.REFUSED, who=who, fault=fault)
            astray.append(line)
            continue
        try:
            key = _team_named(row, ground)
        except Refusal as refused:
            why = row.fault or refused.message
            astray.append(Line(number=row.number, effect=Effect.REFUSED, who=who, fault=why))
            continue
        groups.setdefault(key, []).append(row)
    return groups, astray


def _team_named(row: FileRow, ground: Ground) -> TeamKey:
    lea = _lea_named(row, ground)
    site = row.said(Key.SITE)
    if not ground.sites and (lea.id, site) not in ground.teams:
        site = ""
    return (lea.id, site)


def _lea_named(row: FileRow, ground: Ground) -> KnownLea:
    said, state = row.said(Key.LEA_ID).lstrip("'"), row.said(Key.STATE).upper()
    name = row.said(Key.LEA)
    if said:
        # Spreadsheet programs take the zero in front of an id away.
        lea = ground.leas.get(said) or ground.leas.get(said.zfill(DIGITS))
        if lea is None:
            raise RowRefused(say("The national list has no LEA %(id)s.", id=said[:LONGEST_SHOWN]))
        if state and state != lea.state:
            raise RowRefused(
                say(
                    "LEA %(id)s is %(name)s in %(right)s, not in %(wrong)s.",
                    id=lea.id,
                    name=lea.name,
                    right=lea.state,
                    wrong=state[:LONGEST_SHOWN],
                )
            )
        if name and plain(name) not in {plain(lea.name), plain(lea.listed)}:
            raise RowRefused(
                say(
                    "LEA %(id)s is %(right)s, and the row says %(wrong)s. Correct one of the two, "
                    "or empty the LEA's name.",
                    id=lea.id,
                    right=lea.name,
                    wrong=name[:LONGEST_SHOWN],
                )
            )
        return lea
    if not (state and name):
        raise RowRefused(say("The LEA id is missing (or State and LEA)."))
    found = ground.by_name.get((state, plain(name)), ())
    if len(found) == 1:
        return found[0]
    shown = name[:LONGEST_SHOWN]
    if found:
        raise RowRefused(
            say(
                "%(state)s has several LEAs called “%(name)s”. Write the LEA id.",
                state=state,
                name=shown,
            )
        )
    raise RowRefused(
        say(
            "The national list has no LEA called “%(name)s” in %(state)s. Write the LEA id.",
            name=shown,
            state=state[:LONGEST_SHOWN],
        )
    )
