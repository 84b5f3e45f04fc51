"""Who is here, in numbers that renew themselves; and what the host chooses for its doors."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.checkin import service as checkin
from events.checkin.domain.telling import time_in_words
from events.checkin.forms import DoorsForm
from events.checkin.routes.blueprint import ADDRESS, actor, bp, institute_at, once


@bp.get(f"{ADDRESS}/check-in")
@requires(Permission.CHECK_IN)
def counts(slug: str) -> ResponseReturnValue:
    """Show who has arrived and who is missing, of one day."""
    institute = institute_at(slug)
    return render_template(
        "events/checkin/counts.html",
        institute=institute,
        counts=checkin.counts_on(institute, _day()),
        doors=checkin.doors_of(institute),
        time=lambda at: time_in_words(at, institute.zone),
    )


@bp.route(f"{ADDRESS}/check-in/settings", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def doors(slug: str) -> ResponseReturnValue:
    """Choose whether desks take walk-ins, and how stays end that nobody saw end."""
    institute = institute_at(slug)
    form = DoorsForm()
    if form.validate_on_submit():
        with form.showing(checkin.MeanwhileElsewhere), transaction():
            once(form)
            checkin.choose_doors(institute, form.to_doors(), by=actor())
            flash(say("Saved."))
            return form.answer(redirect(url_for(".counts", slug=slug)))
    if request.method == "GET":
        form.fill(checkin.doors_of(institute))
    page = render_template("events/checkin/doors.html", institute=institute, form=form)
    return page, form.status


def _day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None
