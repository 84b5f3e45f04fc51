"""A test client that behaves like a strict browser and checks house style on every page."""

from typing import Any

from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consortium.auth import service as auth
from consortium.database import db, transaction
from consortium.people import service as people
from tests.house_style import check_house_style


class Browser(FlaskClient):
    """Forgets what a request left uncommitted, as production would, and reads every page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g):  # one context spans the test: what the last request knew must go
            g.pop(name)
        response = super().open(*args, **kwargs)
        db.session.rollback()
        shown = response.mimetype == "text/html" and response.data  # HEAD shows nothing
        if shown and response.status_code not in {301, 302, 303, 308}:
            check_house_style(response.text)
        return response

    def sign_in(self, email: str) -> None:
        """Sign in as this address without the mail."""
        with transaction():
            token = auth.begin_session(people.identity_for(email))
        with self.session_transaction() as session:
            auth.remember(session, token)
