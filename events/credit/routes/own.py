"""One's own attendance and credit at an institute, and the evaluation."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.forms import ActForm
from consortium.words import say
from events.credit import service as credit
from events.credit.domain.rules import CreditRefused, Licence
from events.credit.forms import EvaluationForm, LicenceForm, evaluation_form
from events.credit.routes.blueprint import bp
from events.credit.service import certificates, evaluations
from events.institutes import service as institutes
from events.institutes.models import Institute


@bp.get("/institutes/<slug>/credit")
@requires(Permission.SIGNED_IN)
def mine(slug: str) -> ResponseReturnValue:
    """Show the signed-in person's attendance, what it gives, and what is still missing."""
    return _page(_institute(slug), ActForm(formdata=None), None)


@bp.post("/institutes/<slug>/credit/certificate")
@requires(Permission.SIGNED_IN)
def claim(slug: str) -> ResponseReturnValue:
    """Issue the signed-in person's certificate."""
    institute, form = _institute(slug), ActForm()
    credit.get_record(institute, g.person)
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            certificate = certificates.issue(institute, g.person.id, by=g.identity.email)
            flash(gettext("Here is your certificate. A mail brings it, too."))
            target = url_for(".certificate", certificate_id=certificate.id)
            return form.answer(redirect(target))
    return _page(_institute(slug), form, None)


@bp.post("/institutes/<slug>/credit/number/<name>")
@requires(Permission.SIGNED_IN)
def give_number(slug: str, name: str) -> ResponseReturnValue:
    """Keep the signed-in person's licence number."""
    institute = _institute(slug)
    credit.get_record(institute, g.person)
    form = LicenceForm(_licence(institute, name))
    if form.validate_on_submit():
        with form.showing(CreditRefused), transaction():
            form.once(by=g.identity.email)
            licence = form.licence
            credit.give_licence(g.person, licence, form.number.data or "", by=g.identity.email)
            flash(gettext("Your %(name)s is kept. Only you and staff see it.", name=licence.name))
            return form.answer(redirect(url_for(".mine", slug=slug)))
    return _page(institute, ActForm(formdata=None), form)


@bp.post("/institutes/<slug>/credit/number/<name>/forget")
@requires(Permission.SIGNED_IN)
def forget_number(slug: str, name: str) -> ResponseReturnValue:
    """Forget the signed-in person's licence number."""
    institute, form = _institute(slug), ActForm()
    credit.get_record(institute, g.person)
    if form.validate_on_submit():
        with transaction():
            form.once(by=g.identity.email)
            credit.take_back_licence(g.person, name, by=g.identity.email)
            flash(gettext("Your %(name)s is forgotten.", name=name))
            return form.answer(redirect(url_for(".mine", slug=slug)))
    return redirect(url_for(".mine", slug=slug))


@bp.route("/institutes/<slug>/evaluation/<about>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def evaluation(slug: str, about: str) -> ResponseReturnValue:
    """Ask the signed-in person how it was, once."""
    institute = _institute(slug)
    record = credit.get_record(institute, g.person)
    asked = evaluations.get_form(institute, about)
    form = evaluation_form(asked.items)
    done = bool(evaluations.answered_by(g.person, [asked]))
    refused = ""
    if not done:
        try:
            asked.check_open(institute)
        except CreditRefused as refusal:
            refused = refusal.message
    if not done and not refused and form.validate_on_submit():
        try:
            with transaction():
                evaluations.answer(institute, g.person, form.said, key=about, by=g.identity.email)
                flash(gettext("Thank you. Your answers are kept without your name."))
                return redirect(url_for(".mine", slug=slug))
        except CreditRefused as refusal:
            _show(form, refusal)
    page = render_template(
        "events/credit/evaluation.html",
        institute=institute,
        asked=asked,
        form=form,
        done=done,
        refused=refused,
        record=record,
    )
    return page, form.status


def _show(form: EvaluationForm, refusal: CreditRefused) -> None:
    field = form.field_of(refusal.field)
    with form.showing(CreditRefused):
        raise CreditRefused(refusal.message, field=field)


def _page(institute: Institute, form: ActForm, numbers: LicenceForm | None) -> ResponseReturnValue:
    record = credit.get_record(institute, g.person)
    plan = credit.plan_of(institute)
    wanted = [one for one in plan.licences if any(e.rule.licence == one for e in record.earned)]
    forms = {
        one.name: numbers if numbers and numbers.licence.name == one.name else _blank(one)
        for one in wanted
    }
    asked = evaluations.evaluations_of(institute)
    page = render_template(
        "events/credit/mine.html",
        institute=institute,
        record=record,
        plan=plan,
        numbers=forms,
        asked=asked,
        done=evaluations.answered_by(g.person, asked),
        form=form if numbers is None else numbers,
        current=record.certificate is not None
        and not certificates.differs(
            record.certificate, certificates.says_now(certificates.ground_of(institute), record)
        ),
    )
    return page, (form if numbers is None else numbers).status


def _blank(licence: Licence) -> LicenceForm:
    form = LicenceForm(licence)
    form.process(formdata=None)
    form.number.label.text = licence.name
    return form


def _licence(institute: Institute, name: str) -> Licence:
    found = next((one for one in credit.plan_of(institute).licences if one.name == name), None)
    if found is None:
        raise NotFound(say("This institute does not ask for such a number."))
    return found


def _institute(slug: str) -> Institute:
    return institutes.get_by_slug(slug, drafts=True)
