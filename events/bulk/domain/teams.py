"""What the rows of one team would do: to its people, its answers, its registration."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace

from consortium.errors import Refusal
from consortium.people.domain import Side
from consortium.words import Sentence, say
from events.bulk.domain.columns import HEADERS, QUESTION, Key
from events.bulk.domain.ground import Ground, KnownLea, StoredSeat, StoredTeam, TeamKey
from events.bulk.domain.leading import leads_in, side_meant
from events.bulk.domain.lines import Change, Effect, FileRow, Line, TeamPlan, Wanted
from events.bulk.domain.people import (
    RowRefused,
    address,
    answer_pairs,
    answers_of,
    changes_of,
    check_seat_id,
    is_heir,
    roles_meant,
    wanted_of,
)
from events.bulk.domain.standing import standing_of, unsubmitted
from events.questions.domain import Value
from events.registration.domain import too_many
from events.registration.domain.demands import demands

REGISTERED = "registered"
PERSON = frozenset(Key) - {
    Key.LEA_ID, Key.STATE, Key.LEA, Key.SITE, Key.KIND, Key.TEAM_STATUS, Key.SEAT_STATUS,
}  # fmt: skip
"""Columns that speak of a person; a row that has none of them is about the team alone."""


@dataclass(kw_only=True)
class Passing:
    """What earlier rows of the same file take, so that later ones know of it."""

    free: MutableMapping[str, int]
    """Places still free, by pool."""
    elsewhere: MutableMapping[str, tuple[TeamKey, str]]
    """The team in which someone sits who is not shared, and its name, by address."""


@dataclass(kw_only=True)
class _Team:
    """A team while its rows are read one after the other."""

    ground: Ground
    passing: Passing
    key: TeamKey
    lea: KnownLea
    stored: StoredTeam | None
    title: str
    answers: Mapping[str, Value]
    told: dict[str, Value] = field(default_factory=dict)
    """What rows of this file say for the whole team."""
    seats: dict[str, StoredSeat] = field(default_factory=dict)
    """The seats as they would be, by id; new ones by address."""
    used: set[str] = field(default_factory=set)

    @property
    def stands(self) -> str:
        return f"{self.stored.id} {self.stored.status}" if self.stored else ""

    @property
    def state(self) -> str:
        return self.stored.state if self.stored else self.lea.state


def plan_team(
    key: TeamKey, rows: Sequence[FileRow], ground: Ground, passing: Passing, *, register: bool
) -> TeamPlan:
    """Return what the rows of one team would do, row by row, and to its registration."""
    stored, lea = ground.teams.get(key), ground.leas[key[0]]
    title = stored.name if stored else ", ".join(filter(None, (lea.name, key[1])))
    team = _Team(
        ground=ground,
        passing=passing,
        key=key,
        lea=lea,
        stored=stored,
        title=title,
        answers=stored.answers if stored else {},
        seats={seat.id: seat for seat in stored.seats} if stored else {},
    )
    unfit = _unfit(team, key)
    lines = tuple(
        Line(number=row.number, effect=Effect.REFUSED, who=_who(row), team=title, fault=unfit)
        if unfit
        else _line(row, team)
        for row in rows
    )
    plan = TeamPlan(key=key, title=title, lines=lines, is_new=stored is None)
    if all(line.effect is Effect.REFUSED for line in lines):
        return replace(plan, is_new=False)
    if stored is None:
        plan = leads_in(plan, rows, ground.terms)
    if not register:
        return replace(plan, standing=unsubmitted(stored))
    standing, why = standing_of(stored, lea, list(team.seats.values()), ground, passing.free)
    return replace(plan, standing=standing, why=why)


def _unfit(team: _Team, key: TeamKey) -> Sentence | str:
    """Say why this team cannot be brought at all; empty when it can."""
    if team.stored is None and (team.ground.unopened or team.lea.refusal):
        return team.ground.unopened or team.lea.refusal
    if team.stored is None and team.ground.sites and not key[1]:
        return say("Teams of this institute come from one school each. Name it under Site.")
    return ""


def _line(row: FileRow, team: _Team) -> Line:
    line = Line(
        number=row.number,
        effect=Effect.REFUSED,
        who=_who(row),
        team=team.title,
        stands=team.stands,
    )
    if row.fault:
        return replace(line, fault=row.fault)
    try:
        answers, asked = _team_answers(row, team)
        found = replace(_person(row, team, line), team_answers=answers)
        team.told.update(answers)
    except Refusal as refused:
        return replace(line, fault=refused.message)
    if not asked:
        return found
    effect = Effect.CHANGED if found.effect is Effect.SAME else found.effect
    return replace(found, effect=effect, changes=(*found.changes, *asked))


def _person(row: FileRow, team: _Team, line: Line) -> Line:
    asked = (QUESTION + question.code for question in team.ground.asked_of_people)
    if not any(row.said(key) for key in (*PERSON, *asked)):
        return replace(line, effect=Effect.SAME if team.stored else Effect.ADDED)
    email = address(row.said(Key.EMAIL))
    if not row.said(Key.ROLE) and not row.said(Key.SEAT_ID) and row.said(Key.LEADS):
        return _lead_without_seat(row, team, email, line)
    seat = _seat_meant(row, team, email)
    if seat is not None and not seat.email and not (row.said(Key.NAME) and email):
        return _kept_seat(row, seat, team, line)
    wanted = wanted_of(row, email, seat, team.state, team.ground)
    side = side_meant(row.said(Key.LEADS), wanted.role_codes, team.ground.terms.roles)
    _check_free(wanted, seat, team)
    names = team.ground.roles_in(team.state)
    before = seat or StoredSeat(
        id="", name="", email="", role_codes=(), shared=False, status="named"
    )
    changes = tuple(changes_of(before, wanted, team.ground, names))
    if seat is None:
        _check_room(team)
    notes = tuple(_notes(side, seat, wanted, team))
    _take(wanted, seat, team)
    effect = Effect.ADDED if seat is None else Effect.CHANGED if changes else Effect.SAME
    return replace(
        line,
        effect=effect,
        who=wanted.name,
        wanted=wanted if effect is not Effect.SAME else None,
        seat_id=seat.id if seat else "",
        changes=changes,
        notes=notes,
    )


def _seat_meant(row: FileRow, team: _Team, email: str) -> StoredSeat | None:
    seat_id = row.said(Key.SEAT_ID)
    by_address = next((one for one in team.seats.values() if email and one.email == email), None)
    seat = check_seat_id(team.stored, seat_id, team.ground) if seat_id else by_address
    used = seat.id if seat else email
    if used in team.used or (seat and by_address and by_address.id != seat.id):
        raise RowRefused(say("Another row has this person already."))
    if used:
        team.used.add(used)
    return seat


def _kept_seat(row: FileRow, seat: StoredSeat, team: _Team, line: Line) -> Line:
    """Read a row of a seat that is kept for someone who is not named yet."""
    if roles_meant(row, seat, team.ground.roles_in(team.state)) != seat.role_codes:
        raise RowRefused(
            say("This seat is kept for its role. Name someone for it, or change it on its page.")
        )
    return replace(line, effect=Effect.SAME)


def _lead_without_seat(row: FileRow, team: _Team, email: str, line: Line) -> Line:
    """Read a row of someone who leads the team and does not sit in it."""
    if team.stored is not None:
        if email in team.stored.leads:
            return replace(line, effect=Effect.SAME)
        raise RowRefused(say("The role is missing. Who leads is changed on the team's page."))
    if not email or not row.said(Key.NAME):
        raise RowRefused(say("Name and e-mail address of the lead are missing."))
    side_meant(row.said(Key.LEADS), ())
    change = Change(what=HEADERS[Key.LEADS], before="", after=row.said(Key.LEADS))
    return replace(line, effect=Effect.ADDED, changes=(change,))


def _check_free(wanted: Wanted, seat: StoredSeat | None, team: _Team) -> None:
    """Raise ``RowRefused`` for someone who comes with another team already."""
    other = team.passing.elsewhere.get(wanted.email)
    stays = seat is not None and (seat.email, seat.shared) == (wanted.email, wanted.shared)
    if other is None or other[0] == team.key or wanted.shared or stays:
        return
    raise RowRefused(
        say(
            "%(name)s comes with %(other)s already. For a person who serves both, write yes under "
            "Shared.",
            name=wanted.name,
            other=other[1],
        )
    )


def _check_room(team: _Team) -> None:
    """Raise ``RowRefused`` where one more person does not fit."""
    large = too_many(len(team.seats) + 1, team.ground.terms)
    if large is not None:
        raise RowRefused(large)
    if team.stored is None or team.stored.status != REGISTERED:
        return
    free = team.passing.free
    wanted = demands(visitors=False, ground=team.lea.ground, people=1, limited=free.keys())
    seats = {code: n for code, n in wanted.items() if code != "teams"}
    if any(free[code] < n for code, n in seats.items()):
        raise RowRefused(say("The team is registered, and there is no place for one more."))
    for code, n in seats.items():
        free[code] -= n


def _take(wanted: Wanted, seat: StoredSeat | None, team: _Team) -> None:
    key = seat.id if seat else wanted.email
    status = seat.status if seat else "named"
    team.seats[key] = StoredSeat(
        id=key,
        name=wanted.name,
        email=wanted.email,
        role_codes=wanted.role_codes,
        shared=wanted.shared,
        status=status,
    )
    if not wanted.shared:
        team.passing.elsewhere.setdefault(wanted.email, (team.key, team.title))


def _notes(
    side: Side | None, seat: StoredSeat | None, wanted: Wanted, team: _Team
) -> Sequence[Sentence]:
    notes = []
    namesake = next((one for one in team.seats.values() if one.name == wanted.name), None)
    if seat is None and namesake is not None:
        notes.append(
            say(
                "Someone of this name is in the team already, by another address: %(email)s. If it "
                "is the same person, correct the address of that row by its seat id instead.",
                email=namesake.email,
            )
        )
    if seat is not None and is_heir(seat, name=wanted.name, email=wanted.email):
        notes.append(
            say(
                "Another address is another person: %(name)s gives the seat up, with all that "
                "belongs to it.",
                name=seat.name,
            )
        )
    if seat is None and team.stored is not None and team.stored.status == REGISTERED:
        notes.append(say("The team is registered, so the invitation goes out at once."))
    if team.stored is not None and side not in {None, team.stored.leads.get(wanted.email)}:
        notes.append(say("Who leads a team that is here already is changed on its page."))
    return notes


def _team_answers(row: FileRow, team: _Team) -> tuple[Mapping[str, Value], Sequence[Change]]:
    """Return what the row answers for the team, and that as changes."""
    questions = team.ground.asked_of_teams
    before = {**team.answers, **team.told}
    after = answers_of(row, questions, before)
    changed = {
        one.code: after.get(one.code, "")
        for one in questions
        if after.get(one.code, "") != before.get(one.code, "")
    }
    if changed.keys() & team.told.keys():
        raise RowRefused(say("Another row of this team answers a question of the team otherwise."))
    pairs = answer_pairs(questions, before, after)
    return changed, [Change(what=w, before=old, after=new) for w, old, new in pairs if old != new]


def _who(row: FileRow) -> str:
    return row.said(Key.NAME) or row.said(Key.EMAIL)
