"""A person's own agenda, and how everyone's choices look to their team and to the host."""

from consortium.calendar.service.answers import answers_of
from events.agenda.service.choosing import choose, drop, stop_waiting, swap, wait
from events.agenda.service.coming import (
    AnswerRefused,
    answer,
    sessions_to_answer,
    turnout_at,
)
from events.agenda.service.feed import feed_of
from events.agenda.service.members import get_member
from events.agenda.service.notices import people_at
from events.agenda.service.overview import Crowd, Overview, crowd_of, overview_of, sessions_open_to
from events.agenda.service.own_agenda import OwnAgenda, own_agenda, own_events
from events.agenda.service.places import Place, find_places, get_place
from events.agenda.service.reminding import remind_everyone, remind_team
from events.agenda.service.spreading import TeamSpread, team_spread
from events.agenda.service.stamps import stamp_of

__all__ = [
    "AnswerRefused",
    "Crowd",
    "Overview",
    "OwnAgenda",
    "Place",
    "TeamSpread",
    "answer",
    "answers_of",
    "choose",
    "crowd_of",
    "drop",
    "feed_of",
    "find_places",
    "get_member",
    "get_place",
    "overview_of",
    "own_agenda",
    "own_events",
    "people_at",
    "remind_everyone",
    "remind_team",
    "sessions_open_to",
    "sessions_to_answer",
    "stamp_of",
    "stop_waiting",
    "swap",
    "team_spread",
    "turnout_at",
    "wait",
]
