"""A host asks an institute's teams to go on in a cohort; the leaders of both sides answer."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.learning.domain.partners import TableSide
from cohorts.learning.forms.continuing import AnswerForm, ContinueForm, SourceForm
from cohorts.learning.routes.blueprint import MANAGED, actor, bp, own_id
from cohorts.learning.routes.planning import cohort_of
from cohorts.learning.service import continuing as service
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.words import say
from events import facade
from events.facade import InstituteView

CONTINUE = f"{MANAGED}/continue"


@bp.get(CONTINUE)
@requires(Permission.MANAGE_TEAMS)
def continue_from(slug: str) -> ResponseReturnValue:
    """Show a host which teams were asked, and which of an institute can be."""
    return _page(cohort_of(slug), request.args.get("source", ""), ContinueForm(formdata=None))


@bp.post(CONTINUE)
@requires(Permission.MANAGE_TEAMS)
def ask(slug: str) -> ResponseReturnValue:
    """Ask teams to go on in this cohort."""
    institute = cohort_of(slug)
    source = request.form.get("source", "")
    form = ContinueForm()
    _offer(form, institute, source)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            asked = service.ask_to_continue(
                institute.id, form.team_ids, note=form.note.data or "", by=actor()
            )
            flash(say("Teams asked: %(teams)s. The leaders get a mail.", teams=len(asked)))
            return form.answer(redirect(url_for(".continue_from", slug=slug)))
    return _page(institute, source, form)


@bp.post(f"{CONTINUE}/<uuid:asked_id>/take-back")
@requires(Permission.MANAGE_TEAMS)
def take_question_back(slug: str, asked_id: UUID) -> ResponseReturnValue:
    """Ask a team no more."""
    institute = cohort_of(slug)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            service.take_question_back(institute.id, asked_id, by=actor())
            flash(say("This team is not asked any more."))
            return form.answer(redirect(url_for(".continue_from", slug=slug)))
    return _page(institute, "", ContinueForm(formdata=None), refused=form)


@bp.route("/continuing/<uuid:asked_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def continuing(asked_id: UUID) -> ResponseReturnValue:
    """Let someone who speaks for a side answer whether the team goes on."""
    asked = service.get_asked(asked_id, own_id())
    form = AnswerForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            now = service.answer_continuing(asked_id, own_id(), agrees=form.agrees, by=actor())
            flash(
                say("Both sides agree. Look through the draft and hand it in.")
                if now.row.carried_id
                else say("Your answer is kept.")
            )
            return form.answer(redirect(url_for(".continuing", asked_id=asked_id)))
    page = render_template(
        "cohorts/learning/continuing.html",
        asked=asked,
        cohort=facade.institute_with(asked.row.institute_id),
        sides=list(TableSide),
        mine=asked.side_of(own_id()),
        leads=own_id() in {lead.person_id for lead in asked.team.leads},
        form=form,
    )
    return page, form.status


@bp.app_template_global()
def asked_to_continue() -> Sequence[service.Asked]:
    """Give the page of one's own teams and seats the questions one can answer."""
    person_id = own_id()
    return service.asked_of(person_id) if person_id else ()


def _offer(form: ContinueForm, institute: InstituteView, source: str) -> None:
    others = {one.slug: one for one in facade.every_institute() if one.id != institute.id}
    teams = service.may_be_asked(institute.id, others[source].id) if source in others else ()
    form.about(source, teams)


def _page(
    institute: InstituteView, source: str, form: ContinueForm, refused: ActForm | None = None
) -> ResponseReturnValue:
    _offer(form, institute, source)
    choose = SourceForm(request.args)
    choose.about([one for one in facade.every_institute() if one.id != institute.id])
    page = render_template(
        "cohorts/learning/continue_from.html",
        institute=institute,
        asked=service.asked_at(institute.id),
        choose=choose,
        form=form,
        refused=refused or form,
        sides=list(TableSide),
    )
    return page, (refused or form).status
