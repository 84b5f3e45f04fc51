"""Tables and partner teams as a spreadsheet: a row for each team."""

import csv
import io

from cohorts.matching.service.grouping_pages import GroupingView
from consortium.spreadsheets import guard
from consortium.words import say

COLUMNS = (say("Table"), say("Goal"), say("Team"), say("State"), say("Why not"))


def as_csv(view: GroupingView) -> bytes:
    """Return who sits where, table by table, and at the end who has no place and why."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for group in view.groups:
        for member in group.members:
            team = member.team
            cells = (str(group.number), group.theme, team.title, team.state, "")
            writer.writerow([guard(cell) for cell in cells])
    for team, why in view.left_out:
        writer.writerow([guard(cell) for cell in ("", "", team.title, team.state, why)])
    return text.getvalue().encode("utf-8-sig")
