"""Kiosks: started and ended by staff, used by whoever comes, and good for nothing else."""

from uuid import UUID

from flask import (
    flash,
    make_response,
    redirect,
    render_template,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from limits import parse

from consortium.access import Permission, public, requires
from consortium.auth import service as auth
from consortium.auth.routes.limits import count_use
from consortium.database import transaction
from consortium.pages import clock_time
from consortium.words import say
from events.checkin import service as checkin
from events.checkin.forms import ComeForm, KioskForm
from events.checkin.models import Kiosk
from events.checkin.routes.blueprint import ADDRESS, actor, bp, institute_at, once, with_camera
from events.institutes.models import Institute

KEPT_AS = "kiosk"
WRONG_TRIES = parse("30 per 5 minutes")
"""At one kiosk: enough for a line of people who mistype, too few to try names."""


@bp.route(f"{ADDRESS}/kiosks", methods=["GET", "POST"])
@requires(Permission.CHECK_IN)
def kiosks(slug: str) -> ResponseReturnValue:
    """List the kiosks that stand open, and make this tablet one: that signs it out."""
    institute = institute_at(slug)
    form = KioskForm()
    if form.validate_on_submit():
        with transaction():
            once(form)
            _kiosk, token = checkin.start_kiosk(institute, form.name.data, by=actor())
            auth.end_session(str(session.get(auth.KEPT_AS, "")))
            session.clear()
            session[KEPT_AS] = token
            session.permanent = True
        return redirect(url_for(".kiosk", slug=slug))
    page = render_template(
        "events/checkin/kiosks.html",
        institute=institute,
        form=form,
        kiosks=checkin.kiosks_of(institute.id),
    )
    return page, form.status


@bp.post(f"{ADDRESS}/kiosks/<uuid:kiosk_id>/end")
@requires(Permission.CHECK_IN)
def end_kiosk(slug: str, kiosk_id: UUID) -> ResponseReturnValue:
    """End a kiosk from elsewhere, whoever has the tablet."""
    institute = institute_at(slug)
    form = KioskForm()
    with transaction():
        once(form)
        checkin.end_kiosk(institute, kiosk_id, by=actor())
        flash(say("The kiosk has ended. The tablet shows nothing any more."))
        return form.answer(redirect(url_for(".kiosks", slug=slug)))


@bp.get(f"{ADDRESS}/kiosk")
@public
def kiosk(slug: str) -> ResponseReturnValue:
    """Let people check themselves in, at a tablet that staff made a kiosk."""
    institute, _kiosk = _this_kiosk(slug)
    return _page(institute, ComeForm())


@bp.post(f"{ADDRESS}/kiosk")
@public
def come(slug: str) -> ResponseReturnValue:
    """Check in whoever stands before the kiosk, and greet the person."""
    institute, kiosk = _this_kiosk(slug)
    form = ComeForm()
    if not form.validate_on_submit():
        return _page(institute, form)
    with form.showing(checkin.CheckInRefused, checkin.MeanwhileElsewhere), transaction():
        form.once(by=f"kiosk:{kiosk.id}")
        if form.code.data:
            welcome = checkin.come_by_code(institute, kiosk, form.code.data)
        else:
            welcome = checkin.come_by_name(
                institute, kiosk, form.name.data or "", form.letters.data or ""
            )
        flash(_greeting(welcome))
        return form.answer(redirect(url_for(".kiosk", slug=slug)))
    _count_wrong_try(kiosk)
    form.code.data = ""  # a reader would type the next badge's code behind this one
    return _page(institute, form)


def _page(institute: Institute, form: ComeForm) -> ResponseReturnValue:
    page = render_template("events/checkin/kiosk.html", institute=institute, form=form)
    answer = with_camera(make_response(page, form.status))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _this_kiosk(slug: str) -> tuple[Institute, Kiosk]:
    institute = institute_at(slug)
    return institute, checkin.get_kiosk(institute, str(session.get(KEPT_AS, "")))


def _count_wrong_try(kiosk: Kiosk) -> None:
    count_use(WRONG_TRIES, "kiosk", str(kiosk.id))


def _greeting(welcome: checkin.Welcome) -> str:
    hello: str = (
        gettext("Welcome back, %(name)s. You are checked in.", name=welcome.first_name)
        if welcome.already
        else gettext("Welcome, %(name)s. You are checked in.", name=welcome.first_name)
    )
    if welcome.next_starts is None:
        return hello
    first = gettext(
        "Your first session: %(title)s, %(time)s",
        title=welcome.next_title,
        time=clock_time(welcome.next_starts),
    )
    return f"{hello} {first}{f', {welcome.next_room}' if welcome.next_room else ''}."
