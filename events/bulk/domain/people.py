"""What one row says of a person: a seat to add, one to change, one that stays, or a fault."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consortium.errors import Refusal
from consortium.people.domain import normalise_email
from consortium.words import say
from events.bulk.domain.columns import HEADERS, NOTHING, QUESTION, Key
from events.bulk.domain.ground import Details, Ground, StoredSeat, StoredTeam
from events.bulk.domain.lines import Change, FileRow, Wanted
from events.questions.domain import (
    AnswerKind,
    QuestionRule,
    Value,
    cell_of,
    faults,
    is_empty,
    kept,
    value_in,
    visible,
)
from events.registration.domain import RegistrationRefused, check_roles, international, lost_letters
from events.registration.domain.role_names import RoleNames

LONGEST = 200
BREAKS = frozenset("\t\r\n")
LONGEST_SHOWN = 80
YES = frozenset({"yes", "y", "true", "x", "1", "ja", "sí", "si"})
NO = frozenset({"no", "n", "false", "0", ""})


class RowRefused(Refusal):
    """This row cannot be taken."""


def wanted_of(
    row: FileRow, email: str, seat: StoredSeat | None, state: str, ground: Ground
) -> Wanted:
    """Return the person as the row wants it; empty cells keep what is stored.

    ``email`` is the row's address as it is compared, or nothing.
    Raises ``RowRefused`` (or another ``Refusal``) for the first thing that is wrong.
    """
    name = row.said(Key.NAME) or (seat.name if seat else "")
    if name in {"", NOTHING}:
        raise RowRefused(say("The name is missing."))
    lost = lost_letters(name)
    if lost is not None:
        raise RowRefused(lost)
    email = email or (seat.email if seat else "")
    if not email:
        raise RowRefused(say("The e-mail address is missing."))
    codes = roles_meant(row, seat, ground.roles_in(state))
    if seat is None or codes != seat.role_codes:
        check_roles(codes, ground.terms, state, field="role")
    if seat is not None and is_heir(seat, name=name, email=email):
        # What the seat's holder said of food, access and the rest is not the other one's.
        row = _without(row, seat, ground.asked_of_people)
        seat = replace(seat, details=Details(), answers={})
    answers = seat.answers if seat else {}
    return Wanted(
        name=_short(name, Key.NAME),
        email=email,
        role_codes=codes,
        shared=_yes_no(row, Key.SHARED, before=seat.shared if seat else False),
        details=_details(row, seat.details if seat else Details(), state, ground.goals),
        answers=answers_of(row, ground.asked_of_people, answers, codes),
    )


def is_heir(seat: StoredSeat, *, name: str, email: str) -> bool:
    """Tell whether someone else gets the seat; only an address nobody reads is corrected."""
    same = seat.email == email or (seat.unread and seat.name == name)
    return bool(seat.email) and not same


def _without(row: FileRow, seat: StoredSeat, questions: Sequence[QuestionRule]) -> FileRow:
    """Return the row without what it only repeats of the seat's earlier holder."""
    stored: dict[str, str] = {
        Key.PHONE: seat.details.phone,
        Key.DIETARY: seat.details.dietary,
        Key.ACCESS: seat.details.access,
        Key.GOALS: cell_of(seat.details.goals),
    }
    for question in questions:
        stored[QUESTION + question.code] = cell_of(seat.answers.get(question.code, ""))
    cells = {key: cell for key, cell in row.cells.items() if stored.get(key) != cell}
    return replace(row, cells=cells)


def address(text: str) -> str:
    """Return the address as we compare it, empty where there is none."""
    return normalise_email(text) if text else ""


def changes_of(seat: StoredSeat, wanted: Wanted, ground: Ground, names: RoleNames) -> list[Change]:
    """Return what the row changes of a seat, field by field."""
    before, after = seat.details, wanted.details
    pairs: list[tuple[str, str, str]] = [
        (HEADERS[Key.NAME], seat.name, wanted.name),
        (HEADERS[Key.EMAIL], seat.email, wanted.email),
        (HEADERS[Key.ROLE], _labels(seat.role_codes, names), _labels(wanted.role_codes, names)),
        (HEADERS[Key.SHARED], yes_no(said=seat.shared), yes_no(said=wanted.shared)),
        (HEADERS[Key.PHONE], before.phone, after.phone),
        (HEADERS[Key.DIETARY], before.dietary, after.dietary),
        (HEADERS[Key.ACCESS], before.access, after.access),
        (HEADERS[Key.GOALS], cell_of(before.goals), cell_of(after.goals)),
        *answer_pairs(ground.asked_of_people, seat.answers, wanted.answers),
    ]
    return [Change(what=what, before=old, after=new) for what, old, new in pairs if old != new]


def answer_pairs(
    questions: Sequence[QuestionRule], before: Mapping[str, Value], after: Mapping[str, Value]
) -> list[tuple[str, str, str]]:
    """Return each question with the answer before and after."""
    return [
        (one.label, cell_of(before.get(one.code, "")), cell_of(after.get(one.code, "")))
        for one in questions
    ]


def answers_of(
    row: FileRow,
    questions: Sequence[QuestionRule],
    stored: Mapping[str, Value],
    roles: Sequence[str] = (),
) -> Mapping[str, Value]:
    """Return the answers as they would be: one that is no longer asked for goes.

    Raises ``RowRefused`` for what is no answer, and for an answer to what is not asked.
    """
    told: dict[str, Value] = {}
    for question in questions:
        cell, before = row.said(QUESTION + question.code), stored.get(question.code, "")
        if cell and question.kind is not AnswerKind.FILE:
            told[question.code] = "" if _empties(cell, before) else value_in(cell, question.kind)
    told = {code: value for code, value in told.items() if not _alike(value, stored.get(code, ""))}
    if not told:
        return stored
    merged = {**stored, **told}
    asked = {question.code for question in visible(questions, merged, roles)}
    for question in questions:
        value = told.get(question.code, "")
        if not is_empty(value) and question.code not in asked:
            raise RowRefused(
                say("“%(question)s” is not asked here. Empty the cell.", question=question.label)
            )
    wrong = faults(questions, merged, roles)
    for question in questions:
        if question.code in told and question.code in wrong:
            fault = wrong[question.code]
            raise RowRefused(say("%(question)s: %(fault)s", question=question.label, fault=fault))
    return kept(questions, merged, roles)


def _empties(cell: str, stored: Value) -> bool:
    """Tell whether the cell empties what is stored; somebody may have said just these letters."""
    return cell == NOTHING and stored != NOTHING


def _alike(said: Value, stored: Value) -> bool:
    """Tell whether a cell says what is stored; programs write line ends in their own ways."""
    if isinstance(said, str) and isinstance(stored, str):
        return said.splitlines() == stored.splitlines()
    return said == stored


def yes_no(*, said: bool) -> str:
    """Return the answer as the list has it."""
    return "yes" if said else "no"


def check_seat_id(team: StoredTeam | None, seat_id: str, ground: Ground) -> StoredSeat:
    """Return the seat that the row names. Raises ``RowRefused``."""
    here = {seat.id: seat for seat in team.seats} if team else {}
    if seat_id in here:
        return here[seat_id]
    if seat_id in ground.seat_teams:
        raise RowRefused(
            say(
                "The seat id belongs to another team. To move someone, give that team a row with "
                "the person."
            )
        )
    raise RowRefused(
        say("The seat with this id has ended, or is of another list. Empty the cell to add anew.")
    )


def roles_meant(row: FileRow, seat: StoredSeat | None, names: RoleNames) -> tuple[str, ...]:
    """Return the roles that the row gives, the main one first. Raises ``RowRefused``."""
    stored = seat.role_codes if seat else ()
    main = _role(row.said(Key.ROLE), names, stored) if row.said(Key.ROLE) else "".join(stored[:1])
    if not main:
        raise RowRefused(say("The role is missing."))
    cell = row.said(Key.ALSO)
    further: Sequence[str] = stored[1:]
    if cell == NOTHING:
        further = ()
    elif cell:
        further = [_role(said, names, stored) for said in value_in(cell, AnswerKind.CHOICES)]
    return (main, *(code for code in dict.fromkeys(further) if code != main))


def _role(said: str, names: RoleNames, stored: Sequence[str]) -> str:
    if said in stored:
        return said  # also a role that the institute has taken off its list since
    codes = names.meant_by(said)
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise RowRefused(
            say(
                "“%(role)s” can mean: %(roles)s. Write which one.",
                role=said[:LONGEST_SHOWN],
                roles="; ".join(names.labels[code] for code in codes),
            )
        )
    raise RowRefused(say("“%(role)s” is not a role of this institute.", role=said[:LONGEST_SHOWN]))


def _details(row: FileRow, stored: Details, state: str, goals: Sequence[str]) -> Details:
    return Details(
        phone=_phone(row, stored.phone, state),
        dietary=_short(_kept(row, Key.DIETARY, stored.dietary), Key.DIETARY),
        access=_short(_kept(row, Key.ACCESS, stored.access), Key.ACCESS),
        goals=_goals(row, stored.goals, goals),
    )


def _kept(row: FileRow, key: Key, stored: str) -> str:
    said = row.said(key)
    return "" if _empties(said, stored) else said or stored


def _phone(row: FileRow, stored: str, state: str) -> str:
    said = _kept(row, Key.PHONE, stored)
    if said == stored:
        return stored
    try:
        # An apostrophe is what a guarded cell keeps when it goes from CSV through Excel to XLSX.
        return international(said.lstrip("'"), state)
    except RegistrationRefused as refused:
        raise RowRefused(refused.message) from refused


def _goals(row: FileRow, stored: tuple[str, ...], goals: Sequence[str]) -> tuple[str, ...]:
    said = row.said(Key.GOALS)
    if not said:
        return stored
    chosen = () if said == NOTHING else tuple(value_in(said, AnswerKind.CHOICES))
    strange = [goal for goal in chosen if goal not in {*goals, *stored}]
    if strange:
        raise RowRefused(
            say("“%(goal)s” is not one of the goals.", goal=strange[0][:LONGEST_SHOWN])
        )
    return chosen


def _yes_no(row: FileRow, key: Key, *, before: bool) -> bool:
    said = row.said(key).casefold()
    if not said:
        return before
    if said in YES or said in NO:
        return said in YES
    raise RowRefused(say("%(column)s: write yes or no.", column=HEADERS[key]))


def _short(text: str, key: Key) -> str:
    if len(text) > LONGEST or not BREAKS.isdisjoint(text):
        raise RowRefused(
            say(
                "%(column)s: use at most %(most)s characters, in one line.",
                column=HEADERS[key],
                most=LONGEST,
            )
        )
    return text


def _labels(codes: Sequence[str], names: RoleNames) -> str:
    return cell_of(tuple(names.labels.get(code, code) for code in codes))
