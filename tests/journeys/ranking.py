"""The pages of ranked rounds, for the census."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import Institute
from events.schedule.models import PlacesDraft, RankedRound

RANKED = "/garden-coast/manage/institutes/summer-institute/choices/ranked"
OWN = "/garden-coast/institutes/summer-institute/agenda/rank"


def visits_of_ranking(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Give the host's demand and drafts, until when people rank, and someone's own order."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        rows = select(RankedRound.id).join(Institute, Institute.id == RankedRound.institute_id)
        round_id = db.session.scalars(rows.where(Institute.slug == "summer-institute")).one()
        draft = db.session.scalars(select(PlacesDraft)).one()
        draft_id, seat_id = draft.id, draft.answers[0]["seat"]
    owner = "coordinator"
    yield "agenda.ranked", RANKED, owner
    yield "agenda.ranked", RANKED, owner, {"more": "-5"}
    yield "agenda.rank_round", f"{RANKED}/rounds/round-3", owner
    yield "agenda.rank_round", f"{RANKED}/rounds/round-2", owner, {"until_on": "soon"}
    yield "agenda.places_draft", f"{RANKED}/drafts/{draft_id}", owner
    decides = f"{RANKED}/drafts/{draft_id}/people/{seat_id}/round-3"
    yield "agenda.decide_place", decides, owner
    # Found by a worker; here nobody works, so that it is shown as it waits.
    yield "agenda.decide_place", decides, owner, {}
    yield "agenda.rank", f"{OWN}/{round_id}", "participant"
    same = {"rank-d2-trust": "1", "rank-d2-coach": "1"}
    yield "agenda.rank", f"{OWN}/{round_id}", "participant", same
