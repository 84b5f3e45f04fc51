"""The parts of a programme file: which fields each has, and what a field may hold.

The JSON Schema is made from these, so that it cannot say anything else than the reader does.
Fields beyond these are allowed everywhere and kept.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from consortium.people.domain import Side
from consortium.words import say
from events.institutes.domain import Strength
from events.programmes.domain.faults import Place
from events.programmes.domain.moments import NotAMoment, Said, said, said_day

LONGEST_LABEL = 200
LONGEST_CODE = 60
MOST_PLACES = 1_000_000
_CODE = r"^[A-Za-z0-9][A-Za-z0-9._:-]*$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _one_line(text: str) -> str:
    if "\n" in text or "\r" in text or "\t" in text:
        raise PydanticCustomError(
            "one_line", str(say("This must be one line. Take out the line breaks and tabs."))
        )
    return text


def _code(text: str) -> str:
    if not re.fullmatch(_CODE, text):
        raise PydanticCustomError(
            "code",
            str(say("This is a short name without spaces. Use letters, digits, “-” and “_”.")),
        )
    return text


def _day(value: Any) -> date:
    try:
        return said_day(_text(value))
    except NotAMoment as error:
        raise PydanticCustomError("day", "{why}", {"why": str(error)}) from error


def _moment(value: Any) -> Said:
    try:
        return said(_text(value))
    except NotAMoment as error:
        raise PydanticCustomError("moment", "{why}", {"why": str(error)}) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "text")
    return value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Label: TypeAlias = Annotated[str, Field(max_length=LONGEST_LABEL), AfterValidator(_one_line)]
Name: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=LONGEST_LABEL), AfterValidator(_one_line)
]
Code: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_CODE, json_schema_extra={"pattern": _CODE}),
    AfterValidator(_code),
]
DayOf: TypeAlias = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})
]
MomentOf: TypeAlias = Annotated[
    Said,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:00)?(Z|[+-]\d{2}:\d{2})?)?$",
            "description": "2017-06-20 or 2017-06-20T09:00, wall time in the institute's zone; "
            "an offset makes it an instant.",
        }
    ),
]
Slug: TypeAlias = Annotated[str, Field(pattern=_SLUG, max_length=LONGEST_CODE)]
Places: TypeAlias = Annotated[int, Field(ge=1, le=MOST_PLACES)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=MOST_PLACES)]
Names: TypeAlias = Annotated[
    list[Name],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]

_STATES = WithJsonSchema(
    {
        "anyOf": [
            {"type": "null"},
            {"type": "string"},
            {
                "type": "array",
                "items": {"type": "string", "pattern": "^([A-Z]{2}|foreign:[A-Z]{2})$"},
            },
        ]
    }
)


class Shape(BaseModel):
    """An object of the file. Strict: ``"5"`` is no number, ``0`` is no date."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True, arbitrary_types_allowed=True)

    together: ClassVar[frozenset[str]] = frozenset()
    """Fields that mean nothing without each other."""

    @classmethod
    def needed(cls) -> frozenset[str]:
        """Name the fields that cannot be left out."""
        return frozenset(name for name, field in cls.model_fields.items() if field.is_required())

    @classmethod
    def stand_in(cls, name: str, place: Place) -> Any:
        """Return something that fits where the file has a misfit, so that reading can go on."""
        return _STAND_INS.get(name, f"{name}-{place[-1]}")


_STAND_INS: Mapping[str, Any] = {
    "side": Side.OTHER,
    "strength": Strength.OPTIONAL,
    "date": None,
    "at": None,
}


class AdmissionShape(Shape):
    """Which states may send people."""

    home: Annotated[Any, _STATES]
    """A list of states, or ``all``."""
    except_: Annotated[Any, _STATES, Field(alias="except")] = None
    others: Annotated[Any, _STATES] = None
    """A list of states, or ``by_request``, or the host's own words."""
    by_request: bool = False
    others_note: str = ""


class RuleShape(Shape):
    """One rule of the fees, in a shape of its own; amounts end in ``_cents``."""

    code: Name


class FeesShape(Shape):
    """What it costs, in whole cents of US dollars."""

    currency: Annotated[str, Field(pattern="^USD$")] = "USD"
    rules: list[RuleShape] = []


class CapacityShape(Shape):
    """How many places there are. Other numbers become places of that name."""

    people: Places | None = None
    teams: Places | None = None
    visitor_seats: Places | None = None
    waitlist: str = ""


class HostShape(Shape):
    """An organisation that holds the institute, and its part in it."""

    name: Name
    role: Label = ""


class DayShape(Shape):
    """A day of the institute."""

    date: DayOf | None
    """``null``: not set yet."""
    label: Label = ""
    optional: bool = False
    audience_flags: list[Name] = []


class TeamShape(Shape):
    """What makes a team, roles apart."""

    gate: Label = "ideal"
    min_people: Count = 1
    max_people: Places | None = None


class RoleShape(Shape):
    """How many of one role a team brings, and how strongly that is meant."""

    code: Code
    label: Name
    side: Annotated[Side, Field(strict=False)]
    min: Count = 0
    max: Count | None = None
    strength: Annotated[Strength, Field(strict=False)]
    waiver: Label = ""
    warning: Label = ""
    applies_to: Names = []


class DeadlineShape(Shape):
    """A date by which something must have happened."""

    code: Code
    at: MomentOf | None
    """``null``: not set yet."""
    what: Label = ""


class SessionShape(Shape):
    """One item of the programme."""

    together: ClassVar[frozenset[str]] = frozenset({"start", "end", "at"})

    id: Code
    title: Name
    kind: Name = "plenary"
    start: MomentOf | None = None
    end: MomentOf | None = None
    description: str = ""
    room: Label = ""
    mode: Label = ""
    online_link: Annotated[str, Field(max_length=2_000), AfterValidator(_one_line)] = ""
    homework: str = ""
    audience_roles: Names = ["*"]
    audience_flags: Names = []
    cohort: Label = ""
    choice_group: Label = ""
    pick: Places = 1
    same_content: Label = ""
    capacity: Places | None = None


class MeetingShape(SessionShape):
    """One meeting of a cohort; it may have no date yet."""

    id: Code = ""
    title: Label = ""
    kind: Name = "cohort_meeting"
    at: Label = ""
    """Both ends in one: ``2027-10-06T15:30/2027-10-06T17:00``."""


class ProgrammeShape(Shape):
    """A programme file."""

    title: Name
    slug: Slug | None = None
    kind: Name = "institute"
    timezone: Name
    """The IANA zone of the place, e.g. ``America/Chicago``."""
    venue: Label = ""
    summary: str = ""
    registrant: str = ""
    hosts: list[HostShape] = []
    days: list[DayShape] = []
    states_admitted: AdmissionShape | None = None
    unit_types: Names = []
    team: TeamShape = TeamShape()
    roles: list[RoleShape] = []
    fees: FeesShape = FeesShape()
    payment_methods: Names = []
    deadlines: list[DeadlineShape] = []
    capacity: CapacityShape = CapacityShape()
    sessions: list[SessionShape] = []
    cohort_meetings: list[MeetingShape] = []
