"""The routes of surveys: who may call what, and what each act writes down."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.surveys.domain.places import Listed, RoleGroup
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.models import SurveyName, SurveyTies, SurveyWave, WaveKind
from cohorts.surveys.service import instruments, links, opening, roster, waves
from cohorts.surveys.service.waves import Plan
from consortium import clock
from consortium.database import db
from consortium.people.domain import Side
from events.registration.models import Team
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import EVERYONE, NAMES, RUNS_IT, Answer, Policy

CLOSED, PLANNED = {"wave_id": "closed_wave_id"}, {"wave_id": "planned_wave_id"}
STRUCK = {"name_id": "struck_name_id"}
ON_WAVE, ON_LIST = "surveys.wave GET", "surveys.partnership_names GET"
runs_it = Policy(may=RUNS_IT)
runs_planned = Policy(may=RUNS_IT, names=PLANNED)
runs_closed = Policy(may=RUNS_IT, names=CLOSED)
collects = Policy(may=frozenset({"owner"}), names=CLOSED)
asked = Policy(may=EVERYONE, names={"token": "survey_token"})
both_sides = Policy(may=NAMES | {"lead", "member"}, others=Answer.MISSING)
both_sides_later = Policy(may=both_sides.may, others=Answer.MISSING, names=CLOSED)

POLICIES: Mapping[str, Policy] = {
    **{
        f"surveys.{name}": runs_it
        for name in (
            "manage GET",
            "new_instrument GET",
            "begin_instrument POST",
            "bring_instrument POST",
            "instrument GET",
            "instrument POST",
            "preview GET",
            "instrument_file GET",
            "drop_instrument POST",
            "new_wave GET",
            "new_wave POST",
            "wave GET",
            "change_wave GET",
            "change_wave POST",
            "remind POST",
            "withdraw POST",
            "names GET",
            "names_from_seats POST",
            "partnership_names GET",
            "add_name POST",
            "bring_names POST",
            "strike POST",
            "staff_list_example GET",
        )
    },
    "surveys.put_back POST": Policy(may=RUNS_IT, names=STRUCK),
    "surveys.forget_names POST": runs_closed,
    "surveys.overall GET": runs_closed,
    "surveys.overall_file GET": runs_closed,
    "surveys.take_ties POST": collects,
    "surveys.delete_ties POST": collects,
    "surveys.answer GET": asked,
    "surveys.send_answers POST": asked,
    "surveys.of_partnership GET": both_sides,
    "surveys.report GET": both_sides_later,
    "surveys.report_paper GET": both_sides_later,
    "surveys.report_file GET": both_sides_later,
}
ACTS: Mapping[str, Act] = {
    "surveys.begin_instrument POST": Act(named="write_instrument", on="surveys.new_instrument GET"),
    "surveys.instrument POST": Act(named="change_instrument", fills={"title": "Ours"}),
    "surveys.drop_instrument POST": Act(named="drop_instrument", on="surveys.instrument GET"),
    "surveys.change_wave POST": Act(
        named="change_survey", fills={"title": "Another title"}, at=PLANNED
    ),
    "surveys.remind POST": Act(named="remind_of_survey", on=ON_WAVE),
    "surveys.withdraw POST": Act(named="withdraw_survey", on=ON_WAVE),
    "surveys.forget_names POST": Act(named="forget_survey_names", on=ON_WAVE, at=CLOSED),
    "surveys.delete_ties POST": Act(named="delete_raw_ties", by="owner", on=ON_WAVE, at=CLOSED),
    "surveys.names_from_seats POST": Act(named="take_survey_list", on="surveys.names GET"),
    "surveys.add_name POST": Act(
        named="put_on_survey_list",
        fills={"name": "Nia", "email": "nia@example.org"},
        on=ON_LIST,
    ),
    "surveys.strike POST": Act(named="strike_from_survey", on=ON_LIST),
    "surveys.put_back POST": Act(named="put_back_on_survey", on=ON_LIST, at=STRUCK),
}
ELSEWHERE = {
    "surveys.bring_instrument POST",
    "surveys.bring_names POST",
    "surveys.new_wave POST",
    "surveys.send_answers POST",
    "surveys.take_ties POST",
}
"""Files, a choice of whom to ask, and answers to which nobody signs in: in the tests of surveys."""


def survey_things(mine: Team, slug: str) -> dict[str, object]:
    """Ask a team's partnership in three waves: planned, open and closed; return address parts."""
    by = f"coordinator@{slug}.example.org"
    partnership = learning.partnership_of_team(mine.id)
    assert partnership is not None
    free = instruments.write_instrument(starter(), by=by)
    words = instruments.write_instrument(starter(), by=by)
    ties = instruments.write_instrument(starter_network(), by=by)
    today = clock.now().date()
    plan = Plan(
        title="How we work together",
        kind=WaveKind.BASELINE,
        opens_on=today,
        closes_on=today + timedelta(days=9),
        time_zone="America/New_York",
        collector="Rutgers University",
        names_until=today + timedelta(days=200),
    )
    later = Plan(**{**vars(plan), "opens_on": plan.closes_on})

    def wave(instrument_id: object, said: Plan) -> SurveyWave:
        row = waves.plan_wave(
            instrument_id,  # type: ignore[arg-type]
            said,
            institute_id=None,
            partnership_ids=[partnership.id],
            by=by,
        )
        roster.put_on_list(row.id, partnership.id, _people(slug), by=by)
        return row

    planned, open_now, closed = wave(words.id, later), wave(words.id, plan), wave(ties.id, plan)
    for row in (open_now, closed):
        opening.open_wave(row.id)
    named = list(db.session.scalars(select(SurveyName).where(SurveyName.wave_id == open_now.id)))
    for one in named:
        one.asked_on = today - timedelta(days=2)
    roster.strike(open_now.id, named[1].id, by=by)
    place = roster.places_of(closed)[0]
    db.session.add(
        SurveyTies(
            wave_id=closed.id,
            partnership_id=partnership.id,
            pseudonym=place.pseudonym,
            named={"data": [str(roster.places_of(closed)[1].pseudonym)]},
        )
    )
    closed.opens_on, closed.closes_on = today - timedelta(days=9), today - timedelta(days=1)
    db.session.commit()
    return {
        "instrument_id": free.id,
        "wave_id": open_now.id,
        "planned_wave_id": planned.id,
        "closed_wave_id": closed.id,
        "name_id": named[0].id,
        "struck_name_id": named[1].id,
        "survey_token": links.letter_token(named[0].id),
    }


def _people(slug: str) -> list[Listed]:
    return [
        Listed(
            name=f"Teacher {n} of {slug}",
            email=f"teacher{n}@{slug}.example.org",
            school="Elm",
            group=RoleGroup.TEACHER,
            side=Side.LABOR,
        )
        for n in range(3)
    ]
