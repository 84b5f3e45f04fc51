"""A person's own agenda, the choices in it, and the private calendar feed."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium import letters
from consortium.access import Permission, public, requires
from consortium.calendar import service as feeds
from consortium.calendar.exports import calendar_answer, organizer_of, webcal
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.forms import ActForm
from consortium.people import service as people
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.forms import ChoiceForm, SwapForm
from events.agenda.service import Place
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.schedule.domain import ChoiceRefused, kind_in_words, local_time

bp = Blueprint("agenda", __name__)


@bp.get("/institutes/<slug>/agenda")
@requires(Permission.SIGNED_IN)
def show(slug: str) -> ResponseReturnValue:
    """Show the signed-in person's own agenda, and what they may still choose."""
    return _page(_own_place(slug), ChoiceForm())


@bp.post("/institutes/<slug>/agenda/choose")
@requires(Permission.SIGNED_IN)
def choose(slug: str) -> ResponseReturnValue:
    """Take a place in a session."""
    place = _own_place(slug)
    form = ChoiceForm()
    if form.validate_on_submit():
        with form.showing(ChoiceRefused), transaction():
            form.once(by=g.identity.email)
            session = agendas.choose(place, form.code, by=g.identity.email)
            flash(gettext("“%(title)s” is on your agenda.", title=session.title))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _page(place, form)


@bp.post("/institutes/<slug>/agenda/drop")
@requires(Permission.SIGNED_IN)
def drop(slug: str) -> ResponseReturnValue:
    """Give a chosen session's place back."""
    place = _own_place(slug)
    form = ChoiceForm()
    if form.validate_on_submit():
        with form.showing(ChoiceRefused), transaction():
            form.once(by=g.identity.email)
            session = agendas.drop(place, form.code, by=g.identity.email)
            flash(gettext("“%(title)s” is no longer on your agenda.", title=session.title))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _page(place, form)


@bp.post("/institutes/<slug>/agenda/swap")
@requires(Permission.SIGNED_IN)
def swap(slug: str) -> ResponseReturnValue:
    """Take one session instead of another."""
    place = _own_place(slug)
    form = SwapForm()
    if form.validate_on_submit():
        with form.showing(ChoiceRefused), transaction():
            form.once(by=g.identity.email)
            session = agendas.swap(place, give_up=form.leaving, take=form.code, by=g.identity.email)
            flash(gettext("“%(title)s” is on your agenda instead.", title=session.title))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _page(place, form)


@bp.get("/institutes/<slug>/agenda.ics")
@requires(Permission.SIGNED_IN)
def calendar(slug: str) -> ResponseReturnValue:
    """Give the signed-in person's own sessions at one institute as a calendar file."""
    place = _own_place(slug)
    return calendar_answer(
        agendas.own_events([place], url_of=_address_of_agenda),
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
    return calendar_answer(
        agendas.own_events(agendas.find_places(person), url_of=_address_of_agenda),
        name=g.tenant.name,
        filename="my-sessions.ics",
        organizer=organizer_of(g.tenant),
        private=True,
    )


def _own_place(slug: str) -> Place:
    return agendas.get_place(institutes.get_by_slug(slug, drafts=True), g.person)


def _page(place: Place, form: ChoiceForm) -> ResponseReturnValue:
    own = agendas.own_agenda(place)
    page = render_template(
        "events/agenda/show.html",
        institute=place.institute,
        own=own,
        form=form,
        days={day.on: day for day in place.institute.days},
        kind_in_words=kind_in_words,
        local_time=local_time,
    )
    return page, form.status


def _address_of_agenda(institute: Institute) -> str:
    return letters.absolute(url_for("agenda.show", slug=institute.slug))


def _secret() -> str:
    secret: str = current_app.extensions["settings"].secret_key
    return secret
