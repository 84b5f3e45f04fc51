"""What a host asks after an institute, what was answered, and, apart from it, who has answered.

No column leads from an answer to a person: the rows have random ids and no moment, and neither
the act's record nor a form's key says what was answered.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked

ONE_EVALUATION = "uq_evaluation_institute_id_about"
ONE_ANSWER_EACH = "uq_evaluation_part_evaluation_id_person_id"


class Evaluation(TenantOwned, Base):
    """The questions that people are asked when the institute, a day or a session is over."""

    __tablename__ = "evaluation"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "about", name=ONE_EVALUATION),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    about: Mapped[str] = mapped_column(default="")
    """Empty for the whole institute; ``day:2019-11-14`` or ``session:<code>`` for a part of it."""
    questions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """As ``domain.evaluations`` reads them."""
    rates_sessions: Mapped[bool] = mapped_column(default=False)
    """Whether people may also rate each session they were in."""
    closes_on: Mapped[date | None]
    """The last day for answers; empty: it stays open."""
    by_mail: Mapped[bool] = mapped_column(default=True)
    """Whether those who were there are asked by mail when it opens, and once more later."""
    reminded_at: Mapped[Moment | None]
    """When those who had not answered were last reminded."""
    version: Mapped[int] = mapped_column(default=1)


class EvaluationPart(TenantOwned, Base):
    """That a person has answered, and nothing of what."""

    __tablename__ = "evaluation_part"
    __more_table_args__ = (
        linked("evaluation_id", to="evaluation", cascade=True),
        linked("person_id", to="person"),
        UniqueConstraint("evaluation_id", "person_id", name=ONE_ANSWER_EACH),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    evaluation_id: Mapped[UUID]
    person_id: Mapped[UUID]


class EvaluationAnswer(TenantOwned, Base):
    """One person's answers, and nothing of whose they are."""

    __tablename__ = "evaluation_answer"
    __more_table_args__ = (linked("evaluation_id", to="evaluation", cascade=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    evaluation_id: Mapped[UUID]
    said: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """By the question's code: a number from 1 to 5, the option chosen, or a text."""
