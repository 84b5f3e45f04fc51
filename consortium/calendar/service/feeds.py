"""A person's private calendar feed: made, found by its address, and given a new address."""

from uuid import UUID, uuid4

from sqlalchemy import delete, select

from consortium import clock
from consortium.audit import service as audit
from consortium.calendar.domain import TOKEN_SHAPE, digest_of, token_of
from consortium.calendar.emails import feed_ended
from consortium.calendar.models import ONE_FEED, CalendarFeed
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.outbox import service as outbox
from consortium.people.domain import normalise_email
from consortium.people.models import Identity, Person
from consortium.tenancy import as_tenant, for_every_tenant
from consortium.tenants.models import Tenant
from consortium.words import say


def find_feed(person: Person) -> CalendarFeed | None:
    """Return the person's feed, if one was made."""
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.person_id == person.id))


def feed_of(person: Person, *, secret: str, by: str) -> CalendarFeed:
    """Return the person's feed, made when there is none. Flushes.

    Raises ``Conflict`` when it is being made in another window at this moment.
    """
    feed = find_feed(person)
    if feed is None:
        feed = CalendarFeed(person_id=person.id, generation=0)
        made_meanwhile = Conflict(say("Your calendar address was just made. Open the page again."))
        with translating(ONE_FEED, into=made_meanwhile):
            _give_address(feed, secret)
        audit.record("feed_of", f"person:{person.id}", by=by, after={"generation": 1})
    return feed


def rotate(feed: CalendarFeed, *, secret: str, by: str) -> CalendarFeed:
    """Give the feed a new address; the old one stops working at once. Flushes."""
    db.session.refresh(feed, with_for_update=True)
    before = feed.generation
    _give_address(feed, secret)
    audit.record(
        "rotate",
        f"person:{feed.person_id}",
        by=by,
        before={"generation": before},
        after={"generation": feed.generation},
    )
    return feed


def close_feed(person_id: UUID) -> None:
    """Let the person's feed end with what it told of: its address is dead from now on.

    A step of other acts, which write the audit row. A feed made later has another address.
    """
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person_id))


def end_feed(person_id: UUID) -> None:
    """Let the address end because the person's roles are others now, and say so by mail.

    Whoever had it because of the former role reads nothing more. A step of other acts.
    """
    ended = delete(CalendarFeed).where(CalendarFeed.person_id == person_id)
    if db.session.scalar(ended.returning(CalendarFeed.id)) is not None:
        tell_that_it_ended(person_id)


def tell_that_it_ended(person_id: UUID) -> None:
    """Promise the mail that asks someone to subscribe again."""
    person = db.session.get_one(Person, person_id)
    tenant = db.session.get_one(Tenant, person.tenant_id)
    outbox.promise(feed_ended(person, tenant), about=f"feed:{person_id}")


def rotate_feeds_of(email: str, *, secret: str, by: str) -> int:
    """Give the feeds of an address new addresses, in every consortium; return how many.

    For an operator to whom someone says that a calendar's address was given away. Flushes.
    """
    with for_every_tenant():
        found = db.session.execute(
            select(CalendarFeed.tenant_id, CalendarFeed.id)
            .join(Person, Person.id == CalendarFeed.person_id)
            .join(Identity, Identity.id == Person.identity_id)
            .where(Identity.email == normalise_email(email))
        ).all()
    for tenant_id, feed_id in found:
        with as_tenant(tenant_id):
            rotate(db.session.get_one(CalendarFeed, feed_id), secret=secret, by=by)
    return len(found)


def find_token(feed: CalendarFeed, *, secret: str) -> str | None:
    """Return the token in the feed's address, to show it to its owner.

    ``None`` when the application's secret has changed since: the address people have still
    works, but only ``rotate`` gives one that can be shown.
    """
    token = token_of(secret, feed.id, feed.generation)
    return token if digest_of(token) == feed.token_digest else None


def find_person_by_token(token: str) -> Person | None:
    """Return whose feed has this token now; a wrong and a revoked one look alike."""
    if not TOKEN_SHAPE.fullmatch(token):
        return None
    return db.session.scalar(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.token_digest == digest_of(token))
    )


def _give_address(feed: CalendarFeed, secret: str) -> None:
    if feed.id is None:
        feed.id = uuid4()
    feed.generation += 1
    feed.token_digest = digest_of(token_of(secret, feed.id, feed.generation))
    feed.rotated_at = clock.now()
    db.session.add(feed)
    db.session.flush()
