"""The routes of agendas: who may call what, and what is written down about each act."""

from collections.abc import Mapping

from consortium.database import db
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.registration.models import Seat
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.of_ranking import rank_things
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy
from tests.factories import make_session

has_a_seat = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)
chooses = Policy(may=has_a_seat.may, others=Answer.MISSING, sent={"session": "option-a"})
swaps = Policy(
    may=has_a_seat.may, others=Answer.MISSING, sent={"session": "option-b", "give_up": "option-a"}
)
waits = Policy(may=has_a_seat.may, others=Answer.MISSING, sent={"session": "option-full"})
leaves_line = Policy(
    may=frozenset({"lead"}), others=Answer.MISSING, sent={"session": "option-awaited"}
)
answers = Policy(
    may=has_a_seat.may,
    others=Answer.MISSING,
    sent={"session": "option-a", "says": "DECLINED"},
)

hosts = Policy(may=RUNS_IT)
moves_someone = Policy(may=RUNS_IT, names={"seat_id": "chooser_id"})
of_the_team = Policy(may=RUNS_IT | {"lead", "member"}, others=Answer.MISSING)

POLICIES: Mapping[str, Policy] = {
    "agenda.crowd GET": Policy(may=NAMES),
    "agenda.place GET": moves_someone,
    "agenda.place POST": moves_someone,
    "agenda.remind_everyone POST": hosts,
    "agenda.remind_team POST": of_the_team,
    "agenda.rounds GET": Policy(may=NAMES),
    "agenda.team GET": of_the_team,
    "agenda.answers GET": has_a_seat,
    "agenda.answer POST": answers,
    "agenda.turnout GET": Policy(may=NAMES),
    "agenda.choose POST": chooses,
    "agenda.drop POST": chooses,
    "agenda.show GET": has_a_seat,
    "agenda.stop_waiting POST": leaves_line,
    "agenda.swap POST": swaps,
    "agenda.wait POST": waits,
}
ACTS: Mapping[str, Act] = {
    "agenda.answer POST": Act(
        named="answer_invitation",
        by="lead",
        on="agenda.answers GET",
        fills={"session": "option-a", "says": "TENTATIVE"},
    ),
    "agenda.place POST": Act(
        named="place_person", fills={"into": "option-c", "reason": "The room is nearer."}
    ),
    "agenda.remind_everyone POST": Act(named="remind_to_choose", on="agenda.rounds GET"),
    "agenda.remind_team POST": Act(named="remind_to_choose", by="lead", on="agenda.team GET"),
    "agenda.choose POST": Act(named="choose_session", by="lead", fills={"session": "option-c"}),
    "agenda.drop POST": Act(named="drop_session", by="lead", fills={"session": "option-a"}),
    "agenda.stop_waiting POST": Act(
        named="stop_waiting", by="lead", fills={"session": "option-awaited"}
    ),
    "agenda.swap POST": Act(
        named="swap_session", by="lead", fills={"session": "option-b", "give_up": "option-a"}
    ),
    "agenda.wait POST": Act(named="wait_for_session", by="lead", fills={"session": "option-full"}),
}


def fill_sessions(institute: Institute, holder: Seat, waiting: Seat) -> dict[str, object]:
    """Let one person have the only places of two sessions, and another wait for one of them.

    Returns the parts of addresses that name who waits.
    """
    for code in ("option-full", "option-awaited"):
        make_session(
            institute,
            code,
            "2026-05-02T13:00" if code == "option-full" else "2026-05-02T15:00",
            "2026-05-02T14:00" if code == "option-full" else "2026-05-02T16:00",
            choice_group=code,
            capacity=1,
        )
        place = agendas.get_place(institute, holder.person)
        agendas.choose(place, code, by=holder.person.email)
    place = agendas.get_place(institute, waiting.person)
    agendas.wait(place, "option-awaited", by=waiting.person.email)
    db.session.commit()
    return {"chooser_id": waiting.id, **rank_things(institute, waiting)}
