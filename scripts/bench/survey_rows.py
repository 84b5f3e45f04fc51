"""Waves of a survey over many partnerships, stored as answers of hundreds of people are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from cohorts.surveys.domain.instruments import Instrument
from cohorts.surveys.domain.places import USUAL_SIDE, RoleGroup
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.models import (
    SurveyInstrument,
    SurveyName,
    SurveyPartnership,
    SurveyPlace,
    SurveyReply,
    SurveyTies,
    SurveyWave,
    WaveKind,
)
from cohorts.surveys.service.links import draw
from scripts.bench.learning_rows import Known, Rows, at, store

SCHOOLS = ("Elm School", "Oak School", "")
GROUPS = (RoleGroup.TEACHER, RoleGroup.UNION_REP, RoleGroup.SUPPORT_STAFF, RoleGroup.PRINCIPAL)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One wave: of which instrument, when, and how many people answer."""

    instrument_id: UUID
    instrument: Instrument
    institute_id: UUID
    kind: WaveKind
    opens_on: date
    each: int
    """How many of a partnership's people answer on average, of a third more who are asked. In some
    partnerships they are few, and in as many others more."""
    seed: int


def fill_instrument(on: date, *, network: bool = False) -> tuple[UUID, Instrument]:
    """Store the starting instrument, perhaps with the question who talks to whom."""
    instrument = starter()
    if network:
        asks_whom = starter_network().network
        instrument = instrument.model_copy(update={"network": asks_whom})
    instrument_id = uuid4()
    content = instrument.model_dump(mode="json")
    row = {"id": instrument_id, "code": "starter", "content": content, "made_at": at(on)}
    store(SurveyInstrument, [{**row, "fixed_at": at(on)}])
    return instrument_id, instrument


def fill_wave(known: Sequence[Known], asking: Asking) -> UUID:
    """Store a wave with its lists of names, places under pseudonyms, and replies."""
    random = Random(asking.seed)  # noqa: S311  (the same answers each time)
    wave_id = uuid4()
    closes_on = asking.opens_on + timedelta(days=14)
    wave = {
        "id": wave_id,
        "instrument_id": asking.instrument_id,
        "institute_id": asking.institute_id,
        "title": f"How we work together, {asking.opens_on:%B %Y}",
        "kind": asking.kind,
        "opens_on": asking.opens_on,
        "closes_on": closes_on,
        "time_zone": "America/New_York",
        "collector": "Rutgers University",
        "names_until": closes_on + timedelta(days=400),
        "opened_at": at(asking.opens_on),
    }
    store(SurveyWave, [wave])
    names: Rows = []
    places: Rows = []
    replies: Rows = []
    ties: Rows = []
    for number, one in enumerate(known):
        asked, answer = _people(number, asking.each)
        here = {"wave_id": wave_id, "partnership_id": one.id}
        # One in eight has come since the wave before.
        emails = [
            f"{one.lea_id}.{n}.{asking.seed if n % 8 == 0 else 0}@example.org" for n in range(asked)
        ]
        drawn = draw(one.id, emails)
        for n, email in enumerate(emails):
            group = GROUPS[n % len(GROUPS)]
            told = {"school": SCHOOLS[n % len(SCHOOLS)], "group": group, "side": USUAL_SIDE[group]}
            names.append({**here, "name": f"Staff {n}", "email": email, **told})
            under = {**here, "pseudonym": drawn[email]}
            places.append({**under, **told})
            if n >= answer:
                continue
            replies.append({**under, "answers": _answers(asking.instrument, number, random)})
            if asking.instrument.network is not None:
                others = [str(drawn[other]) for other in emails if other != email]
                ties.append({**under, "named": _named(asking.instrument, others, random)})
    store(SurveyPartnership, [{"wave_id": wave_id, "partnership_id": one.id} for one in known])
    for model, rows in (
        (SurveyName, names),
        (SurveyPlace, places),
        (SurveyReply, replies),
        (SurveyTies, ties),
    ):
        store(model, rows)
    return wave_id


def _people(number: int, each: int) -> tuple[int, int]:
    """Return how many of a partnership are asked, and how many answer."""
    few = each // 3
    if number % 25 == 0:
        return each * 4 // 3, few
    if number % 25 == 1:
        return each * 2, each * 2 - few
    return each * 4 // 3, each


def _answers(instrument: Instrument, number: int, random: Random) -> dict[str, int | str]:
    points: dict[str, int | str] = {
        one.code: random.randint(1, scale.points)
        for scale in instrument.scales
        for one in scale.statements
        if random.random() > 0.03  # noqa: PLR2004  (some leave one out)
    }
    texts = {
        one.code: f"We plan reading hours together, as in district {number}."
        for one in instrument.questions
        if random.random() > 0.5  # noqa: PLR2004
    }
    return points | texts


def _named(instrument: Instrument, others: Sequence[str], random: Random) -> dict[str, list[str]]:
    return {topic: random.sample(others, min(3, len(others))) for topic in instrument.topics}
