"""Look over what waits, publish it with a note, or keep the whole programme back."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from events.institutes import service as institutes
from events.schedule import service as schedule
from events.schedule.domain import programme_of
from events.schedule.domain.drafts import Act, in_numbers
from events.schedule.forms import PublishForm
from events.schedule.routes.blueprint import bp, words_for_changes


@bp.route("/manage/institutes/<slug>/publish-programme", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def publish(slug: str) -> ResponseReturnValue:
    """Show what is planned beside what is public, and publish it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = PublishForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            release = schedule.publish_programme(
                institute,
                seen=form.seen.data or "",
                note=form.note.data or "",
                accept=bool(form.accept.data),
                by=g.identity.email,
            )
            if release is None:
                flash(gettext("Nothing waits to be published."))
            else:
                count = len(release.changes)
                flash(
                    ngettext(
                        "Published: %(num)s session changed. Everyone it touches is told.",
                        "Published: %(num)s sessions changed. Everyone they touch is told.",
                        count,
                    )
                )
            return form.answer(redirect(url_for(".edit", slug=slug)))
    waiting = schedule.pending(institute)
    form.seen.data = waiting.seen
    page = render_template(
        "events/schedule/publish.html",
        institute=institute,
        waiting=waiting,
        numbers=in_numbers(waiting.changes),
        codes=schedule.codes_by_id(institute.id),
        people=schedule.people_touched(institute, waiting),
        form=form,
        Act=Act,
        **words_for_changes(institute),
    )
    return page, form.status


@bp.get("/manage/institutes/<slug>/sessions-preview")
@requires(Permission.EDIT_INSTITUTES)
def preview(slug: str) -> ResponseReturnValue:
    """Show the programme as it is once everything that waits is published."""
    institute = institutes.get_by_slug(slug, drafts=True)
    planned = [session.planned for session in schedule.written_of(institute.id)]
    return render_template(
        "events/schedule/preview.html",
        institute=institute,
        programme=programme_of(planned, zone=institute.time_zone),
        days={day.on: day for day in institute.days},
    )


@bp.post("/manage/institutes/<slug>/hold-programme-back")
@requires(Permission.EDIT_INSTITUTES)
def hold_back(slug: str) -> ResponseReturnValue:
    """Keep the programme of a draft institute back, or let it come with the institute."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = ActForm()
    back = not institute.programme_held_back
    with transaction():
        form.once(by=g.identity.email)
        schedule.hold_programme_back(institute, back=back, by=g.identity.email)
        if back:
            flash(gettext("The programme stays back when the institute is published."))
        else:
            flash(gettext("The programme is published together with the institute."))
        return form.answer(redirect(url_for(".edit", slug=slug)))
