"""The parts of a programme file: which fields each has.

The JSON Schema is made from these, so that it cannot say anything else than the reader does.
Fields beyond these are allowed everywhere and kept.
"""

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from consortium.people.domain import Side
from events.institutes.domain import Strength
from events.programmes.domain.faults import Place
from events.programmes.domain.paying_shapes import PaymentTermsShape
from events.programmes.domain.place_shapes import PresenterShape, RoomShape, VenueShape
from events.programmes.domain.registration_shapes import (
    QuestionShape,
    RegistrationShape,
    StrandShape,
)
from events.programmes.domain.shape import ClosedShape, Shape
from events.programmes.domain.values import (
    BothEnds,
    Code,
    Count,
    DayOf,
    DueOf,
    Home,
    Label,
    Link,
    Mark,
    MomentOf,
    Name,
    Names,
    Others,
    Places,
    Sides,
    Slug,
    States,
    Text,
    Words,
    Zone,
)


class AdmissionShape(Shape):
    """Which states may send people."""

    home: Home
    """A list of states, or ``all``."""
    except_: Annotated[States, Field(alias="except")] = None
    others: Others = None
    """A list of states, or ``by_request``, or the host's own words."""
    by_request: bool = False
    others_note: Text = ""


class RuleShape(Shape):
    """One rule of the fees, in a shape of its own; amounts end in ``_cents``."""

    code: Words


class FeesShape(Shape):
    """What it costs, in whole cents of US dollars."""

    currency: Annotated[str, Field(pattern="^USD$")] = "USD"
    rules: list[RuleShape] = []


class CapacityShape(Shape):
    """How many places there are. Other numbers become places of that name."""

    people: Places | None = None
    teams: Places | None = None
    visitor_seats: Places | None = None
    guest_seats: Places | None = None
    waitlist: Text = ""


class HostShape(Shape):
    """An organisation that holds the institute, and its part in it."""

    name: Name
    role: Label = ""


class DayShape(Shape):
    """A day of the institute."""

    waits: ClassVar[str] = "date"

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

    waits: ClassVar[str] = "at"

    code: Code
    at: DueOf | None
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
    timezone: Zone | None = None
    """Where its clocks are, if not at the place of the programme."""
    description: Text = ""
    room: Label = ""
    venue: Label = ""
    """Where it is held, if not at the programme's own venue; its room says it by itself."""
    presenters: Names = []
    facilitators: Names = []
    track: Label = ""
    mode: Label = ""
    online_link: Link = ""
    homework: Text = ""
    audience_roles: Names = ["*"]
    audience_sides: Sides = []
    audience_flags: Names = []
    strand: Label = ""
    """The code of a strand: for its followers alone."""
    cohort: Label = ""
    choice_group: Label = ""
    pick: Places = 1
    same_content: Mark = ""
    """What its repeats have in common; ``true``: their title."""
    capacity: Places | None = None
    features: Names = []
    """What its room must have; as ``rooms`` say it."""

    @model_validator(mode="before")
    @classmethod
    def _mark_repeats(cls, said: Any) -> Any:
        if isinstance(said, dict) and isinstance(said.get("same_content"), bool):
            title = said.get("title")
            repeated = said["same_content"] and isinstance(title, str)
            return {**said, "same_content": title if repeated else ""}
        return said


class MeetingShape(SessionShape):
    """One meeting of a cohort; it may have no date yet."""

    id: Code = ""
    title: Label = ""
    kind: Name = "cohort_meeting"
    at: BothEnds = ""
    """Both ends in one: ``2027-10-06T15:30/2027-10-06T17:00``."""


class RankedRoundShape(ClosedShape):
    """A round whose sessions people rank before places in it are given."""

    choice_group: Name
    """The round, as its sessions name it."""
    until: MomentOf
    """Until when people rank, by the clocks of the programme."""
    most: Places | None = None
    """How many sessions one person ranks at most; all of them where it is left out."""
    any_free: bool = True
    """Whether who cannot have a session that they ranked gets one that is free."""

    @classmethod
    def stand_in(cls, name: str, place: Place) -> Any:
        """Return something that fits where the file has a misfit, so that reading can go on."""
        return "1990-01-01T00:00" if name == "until" else super().stand_in(name, place)


class ProgrammeShape(Shape):
    """A programme file."""

    title: Name
    slug: Slug | None = None
    kind: Name = "institute"
    timezone: Zone
    """The IANA zone of the place, e.g. ``America/Chicago``."""
    venue: Label = ""
    summary: Text = ""
    registrant: Text = ""
    hosts: list[HostShape] = []
    days: list[DayShape] = []
    states_admitted: AdmissionShape | None = None
    unit_types: Names = []
    team: TeamShape = TeamShape()
    roles: list[RoleShape] = []
    fees: FeesShape = FeesShape()
    payment_methods: Names = []
    payment_terms: PaymentTermsShape | None = None
    deadlines: list[DeadlineShape] = []
    capacity: CapacityShape = CapacityShape()
    registration: RegistrationShape | None = None
    strands: list[StrandShape] | None = None
    questions: list[QuestionShape] | None = None
    venues: list[VenueShape] | None = None
    rooms: list[RoomShape] | None = None
    presenters: list[PresenterShape] | None = None
    ranked_rounds: list[RankedRoundShape] | None = None
    sessions: list[SessionShape] = []
    cohort_meetings: list[MeetingShape] = []
