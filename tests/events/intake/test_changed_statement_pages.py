"""What the pages say of an application that changed after its leaders signed."""

from typing import Any

from consortium import clock
from consortium.database import db
from events.intake.models import Application
from tests.browser import Browser
from tests.events.intake.season import BEFORE_CLOSING, address, link_of, pledge_of, read, write
from tests.events.intake.test_changed_statement import application, institute
from tests.events.registration.routes.pages import words

__all__ = ["application", "institute"]


def test_pages_say_that_it_changed_and_take_the_signature_back(
    application: Application, client: Browser, frozen: Any
) -> None:
    lea = application.lea
    client.sign_in(address(lea))
    statement = f"/lakeshore/applications/{application.id}/statement"
    assert "Leaders have signed" in words(client.get(statement))
    frozen(BEFORE_CLOSING)
    write(application, lea, statement="Something else.")
    assert "before the last change" in words(
        client.get(f"/lakeshore/applications/{application.id}")
    )
    pledge_of(application, "superintendent").undelivered_at = clock.now()
    db.session.commit()
    assert "The mail about the change came back." in words(
        client.get(f"/lakeshore/applications/{application.id}")
    )

    path = f"/lakeshore/pledges/{link_of(lea, 'superintendent')}"
    client.sign_in(address(lea, "superintendent"))
    assert "The application has changed since you signed" in words(client.get(path))
    client.post(path, data={"decline-reason": "Not like this."})

    assert read(application).signed == []
    page = words(client.get(path))
    assert "You have said that you do not sign." in page
    assert "has changed since you signed" not in page
