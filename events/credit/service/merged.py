"""What of two records' credit can stay when they become one person."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.merging.service import Moves
from consortium.words import say
from events.credit.models import Certificate, EvaluationPart, LicenceNumber

Theirs = TypeVar("Theirs", LicenceNumber, EvaluationPart)


def merge_people_of_credit(moves: Moves) -> None:
    """Leave one valid certificate, one number of a kind and one answer to an evaluation. Flushes.

    The certificate issued last stays; the other is withdrawn, so that whoever checks it reads why.
    """
    _one_certificate(moves)
    _one_of_each(moves, LicenceNumber, lambda row: row.name)
    _one_of_each(moves, EvaluationPart, lambda row: row.evaluation_id)
    db.session.flush()


def _one_certificate(moves: Moves) -> None:
    rows = db.session.scalars(
        select(Certificate)
        .where(
            Certificate.person_id.in_([moves.kept, moves.gone]),
            Certificate.replaced_at.is_(None),
            Certificate.withdrawn_at.is_(None),
        )
        .order_by(Certificate.issued_at, Certificate.id)
    )
    by_institute: dict[UUID, list[Certificate]] = defaultdict(list)
    for row in rows:
        by_institute[row.institute_id].append(row)
    for certificates in by_institute.values():
        for older in certificates[:-1]:
            moves.change(
                older,
                withdrawn_at=clock.now(),
                withdrawn_why=str(
                    say(
                        "The person was on record twice; %(number)s stands.",
                        number=certificates[-1].number,
                    )
                ),
            )


def _one_of_each(moves: Moves, model: type[Theirs], kind: Callable[[Theirs], object]) -> None:
    """Leave what the kept record has of a kind, and let the other's of the same kind go."""
    rows = db.session.scalars(
        select(model).where(model.person_id.in_([moves.kept, moves.gone]))
    ).all()
    kept = {kind(row) for row in rows if row.person_id == moves.kept}
    for row in rows:
        if row.person_id == moves.gone and kind(row) in kept:
            moves.remove(row)
