"""The pages of applications, pledges and invitations in the demonstration's story."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.intake.models import Application

GARDEN = "/garden-coast"
MANAGE = f"{GARDEN}/manage"


def visits_of_intake(app: Flask, owner: str) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        found = db.session.scalars(select(Application).order_by(Application.created_at)).all()
        signed, draft = (f"{GARDEN}/applications/{one.id}" for one in (found[0], found[-1]))
        sent = db.session.scalars(select(OutboxEmail).order_by(OutboxEmail.promised_at)).all()
        links = {
            kind: next(
                link[0] for mail in sent if (link := re.search(rf"{GARDEN}/{kind}/\S+", mail.text))
            )
            for kind in ("pledges", "invited")
        }
    managed, circle = f"{MANAGE}/institutes/winter-academy", f"{MANAGE}/institutes/roundtable"
    apply = f"{GARDEN}/institutes/winter-academy/apply"
    yield ("intake.apply", apply, owner)
    yield ("intake.apply", apply, owner, {"name": ""})
    for path in (signed, draft):
        yield ("intake.application", path, owner)
        yield ("intake.statement", f"{path}/statement", owner)
        yield ("intake.leader", f"{path}/leaders/superintendent", owner)
        yield ("intake.withdraw", f"{path}/withdraw", owner)
    yield ("intake.leader", f"{draft}/leaders/superintendent", owner, {"email": "nobody"})
    yield ("intake.pledge", links["pledges"])
    yield ("intake.applications", f"{managed}/applications", owner)
    yield ("intake.applications", f"{managed}/applications?state=XX", owner)
    yield ("intake.begin_late", f"{managed}/applications/late", owner)
    yield ("intake.selection", f"{managed}/selection", owner)
    yield ("intake.decide", f"{managed}/selection/decide", owner)
    for part in ("mix", "pledges"):
        yield (f"intake.{part}", f"{managed}/{part}", owner)
    yield ("intake.mix", f"{managed}/mix?by=size", owner, {"places": ""})
    yield ("intake.letters", f"{managed}/letters", owner)
    yield ("intake.letter", f"{managed}/letters/selected", owner)
    yield ("intake.letter", f"{managed}/letters/selected", owner, {"text": "Dear {nmae}"})
    yield ("intake.invitations", f"{circle}/invitations", owner)
    yield ("intake.invite", f"{circle}/invitations/new", owner)
    yield ("intake.invite", f"{circle}/invitations/new", owner, {})
    yield ("intake.paste_invitations", f"{circle}/invitations/paste", owner)
    yield (
        "intake.paste_invitations",
        f"{circle}/invitations/paste",
        owner,
        {"lines": "nobody, a@b.org"},
    )
    yield ("intake.invited", links["invited"])
