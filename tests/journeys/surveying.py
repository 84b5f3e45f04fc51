"""Surveys in the demonstration's story: what hosts, both sides and those who answer look at."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from cohorts.learning.models import Partnership
from cohorts.surveys.models import SurveyName, SurveyWave
from cohorts.surveys.service import links
from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants

GARDEN = "/garden-coast"
MANAGE = f"{GARDEN}/manage/surveys"
OWNER, LEAD = cast.COORDINATOR.key, cast.MANAGEMENT_LEAD.key
TITLES = (
    "How we work together: before",
    "Whom we talk to about our work",
    "How we work together: after a year",
    "Whom we talk to: after a year",
)
FILES = frozenset(
    {
        "surveys.instrument_file",
        "surveys.staff_list_example",
        "surveys.report_paper",
        "surveys.report_file",
        "surveys.overall_file",
    }
)


def visits_of_surveys(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        before, talk, asked, talking = (
            db.session.scalars(select(SurveyWave).where(SurveyWave.title == title)).one()
            for title in TITLES
        )
        harbor = db.session.scalars(
            select(Partnership.id).where(Partnership.lea_id == "3499001", Partnership.site == "")
        ).one()
        instrument, closed, network, asked_now = (
            before.instrument_id,
            before.id,
            talk.id,
            asked.id,
        )
        token, talk_token = _token(asked), _token(talking)
    names = f"{MANAGE}/waves/{asked_now}/names"
    own = f"{GARDEN}/partnerships/{harbor}/surveys"
    yield ("surveys.manage", MANAGE, OWNER)
    yield ("surveys.new_instrument", f"{MANAGE}/instruments/new", OWNER)
    yield ("surveys.new_instrument", f"{MANAGE}/instruments/new", OWNER, {})
    yield ("surveys.instrument", f"{MANAGE}/instruments/{instrument}", OWNER)
    yield ("surveys.instrument", f"{MANAGE}/instruments/{instrument}", OWNER, {"title": ""})
    yield ("surveys.preview", f"{MANAGE}/instruments/{instrument}/preview", OWNER)
    yield ("surveys.new_wave", f"{MANAGE}/waves/new", OWNER)
    yield ("surveys.new_wave", f"{MANAGE}/waves/new", OWNER, {})
    yield ("surveys.wave", f"{MANAGE}/waves/{asked_now}", OWNER)
    yield ("surveys.wave", f"{MANAGE}/waves/{network}", OWNER)
    yield ("surveys.change_wave", f"{MANAGE}/waves/{asked_now}/change", OWNER)
    yield ("surveys.change_wave", f"{MANAGE}/waves/{asked_now}/change", OWNER, {"title": ""})
    yield ("surveys.names", names, OWNER)
    yield ("surveys.partnership_names", f"{names}/{harbor}", OWNER)
    yield ("surveys.partnership_names", f"{names}/{harbor}", OWNER, {"name": ""})
    yield ("surveys.overall", f"{MANAGE}/waves/{closed}/results", OWNER)
    yield ("surveys.of_partnership", own, LEAD)
    yield ("surveys.report", f"{own}/{closed}", LEAD)
    yield ("surveys.report", f"{own}/{network}", LEAD)
    yield ("surveys.report", f"{own}/{asked_now}", LEAD)
    yield ("surveys.answer", f"{GARDEN}/surveys/{token}")
    yield ("surveys.answer", f"{GARDEN}/surveys/{token}", "", {})
    yield ("surveys.answer", f"{GARDEN}/surveys/{talk_token}")


def _token(wave: SurveyWave) -> str:
    asked = select(SurveyName.id).where(
        SurveyName.wave_id == wave.id, SurveyName.email.startswith("staff3.beacon")
    )
    return links.letter_token(db.session.scalars(asked).one())
