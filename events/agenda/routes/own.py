"""A person's own agenda, and the choices in it."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.calendar.domain.answers import ANSWERS
from consortium.database import transaction
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.forms import AnswerForm, ChoiceForm
from events.agenda.routes.blueprint import bp, own_place
from events.agenda.service import Place
from events.schedule.domain import ChoiceRefused, kind_in_words, local_time
from events.schedule.models import Session

CHOSEN_FIRST = ("optional_day", "strand")
"""Why a session is for others that the person can change in the registration."""


@bp.get("/institutes/<slug>/agenda")
@requires(Permission.SIGNED_IN)
def show(slug: str) -> ResponseReturnValue:
    """Show the signed-in person's own agenda, and what they may still choose."""
    return agenda_page(own_place(slug), ChoiceForm())


@bp.post("/institutes/<slug>/agenda/choose")
@requires(Permission.SIGNED_IN)
def choose(slug: str) -> ResponseReturnValue:
    """Take a place in a session."""

    def act(place: Place, form: ChoiceForm) -> Session:
        return agendas.choose(place, form.code, twice=form.wants_twice, by=g.identity.email)

    return _do(slug, act, lambda title: gettext("“%(title)s” is on your agenda.", title=title))


@bp.post("/institutes/<slug>/agenda/drop")
@requires(Permission.SIGNED_IN)
def drop(slug: str) -> ResponseReturnValue:
    """Give a chosen session's place back."""

    def act(place: Place, form: ChoiceForm) -> Session:
        return agendas.drop(place, form.code, by=g.identity.email)

    return _do(
        slug, act, lambda title: gettext("“%(title)s” is no longer on your agenda.", title=title)
    )


@bp.post("/institutes/<slug>/agenda/swap")
@requires(Permission.SIGNED_IN)
def swap(slug: str) -> ResponseReturnValue:
    """Take one session instead of another."""

    def act(place: Place, form: ChoiceForm) -> Session:
        return agendas.swap(
            place,
            give_up=form.leaving,
            take=form.code,
            twice=form.wants_twice,
            by=g.identity.email,
        )

    return _do(
        slug, act, lambda title: gettext("“%(title)s” is on your agenda instead.", title=title)
    )


@bp.post("/institutes/<slug>/agenda/wait")
@requires(Permission.SIGNED_IN)
def wait(slug: str) -> ResponseReturnValue:
    """Wait for a place in a full session."""

    def act(place: Place, form: ChoiceForm) -> Session:
        return agendas.wait(
            place,
            form.code,
            instead_of=form.leaving,
            twice=form.wants_twice,
            by=g.identity.email,
        )

    def said(title: str) -> str:
        told: str = gettext(
            "You wait for “%(title)s”. As soon as a place comes free for you, it is yours, and "
            "you get a mail.",
            title=title,
        )
        return told

    return _do(slug, act, said)


@bp.post("/institutes/<slug>/agenda/stop-waiting")
@requires(Permission.SIGNED_IN)
def stop_waiting(slug: str) -> ResponseReturnValue:
    """Wait for a session no longer."""

    def act(place: Place, form: ChoiceForm) -> Session:
        return agendas.stop_waiting(place, form.code, by=g.identity.email)

    return _do(slug, act, lambda title: gettext("You no longer wait for “%(title)s”.", title=title))


def _do(
    slug: str, act: Callable[[Place, ChoiceForm], Session], said: Callable[[str], str]
) -> ResponseReturnValue:
    place, form = own_place(slug), ChoiceForm()
    if form.validate_on_submit():
        with form.showing(ChoiceRefused), transaction():
            form.once(by=g.identity.email)
            flash(said(act(place, form).title))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return agenda_page(place, form)


def agenda_page(place: Place, form: ChoiceForm | AnswerForm) -> ResponseReturnValue:
    """Show the own agenda, and what is wrong with the form that was sent from it."""
    own = agendas.own_agenda(place)
    registration = url_for("registration.own_choices", seat_id=place.attendee.seat_id)
    chosen = form if isinstance(form, ChoiceForm) else None
    if chosen and chosen.not_for_them and chosen.not_for_them.reason in CHOSEN_FIRST:
        form.links = ((say("Choose days and strands in your registration"), registration),)
    page = render_template(
        "events/agenda/show.html",
        institute=place.institute,
        own=own,
        form=form,
        asked=chosen and chosen.asked and _again(chosen),
        answers=ANSWERS,
        given=agendas.answers_of(g.person.id, place.institute.id),
        registration=registration,
        days={day.on: day for day in place.institute.days},
        kind_in_words=kind_in_words,
        local_time=local_time,
    )
    return page, form.status


def _again(form: ChoiceForm) -> dict[str, str]:
    """Return what the same button sends once the person has said yes."""
    return {
        "target": request.path,
        "session": form.code,
        "give_up": form.leaving,
    }
