"""What pages of a cohort's year call things."""

from collections.abc import Mapping

from cohorts.learning.domain.record import Presence
from cohorts.learning.models import House
from consortium.words import Sentence, say

PRESENCE_WORDS: Mapping[Presence, Sentence] = {
    Presence.AHEAD: say("Ahead"),
    Presence.LIVE: say("Was there"),
    Presence.SISTER: say("Made up in a sister cohort"),
    Presence.MADE_UP: say("Recording and homework: not counted as live"),
    Presence.MISSED: say("Missed"),
}
HOUSE_WORDS: Mapping[House, Sentence] = {
    House.LABOR: say("the union's"),
    House.MANAGEMENT: say("the district's"),
    House.BOARD: say("the board's"),
    House.NEUTRAL: say("neutral ground"),
}
