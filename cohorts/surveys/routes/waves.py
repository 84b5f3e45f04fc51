"""Waves as hosts plan them."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.surveys.domain.waves import STATE_WORDS, State
from cohorts.surveys.forms.waves import KIND_WORDS, NewWaveForm, WaveForm
from cohorts.surveys.models import SurveyWave
from cohorts.surveys.routes.blueprint import MANAGE, WAVE, bp
from cohorts.surveys.service import instruments, roster, ties, waves
from consortium import clock
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.words import say
from events import facade


@bp.get(MANAGE)
@requires(Permission.EDIT_INSTITUTES)
def manage() -> ResponseReturnValue:
    """List the surveys and the instruments they ask."""
    every = waves.every_wave()
    return render_template(
        "cohorts/surveys/manage.html",
        waves=[(wave, wave.window.state(clock.now())) for wave in every],
        replies=waves.replies_by_wave(every),
        instruments=instruments.newest_instruments(),
        state_words=STATE_WORDS,
        kind_words=KIND_WORDS,
    )


@bp.route(f"{MANAGE}/waves/new", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def new_wave() -> ResponseReturnValue:
    """Plan a wave."""
    form = NewWaveForm()
    form.offer(
        instruments.newest_instruments(), facade.every_institute(), waves.every_partnership()
    )
    if not form.is_submitted():
        form.time_zone.data = g.tenant.time_zone
        form.collector.data = g.tenant.name
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            row = waves.plan_wave(
                UUID(form.instrument.data),
                form.plan,
                institute_id=form.institute_id,
                partnership_ids=form.partnership_ids,
                by=g.identity.email,
            )
            flash(say("The survey is planned. Now say whom it asks."))
            return form.answer(redirect(url_for(".names", wave_id=row.id)))
    page = render_template("cohorts/surveys/new_wave.html", form=form)
    return page, form.status


@bp.get(WAVE)
@requires(Permission.EDIT_INSTITUTES)
def wave(wave_id: UUID) -> ResponseReturnValue:
    """Show how a wave stands."""
    return wave_page(waves.get_wave(wave_id), ActForm(formdata=None))


@bp.route(f"{WAVE}/change", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change_wave(wave_id: UUID) -> ResponseReturnValue:
    """Change what a host sets of a wave."""
    row = waves.get_wave(wave_id)
    form = WaveForm()
    form.offer_zones()
    if not form.is_submitted():
        form.fill(row)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            waves.change_wave(wave_id, form.plan, version=form.read_version, by=g.identity.email)
            flash(say("Saved."))
            return form.answer(redirect(url_for(".wave", wave_id=wave_id)))
    page = render_template("cohorts/surveys/change_wave.html", form=form, wave=row)
    return page, form.status


def wave_page(row: SurveyWave, form: ActForm) -> ResponseReturnValue:
    """Return the page of a wave, with what was refused on it."""
    asked = roster.counts_of(row)
    page = render_template(
        "cohorts/surveys/wave.html",
        wave=row,
        form=form,
        state=row.window.state(clock.now()),
        states=State,
        state_words=STATE_WORDS,
        kind_words=KIND_WORDS,
        partnerships=waves.partnerships_in(row),
        asked=asked,
        replies=waves.replies_of(row),
        has_ties=row.instrument.asked.network is not None and ties.has_ties(row),
    )
    return page, form.status
