"""Partnerships at risk as a file, and the hand-over as a PDF that says what its page says."""

from collections.abc import Sequence
from typing import Any

from flask import current_app

from cohorts.handover.domain.checklist import ITEMS
from cohorts.handover.domain.risk import REASON_WORDS
from cohorts.handover.service import AtRisk, HandoverPage
from cohorts.learning.domain.partners import TABLE_SIDE_WORDS
from cohorts.structures.domain.kinds import CADENCE_WORDS
from consortium.pages import long_date, wall_moment
from consortium.ports import Printer
from consortium.spreadsheets import Table
from consortium.words import say


def risk_table(found: Sequence[AtRisk]) -> Table:
    """Return a row for each reason of each partnership."""
    return Table(
        name="At risk",
        header=("Partnership", "Reason", "What it is", "Since", "Days", "What to do"),
        rows=(
            (
                one.name,
                str(REASON_WORDS[concern.reason]),
                str(concern.said),
                concern.since.isoformat() if concern.since else "",
                concern.days if concern.since else "",
                str(concern.to_do),
            )
            for one in found
            for concern in one.concerns
        ),
    )


def handover_pdf(page: HandoverPage) -> bytes:
    """Return the hand-over as a tagged PDF (PDF/UA)."""
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print("handover", _data(page))


def _data(page: HandoverPage) -> dict[str, Any]:
    title = page.opened.partnership.title
    return {
        "title": say("Hand-over: %(who)s", who=title),
        "author": title,
        "day": long_date(page.opened.today),
        "sides": [
            [words, [_person(one.name, one.office) for one in page.opened.who.of(side)] or [NOBODY]]
            for side, words in TABLE_SIDE_WORDS.items()
        ],
        "parts": [[part.title, [*part.says, *filter(None, [part.wants])]] for part in page.parts],
        "bodies": [
            [
                body.title,
                CADENCE_WORDS[body.cadence],
                long_date(page.last_met[body.id]) if body.id in page.last_met else say("not yet"),
                long_date(body.next_on) if body.next_on else say("no date"),
            ]
            for body in page.bodies
        ],
        "meetings": [
            [
                wall_moment(one.at, one.time_zone) if one.at else long_date(one.on),
                one.title,
                one.where,
            ]
            for one in page.meetings
        ],
        "contacts": [[one.name, one.email, one.phone] for one in page.contacts],
        "left": [
            _person(one.person.name, one.office) + f", {long_date(one.left_on)}"
            for one in page.departures
        ],
        "items": [[words, code in page.ticked] for code, words in ITEMS.items()],
        "words": {
            "who": say("Who is who"),
            "bodies": say("Standing meetings"),
            "bodies_columns": [say("What"), say("How often"), say("Met last"), say("Next date")],
            "no_bodies": say("None is written down."),
            "meetings": say("Meetings to come"),
            "meetings_columns": [say("When"), say("What"), say("Where")],
            "no_meetings": say("None is dated."),
            "contacts": say("How to reach them, as they agreed"),
            "contacts_columns": [say("Name"), say("E-mail"), say("Telephone")],
            "no_contacts": say("Nobody has agreed to share a contact with you here."),
            "left": say("Who left"),
            "items": say("In your first weeks"),
            "done": say("done"),
        },
    }


NOBODY = say("nobody now")


def _person(name: str, office: str) -> str:
    return f"{name}, {office}" if office else name
