"""A team's own table and partners: whoever is in it reads them, its leads answer."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching.forms.asking import AnswerForm
from cohorts.matching.routes.blueprint import AT_INSTITUTE, bp, own_id
from cohorts.matching.service.grouping_pages import own_groups
from cohorts.matching.service.team_accepting import answer_partners, asked_to_lead
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.forms import ActForm
from consortium.words import say
from events import facade
from events.facade import InstituteView


@bp.get(f"{AT_INSTITUTE}/together")
@requires(Permission.SIGNED_IN)
def together(slug: str) -> ResponseReturnValue:
    """Show someone the table and the partners of their team, and why."""
    institute = facade.institute_of(slug)
    person_id = own_id()
    if not facade.teams_with_person(institute.id, person_id):
        raise NotFound(say("You are in no team there."))
    return _together(institute, person_id)


@bp.post(f"{AT_INSTITUTE}/together/<uuid:team_id>/answer")
@requires(Permission.SIGNED_IN)
def answer_team(slug: str, team_id: UUID) -> ResponseReturnValue:
    """Accept a team's partners for the side that one leads, or decline them."""
    institute = facade.institute_of(slug)
    person_id = own_id()
    asked_to_lead(institute.id, person_id, team_id)
    form = AnswerForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            by = g.identity.email
            if answer_partners(institute.id, person_id, team_id, by, yes=form.yes):
                flash(say("All have accepted. You are partners now."))
            elif form.yes:
                flash(say("Accepted. You are partners as soon as all leads have accepted."))
            else:
                flash(say("Declined. Neither team sees the other here any more."))
            return form.answer(redirect(url_for(".together", slug=slug)))
    return _together(institute, person_id, form)


def _together(
    institute: InstituteView, person_id: UUID | None, refused: ActForm | None = None
) -> ResponseReturnValue:
    form = refused or ActForm(formdata=None)
    page = render_template(
        "cohorts/matching/together.html",
        institute=institute,
        own=own_groups(institute.id, person_id),
        refused=form,
    )
    return page, form.status
