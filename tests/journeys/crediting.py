"""Last week's workshop in the demonstration's story, for the pages of credit."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.credit.models import Certificate
from events.credit.service import certificates
from events.institutes import service as institutes

GARDEN, SLUG = "/garden-coast", "partnership-workshop"
OWNER, MEMBER, LEAD = cast.COORDINATOR.key, cast.PARTICIPANT.key, cast.MANAGEMENT_LEAD.key
FILES = frozenset(
    {
        "credit.certificate_file",
        "credit.results_file",
        "credit.staff_file",
        "credit.transcript",
    }
)


def visits_of_credit(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        institute = institutes.get_by_slug(SLUG)
        first, second = db.session.scalars(select(Certificate).order_by(Certificate.number)).all()
        with app.test_request_context(), transaction():
            certificates.withdraw(institute, second.id, why="A test.", by=cast.COORDINATOR.email)
        person_id, paper, token = first.person_id, first.id, first.token
        withdrawn = second.token
    own = f"{GARDEN}/institutes/{SLUG}"
    managed = f"{GARDEN}/manage/institutes/{SLUG}"
    yield ("credit.mine", f"{own}/credit", MEMBER)
    yield ("credit.mine", f"{own}/credit", LEAD)
    yield ("credit.evaluation", f"{own}/evaluation/whole", MEMBER)
    yield ("credit.evaluation", f"{own}/evaluation/whole", MEMBER, {})
    yield ("credit.evaluation", f"{own}/evaluation/whole", LEAD)
    yield ("credit.certificates", f"{GARDEN}/certificates", LEAD)
    yield ("credit.certificates", f"{GARDEN}/certificates", MEMBER)
    yield ("credit.certificate", f"{GARDEN}/certificates/{paper}", LEAD)
    yield ("credit.verify", f"{GARDEN}/verify/{token}")
    yield ("credit.verify", f"{GARDEN}/verify/{withdrawn}")
    yield ("credit.manage", f"{managed}/credit", OWNER)
    yield ("credit.settings", f"{managed}/credit/settings", OWNER)
    yield ("credit.settings", f"{managed}/credit/settings", OWNER, {"signers": "A\nB\nC\nD"})
    yield ("credit.add_rule", f"{managed}/credit/add/illinois", OWNER)
    yield ("credit.add_rule", f"{managed}/credit/add/illinois", OWNER, {"name": "", "cap": "x"})
    yield ("credit.change_rule", f"{managed}/credit/2", OWNER)
    yield ("credit.remove_rule", f"{managed}/credit/2/remove", OWNER)
    yield ("credit.people", f"{managed}/certificates", OWNER)
    yield ("credit.person", f"{managed}/certificates/of/{person_id}", OWNER)
    yield ("credit.withdraw", f"{managed}/certificates/{paper}/withdraw", OWNER)
    yield ("credit.withdraw", f"{managed}/certificates/{paper}/withdraw", OWNER, {"why": ""})
    yield ("credit.attendance", f"{managed}/attendance-questions", OWNER)
    yield ("credit.asked", f"{managed}/evaluation", OWNER)
    yield ("credit.write", f"{managed}/evaluation/whole", OWNER)
    yield ("credit.results", f"{managed}/evaluation/whole/results", OWNER)
    yield ("credit.records", f"{managed}/records", OWNER)
    yield ("credit.records", f"{managed}/records", OWNER, {"reason": ""})
