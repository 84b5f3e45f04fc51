"""A list of a school's or an LEA's staff, row by row: whom a survey asks, and in which groups."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from cohorts.surveys.domain.places import GROUP_WORDS, USUAL_SIDE, Listed, RoleGroup
from cohorts.surveys.domain.rules import SurveyRefused
from consortium.errors import Refusal
from consortium.people.domain import SIDE_WORDS, Side, normalise_email
from consortium.words import Sentence, say

MOST = 5_000
LONGEST = 120
SHOWN = 50
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


class Column(StrEnum):
    """What a column holds."""

    NAME = auto()
    EMAIL = auto()
    SCHOOL = auto()
    ROLE = auto()
    SIDE = auto()


HEADERS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("Name", "Full name", "Person", "Staff member"),
    Column.EMAIL: ("E-mail", "Email", "E-mail address", "Work e-mail"),
    Column.SCHOOL: ("School", "Site", "Building", "School name"),
    Column.ROLE: ("Role group", "Role", "Position", "Job"),
    Column.SIDE: ("Side",),
}
NEEDED = (Column.NAME, Column.EMAIL, Column.ROLE)

OTHER_WORDS: Mapping[RoleGroup, tuple[str, ...]] = {
    RoleGroup.TEACHER: ("teacher", "teachers", "certificated", "counselor", "librarian", "nurse"),
    RoleGroup.SUPPORT_STAFF: ("esp", "classified", "support", "paraprofessional", "support staff"),
    RoleGroup.UNION_REP: ("rep", "union rep", "building rep", "site representative", "steward"),
    RoleGroup.UNION_LEADER: ("union president", "association president", "union leader"),
    RoleGroup.PRINCIPAL: ("principal", "assistant principal", "supervisor", "administrator"),
    RoleGroup.DISTRICT_ADMIN: ("superintendent", "cabinet", "district office", "central office"),
    RoleGroup.BOARD: ("board", "board member", "school committee"),
    RoleGroup.OTHER: ("other",),
}
SIDES = (Side.LABOR, Side.MANAGEMENT, Side.GOVERNANCE, Side.COMMUNITY, Side.OTHER)


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """One row that cannot be taken, and what to mend in it."""

    number: int
    sentence: str


class ListRefused(SurveyRefused):
    """Nothing of the list was taken; ``faults`` say what to mend, row by row."""

    def __init__(self, message: str, faults: Sequence[RowFault] = ()) -> None:
        super().__init__(message, field="file")
        self.faults = tuple(faults)


def folded(text: str) -> str:
    """Return words as they are compared: small letters and digits."""
    return _NOT_A_LETTER.sub(" ", text.casefold()).strip()


_COLUMNS = {folded(words): column for column, every in HEADERS.items() for words in every}
_GROUPS = {
    folded(words): group
    for group in RoleGroup
    for words in (group.value, GROUP_WORDS[group], *OTHER_WORDS[group])
}
_SIDES = {
    **{folded(words): side for side in SIDES for words in (side.value, SIDE_WORDS[side])},
    "union": Side.LABOR,
    "board": Side.GOVERNANCE,
    "admin": Side.MANAGEMENT,
    "none": Side.OTHER,
}


def read_list(rows: Iterable[tuple[int, Sequence[str] | Refusal]]) -> list[Listed]:
    """Return the people of a list, its header row first.

    Raises ``ListRefused`` with every fault: a list is taken as a whole or not at all, so that
    nobody wonders later who is missing.
    """
    every = list(rows)
    if not every:
        raise ListRefused(say("The list is empty."))
    header = every[0][1]
    if isinstance(header, Refusal):
        raise ListRefused(header.message)
    columns = _columns(header)
    if len(every) - 1 > MOST:
        raise ListRefused(say("The list has more than %(n)s rows. Split it.", n=f"{MOST:,}"))
    found: list[Listed] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for number, row in every[1:]:
        try:
            if isinstance(row, Refusal):
                raise row
            one = _read(row, columns)
            if one.email in seen:
                raise SurveyRefused(
                    say("The address stands in row %(row)s already.", row=seen[one.email])
                )
            seen[one.email] = number
            found.append(one)
        except Refusal as refusal:
            faults.append(RowFault(number=number, sentence=refusal.message))
    if faults:
        raise ListRefused(_how_many(len(faults)), faults[:SHOWN])
    if not found:
        raise ListRefused(say("The list names nobody below its header row."))
    return found


def read_listed(name: str, email: str, school: str, role: str, side: str) -> Listed:
    """Return one person as they are asked. Raises ``SurveyRefused`` or ``NotAnAddress``."""
    if not name:
        raise SurveyRefused(say("The name is missing."), field="name")
    if max(len(name), len(school)) > LONGEST:
        raise SurveyRefused(
            say("A name or school is longer than %(n)s characters.", n=LONGEST), field="name"
        )
    group = _GROUPS.get(folded(role))
    if group is None:
        raise SurveyRefused(
            say(
                "“%(role)s” is no role group. Write one of: %(known)s.",
                role=role[:60],
                known=", ".join(GROUP_WORDS.values()),
            ),
            field="group",
        )
    return Listed(
        name=name,
        email=normalise_email(email),
        school=school,
        group=group,
        side=_side(side, group),
    )


def _side(text: str, group: RoleGroup) -> Side:
    if not text:
        return USUAL_SIDE[group]
    side = _SIDES.get(folded(text))
    if side is None:
        raise SurveyRefused(
            say(
                "“%(side)s” is no side. Write labor, management or governance, or leave it empty.",
                side=text[:60],
            ),
            field="side",
        )
    return side


def _columns(header: Sequence[str]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for n, words in enumerate(header):
        column = _COLUMNS.get(folded(words))
        if column is None:
            continue
        if column in found:
            raise ListRefused(say("Two columns say “%(what)s”. Keep one.", what=HEADERS[column][0]))
        found[column] = n
    missing = [HEADERS[column][0] for column in NEEDED if column not in found]
    if missing:
        raise ListRefused(
            say(
                "The first row does not name these columns: %(missing)s. Name the columns there.",
                missing=", ".join(missing),
            )
        )
    return found


def _read(row: Sequence[str], columns: Mapping[Column, int]) -> Listed:
    def cell(column: Column) -> str:
        n = columns.get(column)
        return row[n].strip() if n is not None and n < len(row) else ""

    return read_listed(*(cell(column) for column in Column))


def _how_many(faults: int) -> Sentence:
    if faults == 1:
        return say("One row cannot be taken, so nothing was. Mend it and choose the list again.")
    return say(
        "%(n)s rows cannot be taken, so nothing was. Mend them and choose the list again.", n=faults
    )
