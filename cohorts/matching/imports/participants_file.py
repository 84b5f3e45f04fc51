"""A file of participants: who may be matched, read strictly and with every fault."""

import re
from collections.abc import Sequence
from pathlib import Path

from cohorts.matching.engine.people import Person
from cohorts.matching.engine.weights import Weights
from consortium.exchange.csv_table import read_table
from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import Sentence, say

COLUMNS = (
    "participant_id", "district_id", "state", "role", "enrollment", "locale", "poverty_pct",
    "goals", "asks", "offers", "languages", "availability", "consent", "max_matches",
    "past_matches", "blocked",
)  # fmt: skip
LEA_COLUMNS = ("state", "enrollment", "locale", "poverty_pct")
MOST_IN_CELL = 100
MOST_MATCHES = 50
MOST_STUDENTS = 10_000_000
LONGEST_ID = 100

_STATE = re.compile("[A-Z]{2}")
_LOCALE = re.compile("[1-4][1-3]")
_WHOLE = re.compile("[0-9]{1,9}")


def read_participants(file: Path, weights: Weights) -> list[Person]:
    """Return the people of a file, in its order. Raises ``FaultyFile`` with every fault."""
    rows = read_table(file, COLUMNS)
    if not rows:
        sentence = say("The file has no participants. Add a row for each of them.")
        raise FaultyFile(file, [Fault(sentence=sentence)])
    reader = _Reader(weights)
    people = [reader.person(line, cells) for line, cells in rows]
    for (line, _), person in zip(rows, people, strict=True):
        reader.check_others(line, person)
    if reader.faults:
        raise FaultyFile(file, reader.faults)
    return people


class _Reader:
    """Reads row after row; what a cell means is worked out once for each text."""

    def __init__(self, weights: Weights) -> None:
        self.faults: list[Fault] = []
        self._roles = frozenset(weights.roles)
        self._seen: dict[str, int] = {}
        self._leas: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._lists: dict[str, tuple[str, ...]] = {}
        self._sets: dict[str, frozenset[str]] = {"": frozenset()}
        self._numbers: dict[tuple[str, int, int], int | None] = {}

    def person(self, line: int, cells: Sequence[str]) -> Person:
        """Return the person of a row; what is wrong with it is among the faults."""
        (id_, lea, state, role, students, locale, poverty, goals, asks, offers, languages, slots,
         consent, most, past, blocked) = cells  # fmt: skip
        self._check_id(line, id_)
        self._check_lea(line, lea, (state, students, locale, poverty))
        if role not in self._roles:
            roles = ", ".join(sorted(self._roles))
            self._fault(
                line,
                say(
                    "The role “%(role)s” is not among those of the weights. Write one of: "
                    "%(roles)s.",
                    role=_short(role),
                    roles=roles,
                ),
            )
        if consent not in {"0", "1"}:
            self._fault(line, say("“consent” is neither 0 nor 1. Write 1 for who agreed."))
        ranked = self._listed(line, "goals", goals)
        if len(set(ranked)) < len(ranked):
            self._fault(line, say("“goals” names a goal twice. Name each goal once."))
        return Person(
            id=id_,
            lea=lea,
            state=state,
            role=role,
            enrollment=self._number(line, "enrollment", students, (0, MOST_STUDENTS)),
            locale=locale,
            poverty=self._number(line, "poverty_pct", poverty, (0, 100)),
            goals=ranked,
            asks=self._set(line, "asks", asks),
            offers=self._set(line, "offers", offers),
            languages=self._set(line, "languages", languages),
            slots=self._set(line, "availability", slots),
            consents=consent == "1",
            most=self._number(line, "max_matches", most, (1, MOST_MATCHES)) or 1,
            never=self._set(line, "past_matches", past) | self._set(line, "blocked", blocked),
        )

    def check_others(self, line: int, person: Person) -> None:
        """Find who is named as past or blocked and stands nowhere in the file, or is the person."""
        if person.id in person.never:
            self._fault(
                line,
                say(
                    "%(id)s stands among their own past or blocked people. Remove the id there.",
                    id=person.id,
                ),
            )
        for id_ in person.never:
            if id_ not in self._seen:
                self._fault(
                    line,
                    say(
                        "“past_matches” or “blocked” names %(id)s, who is not in this file. Remove "
                        "the id, or add a row with consent 0.",
                        id=_short(id_),
                    ),
                )

    def _fault(self, line: int, sentence: Sentence) -> None:
        self.faults.append(Fault(sentence=sentence, line=line))

    def _check_id(self, line: int, id_: str) -> None:
        if not id_ or len(id_) > LONGEST_ID or ";" in id_ or "\n" in id_:
            self._fault(
                line, say("“participant_id” is empty, too long, or holds a “;”. Write a plain id.")
            )
        elif id_ in self._seen:
            self._fault(
                line,
                say(
                    "“participant_id” %(id)s stands in line %(first)s already. Give each person "
                    "an id of their own.",
                    id=id_,
                    first=self._seen[id_],
                ),
            )
        self._seen.setdefault(id_, line)

    def _check_lea(self, line: int, lea: str, facts: tuple[str, str, str, str]) -> None:
        first, known = self._leas.setdefault(lea, (line, facts))
        if first == line:
            state, _, locale, _ = facts
            if not lea or len(lea) > LONGEST_ID:
                self._fault(line, say("“district_id” is empty or too long. Write a plain id."))
            if not _STATE.fullmatch(state):
                self._fault(line, say("“state” is not two capital letters. Write it like NJ."))
            if not _LOCALE.fullmatch(locale):
                self._fault(line, say("“locale” is no NCES code. Write 11 to 13, 21 to 23, … 43."))
        elif known != facts:
            apart = zip(LEA_COLUMNS, known, facts, strict=True)
            self._fault(
                line,
                say(
                    "District %(lea)s has another “%(what)s” here than in line %(first)s. Let all "
                    "its rows agree.",
                    lea=_short(lea),
                    what=next(name for name, one, other in apart if one != other),
                    first=first,
                ),
            )

    def _number(self, line: int, name: str, text: str, within: tuple[int, int]) -> int | None:
        key = (text, *within)
        if key not in self._numbers:
            plain = text.strip()
            value = int(plain) if _WHOLE.fullmatch(plain) and plain.isascii() else -1
            self._numbers[key] = value if within[0] <= value <= within[1] else None
        number = self._numbers[key]
        if number is None:
            self._fault(
                line,
                say(
                    "“%(name)s” is “%(text)s”. Write a whole number from %(least)s to %(most)s.",
                    name=name,
                    text=_short(text),
                    least=within[0],
                    most=within[1],
                ),
            )
        return number

    def _listed(self, line: int, name: str, text: str) -> tuple[str, ...]:
        members = self._lists.get(text)
        if members is None:
            members = tuple(text.split(";"))
            if " " in text or "" in members:
                members = tuple(word for part in members if (word := part.strip()))
            self._lists[text] = members
        if len(members) > MOST_IN_CELL:
            self._fault(
                line,
                say(
                    "“%(name)s” names %(count)s; at most %(most)s are read. Keep the most "
                    "important ones.",
                    name=name,
                    count=f"{len(members):,}",
                    most=MOST_IN_CELL,
                ),
            )
        return members

    def _set(self, line: int, name: str, text: str) -> frozenset[str]:
        known = self._sets.get(text)
        if known is None:
            known = frozenset(self._listed(line, name, text))
            if len(known) <= MOST_IN_CELL:
                self._sets[text] = known
        return known


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_ID else f"{text[:LONGEST_ID]}…"
