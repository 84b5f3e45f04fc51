"""The pages on which finance enters keys and payers come back to, for the census."""

from collections.abc import Iterator
from typing import Any

from flask import Flask, g
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.invoices.domain.links import token_for
from events.invoices.models import Invoice

HOME = "/garden-coast"
SETTINGS = f"{HOME}/money/settings/cards"
FINANCE = cast.FINANCE.key


def visits_of_cards(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent.

    The invoices are those that the census of payments made.
    """
    yield ("cards.settings", SETTINGS, FINANCE)
    yield ("cards.settings", SETTINGS, FINANCE, {"secret_key": "x", "webhook_secret": ""})
    for token in _tokens(app):
        yield ("cards.done", f"{HOME}/pay/{token}/done", "")


def _tokens(app: Flask) -> list[str]:
    with app.test_request_context():
        tenant = g.tenant = tenants.get_by_slug(cast.GARDEN_COAST)
        with as_tenant(tenant.id):
            told = select(Invoice).where(Invoice.about.like("census:%")).order_by(Invoice.number)
            return [
                token_for(one.id, one.link_version, secret=app.config["SECRET_KEY"])
                for one in db.session.scalars(told)
            ]
