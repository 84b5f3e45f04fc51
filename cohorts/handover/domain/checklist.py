"""What a successor sees to in the first weeks, in our own words along DOMAIN.md, section 5.3."""

from collections.abc import Mapping

from consortium.words import Sentence, say

ITEMS: Mapping[str, Sentence] = {
    "other_side": say("Meet the lead of the other side, just the two of you."),
    "plan": say("Read the plan of both sides, and say which goals you own now."),
    "bodies": say("Go to the next date of each standing meeting, or set it."),
    "people": say("Look through who sits where, and correct what is not so any more."),
    "calendar": say("Put the meetings to come into your calendar."),
    "board": say("Tell your board or executive board what both sides have agreed."),
    "contact": say("Say how the others may reach you."),
}
