"""What the leads and hosts of a partnership fill in about its bodies and offices."""

from cohorts.structures.forms.bodies import BodyForm, EndForm
from cohorts.structures.forms.meetings import MeetingForm
from cohorts.structures.forms.offices import LeaveOfficeForm, OfficeForm

__all__ = ["BodyForm", "EndForm", "LeaveOfficeForm", "MeetingForm", "OfficeForm"]
