"""What tests of the host's questions look at."""

from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium.audit.models import AuditEntry
from consortium.database import db
from events.questions.models import Answer
from events.registration.models import Seat, SeatStatus
from tests.events.registration.routes.pages import value


def said() -> dict[str, Any]:
    answers = db.session.scalars(select(Answer).order_by(Answer.answered_at, Answer.id))
    return {str(answer.question_id): answer.value for answer in answers}


def confirm(seat: Seat, status: SeatStatus = SeatStatus.CONFIRMED) -> None:
    seat.status = status
    db.session.commit()


def sent(page: TestResponse, **values: Any) -> dict[str, Any]:
    return {"action_key": value(page, "action_key"), "name": "Ada", **values}


def last_act() -> AuditEntry:
    newest = select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    return db.session.scalars(newest).first()  # type: ignore[return-value]
