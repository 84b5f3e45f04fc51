"""What the board calls the states of teams, seats and sides."""

from collections.abc import Mapping

from consortium.words import say

TEAM_STATUS: Mapping[str, str] = {
    "registered": say("Registered"),
    "draft": say("Draft"),
    "asking": say("Waits for the host's answer"),
    "waitlisted": say("On the waitlist"),
    "offered": say("Places offered"),
    "withdrawn": say("Withdrawn"),
}
SEAT_STATUS: Mapping[str, str] = {
    "unclaimed": say("Kept, nobody named yet"),
    "named": say("Named, not invited yet"),
    "invited": say("Invited, not confirmed"),
    "confirmed": say("Confirmed"),
    "declined": say("Declined"),
    "withdrawn": say("Withdrawn"),
    "replaced": say("Replaced"),
}
POOL: Mapping[str, str] = {
    "people": say("Seats for people in teams"),
    "teams": say("Places for teams"),
    "visitor_seats": say("Seats for visitors"),
}
NEWNESS: Mapping[str, str] = {
    "new": say("Here for the first time"),
    "returning": say("Came before"),
}


def pool_words(code: str) -> str:
    """Return what a pool of places is called."""
    return POOL.get(code) or humanised(code)


def humanised(code: str) -> str:
    """Return a code as words, for what nobody has named."""
    return code.replace("_", " ").capitalize()
