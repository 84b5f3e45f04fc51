"""A person's own agenda, and the choices in it."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.agenda import service as agendas
from events.agenda.forms import ChoiceForm, SwapForm
from events.agenda.routes.blueprint import bp, own_place
from events.agenda.service import Place
from events.schedule.domain import ChoiceRefused, kind_in_words, local_time


@bp.get("/institutes/<slug>/agenda")
@requires(Permission.SIGNED_IN)
def show(slug: str) -> ResponseReturnValue:
    """Show the signed-in person's own agenda, and what they may still choose."""
    return _page(own_place(slug), ChoiceForm())


@bp.post("/institutes/<slug>/agenda/choose")
@requires(Permission.SIGNED_IN)
def choose(slug: str) -> ResponseReturnValue:
    """Take a place in a session."""
    place = own_place(slug)
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
    place = own_place(slug)
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
    place = own_place(slug)
    form = SwapForm()
    if form.validate_on_submit():
        with form.showing(ChoiceRefused), transaction():
            form.once(by=g.identity.email)
            session = agendas.swap(place, give_up=form.leaving, take=form.code, by=g.identity.email)
            flash(gettext("“%(title)s” is on your agenda instead.", title=session.title))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _page(place, form)


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
