"""What people answer to an invitation (iTIP's PARTSTAT), in plain words."""

from collections.abc import Mapping
from enum import StrEnum

from consortium.words import Sentence, say


class Answer(StrEnum):
    """Whether someone comes, as calendar programs say it."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


ANSWERS: Mapping[Answer, Sentence] = {
    Answer.ACCEPTED: say("I will come"),
    Answer.TENTATIVE: say("Maybe"),
    Answer.DECLINED: say("I cannot come"),
}
