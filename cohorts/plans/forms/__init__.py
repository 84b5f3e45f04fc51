"""What people fill in about plans."""

from cohorts.plans.forms.goals import GoalForm
from cohorts.plans.forms.measuring import (
    EvidenceForm,
    MilestoneForm,
    PhaseForm,
    ReadingForm,
)
from cohorts.plans.forms.plans import (
    BeginForm,
    CommentForm,
    HostForm,
    MeetingForm,
    NoteForm,
    PurposeForm,
    SignForm,
    VersionForm,
)
from cohorts.plans.forms.readiness import ReadinessForm, checklist_form, readiness_form

__all__ = [
    "BeginForm",
    "CommentForm",
    "EvidenceForm",
    "GoalForm",
    "HostForm",
    "MeetingForm",
    "MilestoneForm",
    "NoteForm",
    "PhaseForm",
    "PurposeForm",
    "ReadinessForm",
    "ReadingForm",
    "SignForm",
    "VersionForm",
    "checklist_form",
    "readiness_form",
]
