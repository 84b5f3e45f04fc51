"""A run of peer matching and the pairs it made."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.matching.domain.rounds import Source
from consortium.database import Base, Id, Json, Moment, only
from consortium.tenancy import TenantOwned, linked

ONE_PAIR = "uq_peer_match_run_id_first_id_second_id"
ONE_DRAFT = "uq_match_run_one_draft_per_institute"


class MatchRun(TenantOwned, Base):
    """Peers found once for an institute: a draft until it is published, one draft at a time.

    People keep seeing the peers of every published run; no later run repeats a pair.
    """

    __tablename__ = "match_run"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("other_id", to="institute"),
        Index("ix_match_run_institute", "tenant_id", "institute_id", "ran_at"),
        Index(ONE_DRAFT, "institute_id", unique=True, **only("published_at IS NULL")),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    source: Mapped[Source] = mapped_column(default=Source.FOUND, server_default=Source.FOUND)
    other_id: Mapped[UUID | None]
    """The institute whose people these are matched with, where a round is between two; it may be
    the same one, whose groups then are two."""
    own_group: Mapped[str] = mapped_column(default="", server_default="")
    """The group of the institute that takes part; empty: everyone."""
    other_group: Mapped[str] = mapped_column(default="", server_default="")
    two_sided: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether each pair waits until both have accepted it; settled when it is published."""
    ran_at: Mapped[Moment]
    ran_by: Mapped[str]
    published_at: Mapped[Moment | None]
    each: Mapped[int]
    """How many peers a person gets at most."""
    people: Mapped[int]
    """How many took part."""
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Person id, and the template and values of the sentence that says why there is nobody."""
    late: Mapped[bool] = mapped_column(default=False)
    """Whether it adds peers for late joiners to the runs published before."""
    weight: Mapped[int] = mapped_column(default=0)
    """What all its pairs count together."""
    bound: Mapped[int | None]
    """Proven: no matching of these people counts more. Empty where only changes were made."""
    changes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Beside the draft before: how many pairs were ``kept``, which are ``gone`` and ``new``, and
    which locked pairs the rules do not allow any more (``unkept``)."""

    matches: Mapped[list["PeerMatch"]] = relationship(
        cascade="all, delete-orphan", back_populates="run"
    )


class PeerMatch(TenantOwned, Base):
    """Two people of different LEAs (or sites) who should meet; ``first_id`` < ``second_id``.

    They are persons, not seats: a pair is a pair again at the next institute, and when someone
    gives a seat back and takes another.
    """

    __tablename__ = "peer_match"
    __more_table_args__ = (
        linked("run_id", to="match_run", cascade=True),
        linked("first_id", to="person"),
        linked("second_id", to="person"),
        UniqueConstraint("run_id", "first_id", "second_id", name=ONE_PAIR),
        Index("ix_peer_match_second", "tenant_id", "second_id"),
        Index("ix_peer_match_first", "tenant_id", "first_id"),
        CheckConstraint("first_id < second_id", name="first_before_second"),
        Index("ix_peer_match_introduced", "tenant_id", "introduced_at"),
    )

    id: Mapped[Id]
    run_id: Mapped[UUID]
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
    score: Mapped[int]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Sentence templates with their values and whom they address, most telling first."""
    terms: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """What the score is the sum of, by the names of the terms."""
    first_accepted_at: Mapped[Moment | None]
    second_accepted_at: Mapped[Moment | None]
    introduced_at: Mapped[Moment | None]
    """From when on each sees what the other shares. Empty in a draft, and while one of the two has
    not accepted."""
    ended_at: Mapped[Moment | None]
    """When one of the two declined the other: neither sees the other from then on."""

    run: Mapped[MatchRun] = relationship(back_populates="matches")


class Disclosure(TenantOwned, Base):
    """Whose contact was shown to whom, when, and which fields: the person can see it."""

    __tablename__ = "disclosure"
    __more_table_args__ = (
        linked("of_person_id", to="person"),
        linked("to_person_id", to="person"),
        Index("ix_disclosure_of", "tenant_id", "of_person_id"),
    )

    id: Mapped[Id]
    of_person_id: Mapped[UUID]
    to_person_id: Mapped[UUID]
    institute_id: Mapped[UUID]
    fields: Mapped[list[str]] = mapped_column(Json)
    form: Mapped[str]
    """page, vcard or csv."""
    at: Mapped[Moment]
