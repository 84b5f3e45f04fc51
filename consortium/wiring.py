"""What features of the core tell each other that do not know each other."""

from sqlalchemy import select

from consortium.calendar.models import CalendarFeed
from consortium.calendar.service.merged import one_row_each
from consortium.database import db
from consortium.merging.service import Moves, merging_people


@merging_people.connect
def _keep_one_calendar_address(moves: Moves) -> None:
    """Let the kept person's calendar address stay; the other one stops where both have one."""
    feeds = select(CalendarFeed).where(CalendarFeed.person_id.in_([moves.kept, moves.gone]))
    found = {feed.person_id: feed for feed in db.session.scalars(feeds)}
    if len(found) > 1:
        moves.remove(found[moves.gone])


@merging_people.connect
def _keep_one_row_of_the_ledger(moves: Moves) -> None:
    """Let what either calendar was told be known of the kept person's."""
    one_row_each(moves)
