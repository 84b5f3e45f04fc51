"""The columns of a list of teams and people, by the words that stand above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from consortium.errors import Refusal
from consortium.words import Sentence, say
from events.questions.domain import QuestionRule
from events.registration.domain.role_names import folded

QUESTION = "Question: "
"""What stands before the code of one of the host's own questions."""
NOTHING = "(nothing)"
"""Written into a cell to empty what is stored; a cell left empty leaves it as it is."""
WHY = "Why it was left out"
"""The column that a list of refused rows has in front; read again, it says nothing."""
EXAMPLE_EMAIL = "pat.example@example.org"
LONGEST_SHOWN = 60


class Key(StrEnum):
    """What a column holds."""

    LEA_ID = auto()
    STATE = auto()
    LEA = auto()
    SITE = auto()
    KIND = auto()
    TEAM_STATUS = auto()
    NAME = auto()
    EMAIL = auto()
    ROLE = auto()
    ALSO = auto()
    SHARED = auto()
    LEADS = auto()
    PHONE = auto()
    DIETARY = auto()
    ACCESS = auto()
    GOALS = auto()
    SEAT_STATUS = auto()
    SEAT_ID = auto()


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: what stands above it, what it means, and how a cell of it looks."""

    key: Key
    header: str
    meaning: Sentence
    example: str = ""
    also: tuple[str, ...] = ()
    """Other words by which it is known."""


COLUMNS: Sequence[Column] = (
    Column(
        key=Key.LEA_ID,
        header="LEA id",
        meaning=say("Seven digits of the national list (NCES), with the zero in front."),
        example="0600001",
        also=("LEAID", "NCES id", "NCES LEA id", "District id"),
    ),
    Column(
        key=Key.STATE,
        header="State",
        meaning=say("The state's two letters. With the LEA's exact name it stands for the id."),
        example="CA",
    ),
    Column(
        key=Key.LEA,
        header="LEA",
        meaning=say("The LEA's name as the national list has it. Not needed where the id stands."),
        example="Example Unified",
        also=("LEA name", "District", "District name"),
    ),
    Column(
        key=Key.SITE,
        header="Site",
        meaning=say("The school, only where each school sends a team of its own."),
        also=("School", "School site"),
    ),
    Column(key=Key.KIND, header="Kind", meaning=say("Team or Visitors. Only to read.")),
    Column(
        key=Key.TEAM_STATUS,
        header="Team status",
        meaning=say("Where the team stands. Only to read: an import does not change it."),
    ),
    Column(
        key=Key.NAME,
        header="Name",
        meaning=say("The person's name as it will stand on the badge."),
        example="Pat Example",
        also=("Person", "Full name", "Participant"),
    ),
    Column(
        key=Key.EMAIL,
        header="E-mail",
        meaning=say("The person's own address. It tells who is who: nobody is named twice."),
        example=EXAMPLE_EMAIL,
        also=("Email", "E-mail address", "Email address"),
    ),
    Column(
        key=Key.ROLE,
        header="Role",
        meaning=say("One of the institute's roles; they are listed below."),
        also=("Office", "Position"),
    ),
    Column(
        key=Key.ALSO,
        header="Further roles",
        meaning=say("More roles that the same person fills, with semicolons between."),
        also=("Further offices", "Also fills"),
    ),
    Column(
        key=Key.SHARED,
        header="Shared",
        meaning=say("yes for a person who serves another LEA's team here too."),
        example="no",
    ),
    Column(
        key=Key.LEADS,
        header="Leads",
        meaning=say(
            "labor or management for someone who leads the team for that side. A new team "
            "without any is led by the first person in it."
        ),
        example="management",
    ),
    Column(
        key=Key.PHONE,
        header="Phone",
        meaning=say("With the country code: +1 609 555 0142."),
        example="+16095550142",
        also=("Telephone", "Phone number", "Mobile"),
    ),
    Column(
        key=Key.DIETARY,
        header="Food",
        meaning=say("Allergies and what the person does not eat."),
        also=("Dietary", "Dietary needs"),
    ),
    Column(
        key=Key.ACCESS,
        header="Access needs",
        meaning=say("A ramp, an interpreter, large print …"),
        also=("Access",),
    ),
    Column(
        key=Key.GOALS,
        header="Goals",
        meaning=say("The consortium's goals the person works on, with semicolons between."),
    ),
    Column(
        key=Key.SEAT_STATUS,
        header="Seat",
        meaning=say("Whether the person was invited or has confirmed. Only to read."),
        also=("Seat status",),
    ),
    Column(
        key=Key.SEAT_ID,
        header="Seat id",
        meaning=say("Comes with an export. Leave it, so that an e-mail address can be corrected."),
    ),
)
HEADERS: Mapping[Key, str] = {column.key: column.header for column in COLUMNS}


class HeaderRefused(Refusal):
    """The first row does not say which column is which."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Which cell of a row is what."""

    keys: Mapping[int, str]
    """A ``Key``, or a question's code after ``QUESTION``, by the column's number from 0."""
    unknown: tuple[str, ...] = ()
    """Headers that mean nothing here; their cells are not read."""

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Return what the row says, by key; a cell that is not there is empty."""
        return {key: row[n] if n < len(row) else "" for n, key in self.keys.items()}


def read_header(row: Sequence[str], questions: Sequence[QuestionRule]) -> Layout:
    """Return the layout. Raises ``HeaderRefused`` naming what is missing or stands there twice."""
    exactly = {QUESTION + question.code: QUESTION + question.code for question in questions}
    known = _known(questions)
    keys: dict[int, str] = {}
    unknown: list[str] = []
    for n, header in enumerate(row):
        key = exactly.get(header.strip()) or known.get(folded(header))
        if key is not None and key in keys.values():
            raise HeaderRefused(
                say("Two columns are called “%(header)s”. Rename one.", header=header.strip()),
                field="file",
            )
        if key is not None:
            keys[n] = key
        elif header.strip() and folded(header) != folded(WHY):
            unknown.append(header.strip()[:LONGEST_SHOWN])
    _check_whole(set(keys.values()))
    return Layout(keys=keys, unknown=tuple(unknown))


def _known(questions: Sequence[QuestionRule]) -> dict[str, str]:
    known = {folded(QUESTION + question.code): QUESTION + question.code for question in questions}
    for column in COLUMNS:
        for word in (column.header, *column.also):
            known[folded(word)] = column.key
    return known


def _check_whole(keys: set[str]) -> None:
    missing = [HEADERS[key] for key in (Key.NAME, Key.EMAIL, Key.ROLE) if key not in keys]
    if Key.LEA_ID not in keys and not {Key.STATE, Key.LEA} <= keys:
        missing.insert(0, say("LEA id (or State and LEA)"))
    if missing:
        raise HeaderRefused(
            say(
                "The first row has to name the columns. These are missing: %(missing)s.",
                missing=", ".join(missing),
            ),
            field="file",
        )
