"""What the host decides about applying: pledges, mix, letters."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.institutes import service as institutes
from events.intake import service as intake
from events.intake.domain import OUTCOMES, PLACES, Ground, Outcome, Wording, wording_of
from events.intake.forms import GroundForm, LetterForm, MixForm, PledgesForm
from events.intake.routes.blueprint import MANAGE, REFUSALS, bp

LETTERS = ", ".join(outcome.value for outcome in Outcome)


@bp.route(f"{MANAGE}/pledges", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def pledges(slug: str) -> ResponseReturnValue:
    """Decide whose pledge applications need, and what they sign."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = PledgesForm()
    form.about(institute)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            intake.change_pledges(
                institute, form.to_terms(), version=form.read_version, by=g.identity.email
            )
            flash(say("Saved."))
            return redirect(url_for(".selection", slug=slug))
    elif not form.is_submitted():
        form.fill(institute)
    page = render_template("events/intake/pledges.html", institute=institute, form=form)
    return page, form.status


@bp.route(f"{MANAGE}/mix", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def mix(slug: str) -> ResponseReturnValue:
    """Decide how many come, and the mix; the parts follow from what they are told apart by."""
    institute = institutes.get_by_slug(slug, drafts=True)
    ground = _ground(request.args.get("by", ""), intake.aim_of(institute).mix.by)
    form = MixForm.of(ground, intake.parts_of(institute, ground))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            intake.change_aim(
                institute, form.to_aim(), version=form.read_version, by=g.identity.email
            )
            flash(say("Saved. Propose anew to follow the new mix."))
            return redirect(url_for(".selection", slug=slug))
    elif not form.is_submitted():
        form.fill(institute)
    page = render_template(
        "events/intake/mix.html",
        institute=institute,
        form=form,
        grounds=GroundForm(formdata=None, data={"by": ground.value}),
    )
    return page, form.status


@bp.get(f"{MANAGE}/letters")
@requires(Permission.EDIT_INSTITUTES)
def letters(slug: str) -> ResponseReturnValue:
    """List the letters to applicants as they would go out."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return render_template(
        "events/intake/letters.html",
        institute=institute,
        letters=[
            (
                each.value,
                words,
                wording_of(institute.letters, each),
                each.value in institute.letters,
            )
            for each, words in OUTCOMES.items()
        ],
    )


@bp.route(f"{MANAGE}/letters/<any({LETTERS}):outcome>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def letter(slug: str, outcome: str) -> ResponseReturnValue:
    """Write a letter, and look at it as a real applicant would get it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    which = Outcome(outcome)
    form = LetterForm()
    shown: Wording | None = None
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.to_wording().check()
            if "preview" in request.form:
                shown = form.to_wording()
            else:
                intake.change_letter(
                    institute,
                    which,
                    form.to_wording(),
                    version=form.read_version,
                    by=g.identity.email,
                )
                flash(say("The letter is saved."))
                return redirect(url_for(".letters", slug=slug))
    elif not form.is_submitted():
        shown = wording_of(institute.letters, which)
        form.fill(shown, institute)
    page = render_template(
        "events/intake/letter.html",
        institute=institute,
        outcome=outcome,
        words=OUTCOMES[which],
        own=outcome in institute.letters,
        form=form,
        places=PLACES,
        sample=intake.sample_letter(institute, shown) if shown else None,
    )
    return page, form.status


@bp.post(f"{MANAGE}/letters/<any({LETTERS}):outcome>/usual")
@requires(Permission.EDIT_INSTITUTES)
def usual_letter(slug: str, outcome: str) -> ResponseReturnValue:
    """Go back to the usual letter."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.change_letter(
                institute,
                Outcome(outcome),
                None,
                version=institute.version,
                by=g.identity.email,
            )
            flash(say("The usual letter is back."))
            return form.answer(redirect(url_for(".letters", slug=slug)))
    return redirect(url_for(".letter", slug=slug, outcome=outcome))


def _ground(text: str, stored: Ground) -> Ground:
    return Ground(text) if text in set(Ground) else stored
