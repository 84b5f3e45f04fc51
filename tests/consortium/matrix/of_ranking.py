"""The routes of ranked rounds: who may call what, and what is written down about each act."""

from collections.abc import Mapping
from datetime import timedelta

from consortium import clock
from consortium.database import db
from events.agenda import service as agendas
from events.agenda.domain.drafting import Asked
from events.institutes.models import Institute
from events.registration.models import Seat
from events.schedule import service as schedule
from events.schedule.domain.ranking import DraftState
from events.schedule.models import PlacesDraft
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy
from tests.factories import make_institute, make_session

ranks = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)
hosts = Policy(may=RUNS_IT)
reads_draft = Policy(may=NAMES, names={"draft_id": "places_draft_id"})
gives = Policy(may=RUNS_IT, names={"draft_id": "places_draft_id"})
decides = Policy(
    may=RUNS_IT,
    names={"draft_id": "places_draft_id", "seat_id": "ranking_seat_id", "group": "group"},
)
again = Policy(may=RUNS_IT, names={"draft_id": "failed_id"})
finding = Policy(may=RUNS_IT, names={"slug": "finding_at", "draft_id": "finding_id"})

POLICIES: Mapping[str, Policy] = {
    "agenda.accept_draft POST": gives,
    "agenda.decide_place GET": decides,
    "agenda.decide_place POST": decides,
    "agenda.find_again POST": again,
    "agenda.make_draft POST": hosts,
    "agenda.places_draft GET": reads_draft,
    "agenda.rank GET": ranks,
    "agenda.rank POST": ranks,
    "agenda.rank_round GET": hosts,
    "agenda.rank_round POST": hosts,
    "agenda.ranked GET": Policy(may=NAMES),
    "agenda.stop_draft POST": finding,
    "agenda.stop_ranking POST": hosts,
}
ACTS: Mapping[str, Act] = {
    "agenda.accept_draft POST": Act(named="give_places", on="agenda.places_draft GET"),
    "agenda.decide_place POST": Act(
        named="draft_places", at={"seat_id": "ranking_seat_id", "draft_id": "places_draft_id"}
    ),
    "agenda.find_again POST": Act(
        named="draft_places",
        on="agenda.places_draft GET",
        at={"draft_id": "failed_id"},
    ),
    "agenda.make_draft POST": Act(named="draft_places", on="agenda.ranked GET"),
    "agenda.rank POST": Act(named="rank_sessions", by="lead", fills={"rank-ranked-b": "2"}),
    "agenda.rank_round POST": Act(
        named="let_rank", fills={"until_on": "2026-04-20", "until_at": "17:00"}
    ),
    "agenda.stop_draft POST": Act(
        named="stop_draft",
        on="agenda.places_draft GET",
        at={"slug": "finding_at", "draft_id": "finding_id"},
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
    draft = agendas.ask_draft(institute, Asked(rounds=(row.id,), seed=1), by="x")
    agendas.find_now(draft)
    failed = agendas.ask_draft(institute, Asked(rounds=(row.id,)), by="x")
    failed.state = DraftState.FAILED
    elsewhere = make_institute(f"{institute.slug}-finding")
    waiting = PlacesDraft(
        institute_id=elsewhere.id,
        number=1,
        made_at=clock.now(),
        made_by="x",
        settings=Asked(rounds=()).as_kept(),
    )
    db.session.add(waiting)
    db.session.commit()
    return {
        "round_id": row.id,
        "group": "ranked",
        "places_draft_id": draft.id,
        "failed_id": failed.id,
        "ranking_seat_id": seat.id,
        "finding_at": elsewhere.slug,
        "finding_id": waiting.id,
    }
