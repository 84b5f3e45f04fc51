"""What is wrong with a file that was handed in."""

from consortium.words import Sentence, say

BROKEN = say("This file is damaged or not what its name says. Save it again and try once more.")


class Unclean(Exception):
    """The file cannot be kept; the sentence is for the person who sent it."""

    def __init__(self, sentence: Sentence = BROKEN) -> None:
        super().__init__(sentence)
        self.sentence = sentence
