"""Programme files: read strictly, kept whole, written back."""

from events.programmes.domain.changes import Change, changes_between
from events.programmes.domain.conferences import Choices
from events.programmes.domain.faults import Fault, FaultyProgramme
from events.programmes.domain.parsing import parse
from events.programmes.domain.programme import Programme, Reading
from events.programmes.domain.reading import LARGEST
from events.programmes.domain.scheduling import with_schedule
from events.programmes.domain.schema import json_schema
from events.programmes.domain.values import SLUG
from events.programmes.domain.whereabouts import Whereabouts, joined, respelled
from events.programmes.domain.writing import written

__all__ = [
    "LARGEST",
    "SLUG",
    "Change",
    "Choices",
    "Fault",
    "FaultyProgramme",
    "Programme",
    "Reading",
    "Whereabouts",
    "changes_between",
    "joined",
    "json_schema",
    "parse",
    "respelled",
    "with_schedule",
    "written",
]
