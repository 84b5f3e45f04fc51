"""A convening that is still being planned: a draft in which a proposal has something to mend."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from consortium.demonstration.planning import PRESENTERS, ROOMS
from consortium.demonstration.programmes import summer_institute

AHEAD = timedelta(days=120)
OTHERWISE: dict[str, dict[str, Any]] = {
    "d1-story": {"presenters": ["Hollis Tran", "Renee Castellano"]},
    "d1-solve": {"presenters": ["Hollis Tran"], "facilitators": ["Ines Moreau"]},
    "d1-read": {"features": ["projector"]},
    "d1-sup": {"features": ["tables"]},
    "d1-story-2": {"presenters": ["Renee Castellano"], "capacity": 30},
    "d1-read-2": {"room": "Room 1", "features": ["projector"], "capacity": 30},
    "d2-key": {"presenters": ["Dr. Odile Varga"]},
}
"""What is planned otherwise than in the summer: someone is in two places, a room is used twice,
and superintendents sit in rows where they need tables."""
LONGER = {"d1-story-2", "d1-read-2"}
"""As long as the sessions of the first round, so that both rounds can exchange sessions."""


def fall_convening(today: date) -> dict[str, Any]:
    """Return the draft of a convening in the fall."""
    summer = summer_institute(today + AHEAD)
    return {
        **summer,
        "title": "Garden Coast Fall Convening",
        "slug": "fall-convening",
        "rooms": [
            {name: value for name, value in asdict(room).items() if value}
            for room in ROOMS.values()
            if not room.venue
        ],
        "presenters": [{"name": one.name, "affiliation": one.affiliation} for one in PRESENTERS],
        "sessions": [_otherwise(session) for session in summer["sessions"]],
    }


def _otherwise(session: dict[str, Any]) -> dict[str, Any]:
    end = session["end"]
    if session["id"] in LONGER:
        end = end.replace("T17:15", "T17:30")
    return {**session, "end": end, **OTHERWISE.get(session["id"], {})}
