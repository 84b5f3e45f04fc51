"""A host's own questions to teams and people, and the answers."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked
from events.questions.domain import AnswerKind, QuestionRule, Scope, Value

CODE_TAKEN = "uq_question_institute_id_code"
ONE_ANSWER = "uq_answer_one_per_question"


class Question(TenantOwned, Base):
    """One question of an institute."""

    __tablename__ = "question"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "code", name=CODE_TAKEN),
        CheckConstraint("shown_if_code IS NULL OR shown_if_code <> code", name="not_of_itself"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    code: Mapped[str]
    """Its column in imports and exports; does not change once it was answered."""
    label: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    scope: Mapped[Scope]
    kind: Mapped[AnswerKind]
    options: Mapped[list[str]] = mapped_column(Json, default=list)
    role_codes: Mapped[list[str]] = mapped_column(Json, default=list)
    """Who of the people is asked; empty means everyone."""
    required: Mapped[bool] = mapped_column(default=False)
    shown_if_code: Mapped[str | None]
    """Asked only after another question of the same scope was answered so."""
    shown_if_values: Mapped[list[str]] = mapped_column(Json, default=list)
    sensitive: Mapped[bool] = mapped_column(default=False)
    """Need to know: event staff alone read it, and no lead does."""
    keep_until: Mapped[date | None]
    """After this day its answers are deleted; None: so many days after the institute
    (``domain.rules``), which follows when its dates move."""
    position: Mapped[int]
    retired_at: Mapped[Moment | None]
    """No longer asked; its answers stay until their date."""
    version: Mapped[int] = mapped_column(default=1)

    @property
    def rule(self) -> QuestionRule:
        """The question as a value."""
        return QuestionRule(
            code=self.code,
            label=self.label,
            hint=self.hint,
            scope=self.scope,
            kind=self.kind,
            options=tuple(self.options),
            role_codes=tuple(self.role_codes),
            required=self.required,
            shown_if_code=self.shown_if_code,
            shown_if_values=tuple(self.shown_if_values),
            sensitive=self.sensitive,
            keep_until=self.keep_until,
        )


class Answer(TenantOwned, Base):
    """What a team or a person answered to one question."""

    __tablename__ = "answer"
    __more_table_args__ = (
        linked("question_id", to="question", cascade=True),
        linked("file_id", to="stored_file"),
        UniqueConstraint("question_id", "of_id", name=ONE_ANSWER),
        Index("ix_answer_of", "tenant_id", "of_id"),
    )

    id: Mapped[Id]
    question_id: Mapped[UUID]
    of_id: Mapped[UUID]
    """The team or the seat that answers; a seat's answers end with its holder."""
    value: Mapped[Any] = mapped_column(Json)
    """Text, a list of options, a number as text, an ISO date; a file's name."""
    file_id: Mapped[UUID | None]
    answered_by: Mapped[str]
    answered_at: Mapped[Moment]

    @property
    def said(self) -> Value:
        """The answer as the rules know it."""
        return tuple(self.value) if isinstance(self.value, list) else str(self.value)
