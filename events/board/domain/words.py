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
NEWNESS: Mapping[str, str] = {
    "new": say("Here for the first time"),
    "returning": say("Came before"),
}
