"""People with passkeys, as the pages know them."""

from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from consortium.auth.models import Passkey
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from tests.browser import Browser
from tests.consortium.auth.authenticator import Authenticator

ADD, SIGN_IN, PROVE = "/account/passkeys", "/sign-in/passkey", "/second-factor/passkey"


def browser(app: Flask) -> Browser:
    """Return another browser."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


def names() -> list[str]:
    """Return what the passkeys are called, oldest first."""
    return list(db.session.scalars(select(Passkey.name).order_by(Passkey.created_at, Passkey.id)))


def options(client: Browser, where: str) -> Any:
    """Return what the page's script is told."""
    answer = client.post(f"{where}/options")
    assert answer.status_code == 200, answer.location
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json


def add(client: Browser, device: Authenticator, **lies: Any) -> Passkey:
    """Add this device's passkey to the account of whoever is signed in here."""
    answer = client.post(ADD, data={"credential": device.make(options(client, ADD), **lies)})
    assert answer.location.startswith(f"{ADD}/"), answer.text
    return db.session.get_one(Passkey, UUID(answer.location.removeprefix(f"{ADD}/")))


def sign_in(client: Browser, device: Authenticator, **lies: Any) -> Any:
    """Answer the sign-in page with this device's passkey."""
    said = device.prove(options(client, SIGN_IN), **lies)
    return client.post(SIGN_IN, data={"credential": said})


def who(client: Browser) -> str:
    """Return who this browser is signed in as."""
    page = client.get("/sign-in").text
    return page.split("signed in as ")[1].split(" now")[0] if "You are signed in as" in page else ""


def mails(email: str) -> list[str]:
    """Return the subjects of the mails to an address."""
    promised = select(OutboxEmail.subject).where(OutboxEmail.to == email)
    return list(db.session.scalars(promised.order_by(OutboxEmail.promised_at, OutboxEmail.id)))
