"""A calendar address that ends by itself, or by an operator's hand."""

from click.testing import CliRunner
from sqlalchemy import select

from consortium.calendar import service as feeds
from consortium.calendar.commands import feed
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person

SECRET = "only-for-tests-" + "x" * 32


def test_who_has_another_role_subscribes_again_and_is_told_so(lead: Person) -> None:
    with transaction():
        feeds.end_feed(lead.id)
    assert db.session.scalars(select(OutboxEmail)).all() == []
    made = feeds.feed_of(lead, secret=SECRET, by=lead.email)
    token = feeds.find_token(made, secret=SECRET) or ""

    with transaction():
        feeds.end_feed(lead.id)

    assert feeds.find_person_by_token(token) is None
    (mail,) = db.session.scalars(select(OutboxEmail))
    assert (mail.to, mail.subject) == (lead.email, "Please subscribe to your calendar again")
    assert "http://localhost/lakeshore/calendar" in mail.text


def test_an_operator_gives_an_address_a_new_one(lead: Person) -> None:
    made = feeds.feed_of(lead, secret=SECRET, by=lead.email)
    token = feeds.find_token(made, secret=SECRET) or ""
    db.session.commit()

    done = CliRunner().invoke(feed, ["rotate", lead.email.upper()])
    nobody = CliRunner().invoke(feed, ["rotate", "nobody@x.org"])

    assert (done.exit_code, "new now: 1" in done.output) == (0, True)
    assert feeds.find_person_by_token(token) is None
    assert (nobody.exit_code, "has no calendar address" in nobody.output) == (1, True)
