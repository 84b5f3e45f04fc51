"""Tables and partners found in a process of its own, so that whoever waits for it can end it."""

import sys

from cohorts.matching.engine.teams.asking import answer_to
from consortium.answering import answer_over

if __name__ == "__main__":
    answer_over(sys.stdin.buffer, sys.stdout.buffer, answer_to)
