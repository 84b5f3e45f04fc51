"""A round that people rank: what the story's people want, and a first draft of the places."""

from datetime import timedelta

from consortium import clock
from consortium.demonstration import cast
from consortium.demonstration.choosing import everyone_free
from events.agenda import service as agendas
from events.agenda.domain.drafting import Asked
from events.institutes.models import Institute
from events.schedule import service as schedule

ROUND = "round-3"
TRUST, COACH, BUDGET, CLIMATE = "d2-trust", "d2-coach", "d2-budget", "d2-climate"
ORDERS = (
    (TRUST, COACH, BUDGET),
    (TRUST, BUDGET),
    (COACH, TRUST, CLIMATE),
    (TRUST, COACH),
    (BUDGET, TRUST, COACH, CLIMATE),
)
"""What people want: most of them the session with the fewest places."""
SILENT = 4
"""Every fourth has not ranked yet; the visitors of the demonstration neither."""


def rank_all(institute: Institute) -> None:
    """Let people rank the round of the second day, and find a draft of who would get what."""
    first = min(
        one.starts_at
        for one in schedule.sessions_of(institute.id)
        if one.choice_group == ROUND and one.starts_at is not None
    )
    by = cast.COORDINATOR.email
    until = max(clock.now() + timedelta(days=1), first - timedelta(days=7))
    row = schedule.let_rank(institute, ROUND, until=until, any_free=True, by=by)
    for n, (place, email) in enumerate(everyone_free(institute)):
        if n % SILENT != SILENT - 1:
            agendas.rank(place, row.id, ORDERS[n % len(ORDERS)], by=email)
    agendas.find_now(agendas.ask_draft(institute, Asked(rounds=(row.id,), seed=1), by=by))
