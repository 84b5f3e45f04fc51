"""Lists as coordinators write them, for tests."""

import csv
import io
from collections.abc import Sequence

from sqlalchemy import select

from consortium.database import db
from events.bulk import imports
from events.bulk.domain.lines import Plan, seen_by_row
from events.bulk.service import importing
from events.bulk.service.answers import asked_at
from events.institutes.models import Institute
from events.registration.models import Team
from events.registration.service import Editor

HEADER = ("LEA id", "Name", "E-mail", "Role")
PAT = ("3400001", "Pat Lee", "pat@oak.example.org", "Superintendent")
KIM = ("3400001", "Kim Day", "kim@oak.example.org", "Assoc. president")
BO = ("3400002", "Bo Ek", "bo@elm.example.org", "Superintendent")
EDITOR = Editor(email="casey@example.org", coordinates=True)


def csv_of(*rows: Sequence[str], header: Sequence[str] = HEADER) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([header, *rows])
    return file.getvalue().encode()


def listed(institute: Institute, content: bytes, *, register: bool = False) -> importing.Listed:
    sheet = imports.read(content, asked_at(institute).rules)
    return importing.listed(institute, sheet.rows, register=register)


def previewed(institute: Institute, content: bytes, *, register: bool = False) -> Plan:
    return importing.preview(listed(institute, content, register=register))


def bring(
    institute: Institute, content: bytes, *, register: bool = False, seen: str | None = None
) -> Plan:
    """Bring the list in as the page does, without its transactions."""
    given = listed(institute, content, register=register)
    shown = importing.preview(given).seen if seen is None else seen
    numbers = seen_by_row([row.number for row in given.rows], shown)
    done = []
    for key in given.groups:
        brought = importing.bring(given, key, numbers, EDITOR)
        if importing.wants_submitting(brought):
            brought = importing.submit(brought, EDITOR)
        done.append(brought.plan)
    return Plan(teams=tuple(done), astray=tuple(given.astray))


def effects(plan: Plan) -> list[str]:
    return [line.effect.value for line in plan.lines]


def faults(plan: Plan) -> list[str]:
    return [line.fault for line in plan.lines]


def teams() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    found = db.session.scalars(select(Team).order_by(Team.name))
    return [
        (
            team.name,
            team.status.value,
            [(seat.name, seat.person.email, seat.role_code) for seat in team.active_seats],
        )
        for team in found
    ]
