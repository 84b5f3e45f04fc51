"""The routes of ranked rounds: who may call what, and what is written down about each act."""

from collections.abc import Mapping
from datetime import timedelta

from consortium import clock
from consortium.database import db
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.registration.models import Seat
from events.schedule import service as schedule
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy
from tests.factories import make_session

ranks = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)
hosts = Policy(may=RUNS_IT)
reads_draft = Policy(may=NAMES, names={"draft_id": "places_draft_id"})
gives = Policy(may=RUNS_IT, names={"draft_id": "places_draft_id"})

POLICIES: Mapping[str, Policy] = {
    "agenda.accept_draft POST": gives,
    "agenda.make_draft POST": hosts,
    "agenda.places_draft GET": reads_draft,
    "agenda.rank GET": ranks,
    "agenda.rank POST": ranks,
    "agenda.rank_round GET": hosts,
    "agenda.rank_round POST": hosts,
    "agenda.ranked GET": Policy(may=NAMES),
    "agenda.stop_ranking POST": hosts,
}
ACTS: Mapping[str, Act] = {
    "agenda.accept_draft POST": Act(named="give_places", on="agenda.places_draft GET"),
    "agenda.make_draft POST": Act(named="draft_places", on="agenda.ranked GET"),
    "agenda.rank POST": Act(named="rank_sessions", by="lead", fills={"rank-ranked-b": "2"}),
    "agenda.rank_round POST": Act(
        named="let_rank", fills={"until_on": "2026-04-20", "until_at": "17:00"}
    ),
    "agenda.stop_ranking POST": Act(named="stop_ranking", on="agenda.ranked GET"),
}


def rank_things(institute: Institute, seat: Seat) -> dict[str, object]:
    """Let someone rank a round whose time is over now, and find a draft of its places.

    Returns the parts of addresses that name them.
    """
    for code in ("ranked-a", "ranked-b"):
        make_session(
            institute,
            code,
            "2026-05-02T08:00",
            "2026-05-02T09:00",
            choice_group="ranked",
            capacity=1,
        )
    soon = clock.now() + timedelta(days=1)
    row = schedule.let_rank(institute, "ranked", until=soon, any_free=True, by="x")
    place = agendas.get_place(institute, seat.person)
    agendas.rank(place, row.id, ["ranked-a"], by=seat.person.email)
    row.until = clock.now()
    db.session.flush()
    case = agendas.case_at(institute, round_ids=[row.id])
    seed, found = agendas.find_draft(case, seed=1)
    draft = agendas.keep_draft(institute, case, found, seed=seed, keep=True, by="x")
    db.session.commit()
    return {"round_id": row.id, "group": "ranked", "places_draft_id": draft.id}
