"""Peers at an institute that its host cancels."""

from sqlalchemy import select

from cohorts.matching import service as matching
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import PAGE
from tests.events.cancelling.acts import cancel


def waiting() -> list[str]:
    unsent = select(OutboxEmail.subject).where(
        OutboxEmail.settled_at.is_(None), OutboxEmail.about.startswith("introduction:")
    )
    return list(db.session.scalars(unsent))


def test_nobody_is_introduced_matched_or_shown_any_more(ana: Browser, met: Institute) -> None:
    assert len(waiting()) == 3
    assert "Ben" in ana.get(PAGE).text

    cancel(met)

    assert waiting() == []
    assert matching.gather(met.id).questions[0].people == ()
    page = ana.get(PAGE)
    assert page.status_code == 404
    assert "Ben" not in page.text
