"""The private calendar feed, and one institute's agenda as a file."""

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium import letters
from consortium.access import Permission, public, requires
from consortium.calendar import service as feeds
from consortium.calendar.exports import calendar_answer, feed_answer, organizer_of, webcal
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.forms import ActForm
from consortium.people import service as people
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.routes.blueprint import address_of_agenda, bp, own_place


@bp.get("/institutes/<slug>/agenda.ics")
@requires(Permission.SIGNED_IN)
def calendar(slug: str) -> ResponseReturnValue:
    """Give the signed-in person's own sessions at one institute as a calendar file."""
    place = own_place(slug)
    return calendar_answer(
        agendas.own_events([place], url_of=address_of_agenda),
        name=place.institute.title,
        filename=f"{slug}-my-agenda.ics",
        organizer=organizer_of(g.tenant),
        private=True,
    )


@bp.get("/calendar")
@requires(Permission.SIGNED_IN)
def feed_page() -> ResponseReturnValue:
    """Show the address of the signed-in person's feed, once they asked for one."""
    feed = feeds.find_feed(g.person) if g.person else None
    token = feeds.find_token(feed, secret=_secret()) if feed else None
    path = url_for(".feed", token=token) if token else None
    return render_template(
        "events/agenda/feed_page.html",
        has_feed=feed is not None,
        address=letters.absolute(path) if path else None,
        subscribe=webcal(path) if path else None,
    )


@bp.post("/calendar")
@requires(Permission.SIGNED_IN)
def make_feed() -> ResponseReturnValue:
    """Make the signed-in person's feed."""
    form = ActForm()
    with transaction():
        form.once(by=g.identity.email)
        person = people.person_for(g.identity)
        feeds.feed_of(person, secret=_secret(), by=g.identity.email)
        flash(gettext("Your calendar address is ready."))
        return form.answer(redirect(url_for(".feed_page")))


@bp.post("/calendar/rotate")
@requires(Permission.SIGNED_IN)
def rotate() -> ResponseReturnValue:
    """Give the feed a new address; the old one stops working."""
    form = ActForm()
    feed = feeds.find_feed(g.person) if g.person else None
    if feed is None:
        raise NotFound(say("You have no calendar address yet. Make one first."))
    with transaction():
        form.once(by=g.identity.email)
        feeds.rotate(feed, secret=_secret(), by=g.identity.email)
        flash(gettext("Your calendar has a new address. The old one stopped working."))
        return form.answer(redirect(url_for(".feed_page")))


@bp.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """Give someone's sessions at all institutes to a calendar program that knows the secret."""
    person = feeds.find_person_by_token(token)
    if person is None:
        raise NotFound(say("There is no calendar at this address."))
    return feed_answer(
        agendas.stamp_of(person),
        lambda: agendas.feed_of(person, url_of=address_of_agenda),
        name=g.tenant.name,
        filename="my-sessions.ics",
        organizer=organizer_of(g.tenant),
    )


def _secret() -> str:
    secret: str = current_app.extensions["settings"].secret_key
    return secret
