"""What a file of a programme to be scheduled may say: its names, and what stands behind them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from events.schedule.domain.rooms import MOST_PLACES

FORMAT: Literal["consortium-programme/1"] = "consortium-programme/1"
MOST = 100_000
LONGEST_DAY = 24 * 60

Name = Annotated[str, Field(min_length=1, max_length=200)]
Word = Annotated[str, Field(max_length=200)]
Title = Annotated[str, Field(max_length=500)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Places = Annotated[int, Field(ge=1, le=MOST_PLACES)]
Points = Annotated[int, Field(ge=0, le=1_000)]


class Strict(BaseModel):
    """A part of the file: no names but these, and no value of another kind."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class HoursSaid(Strict):
    """From when to when, on one day."""

    day: Day
    start: Time
    end: Time


class SlotSaid(HoursSaid):
    """A time at which sessions begin and end together."""

    id: Name


class RoomSaid(Strict):
    """A room; open all the time unless it says when."""

    id: Name
    name: Title = ""
    capacity: Places | None = None
    features: list[Name] = []
    venue: Word = ""
    open: list[HoursSaid] = []


class FixedSaid(HoursSaid):
    """What stands fast."""

    id: Word = ""
    title: Title = ""
    room: Word = ""
    presenters: list[Name] = []
    required_roles: list[Name] = []


class PresenterSaid(Strict):
    """When someone cannot present, or when alone this person can."""

    id: Name
    away: list[Name] = []
    available: list[Name] | None = None


class SessionSaid(Strict):
    """A session that needs a slot and a room."""

    id: Name
    title: Title = ""
    minutes: Annotated[int, Field(ge=1, le=LONGEST_DAY)] | None = None
    kind: Word = ""
    track: Word = ""
    presenters: list[Name] = []
    facilitators: list[Name] = []
    features: list[Name] = []
    required_roles: list[Name] = []
    expected: Annotated[int, Field(ge=0, le=MOST_PLACES)] = 0
    capacity: Places | None = None
    same_content: Word = ""
    before: list[Name] = []
    slot: Word = ""
    room: Word = ""


class PersonSaid(Strict):
    """Someone who comes, with the sessions this person would like, the most wanted first."""

    id: Name
    team: Word = ""
    role: Word = ""
    choices: Annotated[list[Name], Field(max_length=1_000)] = []


class WeightsSaid(Strict):
    """What is only wished for, in points of choices."""

    track: Points = 5
    venue: Points = 2
    team: Points = 3


class ProgrammeFile(Strict):
    """The whole file."""

    format: Literal["consortium-programme/1"] = FORMAT
    title: Title = ""
    slots: Annotated[list[SlotSaid], Field(min_length=1, max_length=2_000)]
    rooms: Annotated[list[RoomSaid], Field(min_length=1, max_length=2_000)]
    fixed: Annotated[list[FixedSaid], Field(max_length=2_000)] = []
    presenters: Annotated[list[PresenterSaid], Field(max_length=MOST)] = []
    sessions: Annotated[list[SessionSaid], Field(min_length=1, max_length=5_000)]
    people: Annotated[list[PersonSaid], Field(max_length=MOST)] = []
    weights: WeightsSaid = WeightsSaid()
