"""The mail that lets someone in, and those that say what became of their passkeys."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for

from consortium.auth.domain import grouped
from consortium.letters import absolute, letter
from consortium.ports import Email
from consortium.words import say


def sign_in(email: str, *, token: str, code: str) -> Email:
    """Write the mail with the link and the code."""
    return letter(
        "auth/sign_in",
        to=email,
        subject=say("Sign in to Consortium"),
        link=absolute(url_for("auth.link", token=token)),
        code=grouped(code),
    )


def passkey_added(email: str, *, name: str, at: datetime) -> Email:
    """Write that a passkey signs in to this account from now on."""
    return letter(
        "auth/passkey_added",
        to=email,
        subject=say("A passkey was added to your account"),
        name=name,
        at=at,
        account=absolute(url_for("auth.account")),
    )


def passkeys_removed(email: str, *, names: Sequence[str]) -> Email:
    """Write that these passkeys sign in to this account no longer."""
    return letter(
        "auth/passkeys_removed",
        to=email,
        subject=say("A passkey was removed from your account"),
        names=names,
        account=absolute(url_for("auth.account")),
    )
