"""What a cohort knows of its meetings beyond the programme, and of those who missed one."""

from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment, WallTime
from consortium.tenancy import TenantOwned, linked

ONE_HOMEWORK = "uq_homework_done_team_id_session_id"
ONE_MAKE_UP = "uq_make_up_team_id_person_id_session_id"


class House(StrEnum):
    """Whose house a meeting is held in; sides that alternate meet on each other's ground."""

    LABOR = auto()
    MANAGEMENT = auto()
    BOARD = auto()
    NEUTRAL = auto()


class MakeUpWay(StrEnum):
    """How someone made up for a meeting they missed."""

    SISTER = auto()  # came to the same meeting of another group or cohort: counts as live
    RECORDING = auto()  # watched the recording and handed homework in: flagged, never live


class MeetingFacts(TenantOwned, Base):
    """Whose house a meeting is in, on which day it is held if it snows, and its recording."""

    __tablename__ = "meeting_facts"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("session_id", to="session", cascade=True),
        UniqueConstraint("session_id"),
        CheckConstraint("(snow_starts IS NULL) = (snow_ends IS NULL)", name="snow_day_whole"),
        CheckConstraint("snow_ends IS NULL OR snow_ends > snow_starts", name="snow_day_in_order"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    session_id: Mapped[UUID]
    house: Mapped[House | None]
    house_name: Mapped[str] = mapped_column(default="")
    """What the house is called: the union hall, the board room of Harbor …"""
    snow_starts: Mapped[WallTime | None]
    """Wall time in the meeting's zone of the day kept free for bad weather."""
    snow_ends: Mapped[WallTime | None]
    recording_url: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)


class MeetingGap(TenantOwned, Base):
    """Days on which a cohort does not meet, and why: spring break, holidays, tests."""

    __tablename__ = "meeting_gap"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        CheckConstraint("last_day >= first_day", name="in_order"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]


class HomeworkDone(TenantOwned, Base):
    """That a team handed in the homework of a meeting."""

    __tablename__ = "homework_done"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        linked("session_id", to="session", cascade=True),
        UniqueConstraint("team_id", "session_id", name=ONE_HOMEWORK),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    session_id: Mapped[UUID]
    note: Mapped[str] = mapped_column(default="")
    """What the team says of it, or where it lies."""
    link: Mapped[str] = mapped_column(default="")
    at: Mapped[Moment]
    by: Mapped[str]


class MakeUp(TenantOwned, Base):
    """How a member of a team made up for a meeting they missed."""

    __tablename__ = "make_up"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        linked("session_id", to="session", cascade=True),
        linked("at_session_id", to="session", cascade=True),
        linked("person_id", to="person"),
        UniqueConstraint("team_id", "person_id", "session_id", name=ONE_MAKE_UP),
        CheckConstraint(
            "(way = 'sister') = (at_session_id IS NOT NULL)", name="sister_meeting_named"
        ),
        Index("ix_make_up_person", "tenant_id", "person_id"),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    person_id: Mapped[UUID]
    session_id: Mapped[UUID]
    """The meeting that was missed."""
    way: Mapped[MakeUpWay]
    at_session_id: Mapped[UUID | None]
    """The sister cohort's meeting to which the member went instead."""
    at: Mapped[Moment]
    by: Mapped[str]
