"""The mail that lets someone in."""

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
