"""The host's pages about what people choose: rounds in numbers, who is where, moving someone."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.forms import PlaceForm
from events.agenda.routes.blueprint import bp
from events.institutes import service as institutes
from events.schedule import service as schedule
from events.schedule.domain import ChoiceRefused, kind_in_words

ADDRESS = "/manage/institutes/<slug>/choices"


@bp.get(ADDRESS)
@requires(Permission.VIEW_BOARD)
def rounds(slug: str) -> ResponseReturnValue:
    """Show each round: places, taken, waiting, and who has not chosen yet."""
    return _rounds_page(slug, ActForm())


@bp.post(f"{ADDRESS}/remind")
@requires(Permission.MANAGE_TEAMS)
def remind_everyone(slug: str) -> ResponseReturnValue:
    """Remind everyone who has not chosen yet."""
    form = ActForm()
    institute = institutes.get_by_slug(slug, drafts=True)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            sent, waiting = agendas.remind_everyone(institute, by=g.identity.email)
            flash(say("Reminders on their way: %(people)s.", people=sent))
            if waiting:
                flash(say("Still to be sent: %(people)s. Send them now.", people=waiting))
            return form.answer(redirect(url_for(".rounds", slug=slug)))
    return _rounds_page(slug, form)


@bp.get(f"{ADDRESS}/sessions/<code>")
@requires(Permission.VIEW_BOARD)
def crowd(slug: str, code: str) -> ResponseReturnValue:
    """Show who has a place in one session, and who waits in which order."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code)
    return render_template(
        "events/agenda/crowd.html",
        institute=institute,
        crowd=agendas.crowd_of(institute, session),
        kind_in_words=kind_in_words,
    )


@bp.route(f"{ADDRESS}/people/<uuid:seat_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def place(slug: str, seat_id: UUID) -> ResponseReturnValue:
    """Let the host move someone between sessions, with a reason."""
    institute = institutes.get_by_slug(slug, drafts=True)
    member = agendas.get_member(institute, seat_id)
    open_to = agendas.sessions_open_to(institute, member)
    held = [one for one in schedule.sessions_of(institute.id) if one.id in member.chosen]
    form = PlaceForm()
    form.offer(held, [one for one in open_to if one not in held])
    if form.validate_on_submit():
        with form.showing(ChoiceRefused), transaction():
            form.once(by=g.identity.email)
            schedule.place_person(
                institute,
                member.attendee,
                into=form.into.data,
                out_of=form.out_of.data,
                reason=form.reason.data or "",
                one_more=form.one_more.data,
                by=g.identity.email,
            )
            flash(say("Done. %(name)s gets a mail that says so.", name=member.name))
            return form.answer(redirect(url_for(".place", slug=slug, seat_id=seat_id)))
    page = render_template(
        "events/agenda/place.html",
        form=form,
        institute=institute,
        member=member,
        held=held,
        awaited=[one for one in open_to if one.id in member.waits],
    )
    return page, form.status


def _rounds_page(slug: str, form: ActForm) -> ResponseReturnValue:
    institute = institutes.get_by_slug(slug, drafts=True)
    overview = agendas.overview_of(institute)
    page = render_template(
        "events/agenda/rounds.html",
        form=form,
        institute=institute,
        overview=overview,
        found=page_of(overview.missing, request.args.get("page", default=1, type=int)),
        kind_in_words=kind_in_words,
    )
    return page, form.status
