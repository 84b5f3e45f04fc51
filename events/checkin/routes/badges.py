"""Printing badges."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.lettering import not_whole
from consortium.words import say
from events.checkin import service as checkin
from events.checkin.domain.badges import PAPER_WORDS, Paper
from events.checkin.domain.counts import Guest
from events.checkin.exports import badges_pdf
from events.checkin.forms import PrintForm
from events.checkin.routes.blueprint import ADDRESS, actor, bp, institute_at, once


@bp.route(f"{ADDRESS}/badges", methods=["GET", "POST"])
@requires(Permission.CHECK_IN)
def badges(slug: str) -> ResponseReturnValue:
    """Choose whose badges are printed; list what was printed before."""
    institute = institute_at(slug)
    form = PrintForm(request.form if request.method == "POST" else request.args)
    guests = [guest for guest in checkin.guests_of(institute) if guest.confirmed]
    form.about(*_offered(guests))
    if form.validate_on_submit():
        with form.showing(checkin.NothingToPrint, NotFound), transaction():
            once(form)
            row = checkin.print_badges(institute, form.to_wanted(), by=actor())
            n = len(row.badges)
            flash(ngettext("%(num)s badge is ready.", "%(num)s badges are ready.", n))
            return form.answer(redirect(url_for(".badges", slug=slug, made=row.id)))
    page = render_template(
        "events/checkin/badges.html",
        institute=institute,
        form=form,
        new=checkin.new_since(institute),
        printings=checkin.printings_of(institute.id),
        made=request.args.get("made", ""),
        paper_words={paper.value: words for paper, words in PAPER_WORDS.items()},
        to_write=not_whole(guest.name for guest in guests),
    )
    return page, form.status


@bp.get(f"{ADDRESS}/badges/<uuid:print_id>.pdf")
@requires(Permission.CHECK_IN)
def badges_file(slug: str, print_id: UUID) -> ResponseReturnValue:
    """Give the badges of a printing as PDF, as they would be printed now."""
    institute = institute_at(slug)
    row, faces = checkin.get_print(institute, print_id)
    if not faces:
        raise NotFound(say("None of these badges is valid any more."))
    return Response(
        badges_pdf(institute, faces, Paper(row.paper), host=g.tenant.name),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="badges-{slug}.pdf"'},
    )


def _offered(guests: Sequence[Guest]) -> tuple[dict[str, str], dict[str, str]]:
    teams = {str(team_id): team for guest in guests for team_id, team in guest.seated_in}
    people = {str(one.person_id): f"{one.name} ({', '.join(one.teams)})" for one in guests}
    return dict(sorted(teams.items(), key=lambda pair: pair[1])), people
