"""What the hosts of a world ask, and the files that were handed in as answers."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from consortium.files import service as files
from consortium.files.domain import clean_file
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.service import Said
from events.registration.models import Seat, Team
from tests.consortium.files.samples import PDF
from tests.events.questions.builders import answer, ask, ask_team, seat_holder, team_holder


def asked_things(institute: Institute, team: Team, seat: Seat) -> Mapping[str, Any]:
    """Ask, and answer for the team and the seat; return the questions' columns."""
    storage = current_app.extensions["ports"].storage
    ask(institute, "paper", "file")
    ask(institute, "hotel")
    ask(institute, "old")
    ask_team(institute, "agreement", "file")
    ask_team(institute, "topic")
    for holder, code in (
        (seat_holder(institute, seat), "paper"),
        (team_holder(institute, team), "agreement"),
    ):
        file = files.put(storage, clean_file(f"{code}.pdf", PDF))
        answer(holder, Said(values={"old": "x"}, files={code: file}))
    questions.stop_asking(institute, "old", by="test")
    return {"asked_code": "paper", "team_code": "agreement", "retired_code": "old"}
