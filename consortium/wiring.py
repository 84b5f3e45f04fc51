"""What features of the core tell each other that do not know each other."""

from sqlalchemy import select

from consortium.calendar.models import CalendarFeed
from consortium.calendar.service import tell_that_it_ended
from consortium.calendar.service.merged import one_row_each
from consortium.database import db
from consortium.merging.service import Moves, merging_people


@merging_people.connect
def _end_both_calendar_addresses(moves: Moves) -> None:
    """Let neither address go on: whoever reads one of them may not be meant to read both."""
    feeds = select(CalendarFeed).where(CalendarFeed.person_id.in_([moves.kept, moves.gone]))
    found = db.session.scalars(feeds.order_by(CalendarFeed.id)).all()
    for feed in found:
        moves.remove(feed)
    if found:
        tell_that_it_ended(moves.kept)


@merging_people.connect
def _keep_one_row_of_the_ledger(moves: Moves) -> None:
    """Let what either calendar was told be known of the kept person's."""
    one_row_each(moves)
