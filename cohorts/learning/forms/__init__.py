"""What hosts, facilitators and teams fill in about a cohort's year."""

from cohorts.learning.forms.attending import HomeworkForm, MakeUpForm, RollForm, SnowForm
from cohorts.learning.forms.planning import FactsForm, GapForm, SeriesForm
from cohorts.learning.forms.staffing import AssignForm

__all__ = [
    "AssignForm",
    "FactsForm",
    "GapForm",
    "HomeworkForm",
    "MakeUpForm",
    "RollForm",
    "SeriesForm",
    "SnowForm",
]
