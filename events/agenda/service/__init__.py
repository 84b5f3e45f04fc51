"""A person's own agenda, and how everyone's choices look to their team and to the host."""

from consortium.calendar.service.answers import answers_of
from events.agenda.service.accepting import accept_draft
from events.agenda.service.choosing import choose, drop, stop_waiting, swap, wait
from events.agenda.service.coming import (
    AnswerRefused,
    answer,
    sessions_to_answer,
    turnout_at,
)
from events.agenda.service.deciding import DecisionView, decide, decision_view
from events.agenda.service.draft_views import DraftView, draft_view
from events.agenda.service.drafts import (
    ask_again,
    ask_draft,
    counts_of,
    drafts_of,
    new_lot,
    open_draft,
    told_by,
)
from events.agenda.service.feed import feed_of
from events.agenda.service.finding import find_now, stop_draft
from events.agenda.service.members import get_member
from events.agenda.service.notices import people_at
from events.agenda.service.overview import Crowd, Overview, crowd_of, overview_of, sessions_open_to
from events.agenda.service.own_agenda import OwnAgenda, own_agenda, own_events
from events.agenda.service.places import Place, find_places, get_place
from events.agenda.service.ranking import (
    OwnRound,
    RoundDemand,
    demand_at,
    own_round,
    rank,
    rounds_to_rank,
)
from events.agenda.service.reminding import remind_everyone, remind_team
from events.agenda.service.spreading import TeamSpread, team_spread
from events.agenda.service.stamps import stamp_of

__all__ = [
    "AnswerRefused",
    "Crowd",
    "DecisionView",
    "DraftView",
    "Overview",
    "OwnAgenda",
    "OwnRound",
    "Place",
    "RoundDemand",
    "TeamSpread",
    "accept_draft",
    "answer",
    "answers_of",
    "ask_again",
    "ask_draft",
    "choose",
    "counts_of",
    "crowd_of",
    "decide",
    "decision_view",
    "demand_at",
    "draft_view",
    "drafts_of",
    "drop",
    "feed_of",
    "find_now",
    "find_places",
    "get_member",
    "get_place",
    "new_lot",
    "open_draft",
    "overview_of",
    "own_agenda",
    "own_events",
    "own_round",
    "people_at",
    "rank",
    "remind_everyone",
    "remind_team",
    "rounds_to_rank",
    "sessions_open_to",
    "sessions_to_answer",
    "stamp_of",
    "stop_draft",
    "stop_waiting",
    "swap",
    "team_spread",
    "told_by",
    "turnout_at",
    "wait",
]
